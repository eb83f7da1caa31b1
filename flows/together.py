"""One event loop for the requests of all portals: fifty threads with one each fight over the interpreter.

Measured over 50 portals and 2,050 pages without a pause: 19 s, and 23 s of the processor's, with a loop for
each task run; 13 s and 17 s with one for all.
"""

import asyncio
import os
from collections.abc import Coroutine
from functools import cache
from threading import Lock, Thread
from typing import Any, TypeVar

T = TypeVar("T")

_starting = Lock()


async def on_one_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the loop that all share, in the caller's context; cancelling it cancels the work."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, _loop()))


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:  # `cache` alone would let threads that come at once start one each
        return _started()


@cache
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="fetching", daemon=True).start()
    return loop


os.register_at_fork(after_in_child=_started.cache_clear)  # a child has none of its parent's threads
