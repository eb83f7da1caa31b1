"""What all processes that share a data folder know of hosts: when each may be asked next, and who is at it.

A small file a host holds its times, and is locked for the microseconds in which they are read and changed. A
slot, the right to have a request on the wire, is the lock of an empty file beside it: the system lets go of
it when its holder ends, however that ends. Times are the wall's, which processes and restarts share.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import time
from urllib.parse import quote

SIZE = 100
"""Bytes of a host's file."""
MAX_NAME = 200
"""Characters of a file's name; hosts that have so many in common keep one pace."""


@dataclass(slots=True)
class Times:
    """When a host may be asked next, until when it wants rest, and by how much it is to be asked slower."""

    next_at: float = 0.0
    rest_until: float = 0.0
    slowed: float = 1.0


class Hosts:
    """The hosts of a folder, which is made if need be."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = os.fspath(folder)

    @contextmanager
    def changing(self, host: str) -> Iterator[Times]:
        """A host's times, ours alone for the block; what was changed is kept unless the block raises."""
        handle = _open(self._path(host), fcntl.LOCK_EX)
        try:
            times = _read(handle)
            yield times
            line = f"{time():.6f} {times.next_at:.6f} {times.rest_until:.6f} {times.slowed:.6f}\n"
            os.pwrite(handle, line.encode().ljust(SIZE), 0)
        finally:
            os.close(handle)

    def look(self, host: str) -> Times:
        """A host's times, as they are at the moment."""
        handle = os.open(self._path(host), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            return _read(handle)
        finally:
            os.close(handle)

    def slot(self, host: str, number: int) -> int | None:
        """A handle whose closing gives the slot back; None where somebody has it."""
        try:
            return _open(f"{self._path(host)}={number}", fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None

    def _path(self, host: str) -> str:
        return f"{self._folder}/{quote(host, safe=':[]')[:MAX_NAME]}"


def _open(path: str, lock: int) -> int:
    """A locked file, which nobody has swept away in between."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, lock)
            if os.fstat(handle).st_nlink:
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _read(handle: int) -> Times:
    """What a file says: nothing if it is new or broken; no more than was meant if the clock went back."""
    try:
        written_at, next_at, rest_until, slowed = map(float, os.pread(handle, SIZE, 0).split())
    except ValueError:
        return Times()
    back = max(0.0, written_at - time())
    return Times(next_at=next_at - back, rest_until=rest_until - back, slowed=slowed)


def sweep(folder: Path, *, unused_since: float) -> int:
    """Remove the files of hosts that were not asked since then, and are not being asked; how many."""
    removed = 0
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        with suppress(BlockingIOError, FileNotFoundError):  # in use, or swept by somebody else
            if path.stat().st_mtime >= unused_since:
                continue
            handle = _open(os.fspath(path), fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
            os.close(handle)
            removed += 1
    return removed
