"""The one writer's lock: a file lock across processes that names its holder."""

import fcntl
import json
import os
import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from newsduck.errors import WarehouseBusy
from newsduck.settings import Settings

_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


@contextmanager
def lock(settings: Settings, *, what: str = "writing") -> Iterator[None]:
    """Be the one writer of this warehouse, for as long as the block lasts.

    Within the block (and the threads that inherit its context) further locks of the same warehouse pass.
    Raises WarehouseBusy, naming the holder, after `settings.lock_timeout` seconds.
    """
    path = settings.lock_path.absolute()
    if path in _held.get():
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        _wait(file, path, settings.lock_timeout)
        _sign(file, what)
        token = _held.set(_held.get() | {path})
        try:
            yield
        finally:
            _held.reset(token)
            file.truncate(0)  # closing the file lets go of the lock


def _wait(file: IO[str], path: Path, timeout: float) -> None:
    """Try until the lock is ours; jitter keeps two waiters from meeting again and again."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            left = deadline - time.monotonic()
            if left <= 0:
                raise WarehouseBusy(
                    f"{path} is held by {_holder(file)}; waited {timeout:g} s. "
                    "Nothing is lost: what was fetched is in the archive, `newsduck replay` loads it later."
                ) from None
            time.sleep(min(left, random.uniform(0.02, 0.2)))  # noqa: S311 - jitter, not a secret
        else:
            return


def _sign(file: IO[str], what: str) -> None:
    """Write into the lock file who holds it, for the error message of those who wait; not on a full disk."""
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "what": what,
    }
    file.truncate(0)
    with suppress(OSError):
        os.pwrite(file.fileno(), json.dumps(holder).encode(), 0)


def _holder(file: IO[str]) -> str:
    """Who holds the lock, in words."""
    file.seek(0)
    try:
        holder = json.loads(file.read())
        return "process {pid} on {host} ({what}, since {since})".format(**holder)
    except (ValueError, KeyError, TypeError):
        return "another process"
