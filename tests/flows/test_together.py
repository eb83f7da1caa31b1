"""The one loop on which all portals are read."""

import asyncio
import threading
from contextvars import ContextVar

import pytest

from flows.together import on_one_loop

told = ContextVar("told", default="nothing")


async def where():
    return threading.current_thread(), told.get()


def test_work_of_many_threads_runs_in_one_and_keeps_its_context():
    def in_a_thread(word):
        told.set(word)
        return asyncio.run(on_one_loop(where()))

    async def many():
        return await asyncio.gather(*(asyncio.to_thread(in_a_thread, str(n)) for n in range(8)))

    found = asyncio.run(many())
    assert len({thread for thread, _ in found}) == 1
    assert [word for _, word in found] == [str(n) for n in range(8)]


def test_what_it_raises_is_raised_here():
    async def broken():
        raise LookupError("no such page")

    with pytest.raises(LookupError, match="no such page"):
        asyncio.run(on_one_loop(broken()))


def test_who_stops_waiting_stops_the_work():
    begun, stopped = threading.Event(), threading.Event()

    async def endless():
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async def impatient():
        waiting = asyncio.create_task(on_one_loop(endless()))
        await asyncio.to_thread(begun.wait, 60)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(impatient())
    assert stopped.wait(60)
