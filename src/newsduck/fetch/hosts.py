"""What the processes that share a data folder know of hosts: when each may be asked next, and who is at it.

One small file, mapped into memory, has a place for each host that was asked lately; it is changed under a
lock that is held for microseconds. A slot, the right to have a request on the wire, is the lock of one byte
far behind the file's end: the system lets go of it when its holder ends, however that ends. Such locks
(fcntl) hold between processes; within one, the book keeps count. Times are the wall's, so that they outlive
processes and reboots.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from math import inf, isfinite
from mmap import mmap
from pathlib import Path
from struct import Struct
from threading import Lock
from time import time

from newsduck.addresses import key

ENTRY = Struct("<Q4d")
"""A host's key, when this was written, and its times."""
PLACES = 8_192
"""Hosts that are remembered: the file has 320 KB."""
PROBES = 16
"""Places in a row that a host may have; the one asked longest ago gives way to a new one."""
SLOTS = 1 << 40
"""The byte at which slots begin."""
SLOTS_EACH = 1 << 10

_key = lru_cache(maxsize=4096)(key)


@dataclass(slots=True)
class Times:
    """When a host may be asked next, until when it wants rest, and by how much it is to be asked slower."""

    next_at: float = 0.0
    rest_until: float = 0.0
    slowed: float = 1.0


class Hosts:
    """The book in one file; to be had from `hosts_of`."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if os.fstat(self._handle).st_size < PLACES * ENTRY.size:
            os.ftruncate(self._handle, PLACES * ENTRY.size)
        self._entries = mmap(self._handle, PLACES * ENTRY.size)
        self._lock = Lock()
        self._taken: set[int] = set()

    def is_at(self, path: Path) -> bool:
        """Whether this is still the file of that name: somebody may have removed it."""
        return path.exists() and os.path.samestat(path.stat(), os.fstat(self._handle))

    @contextmanager
    def changing(self, host: str) -> Iterator[Times]:
        """A host's times, ours alone for the block; what was changed is kept unless the block raises."""
        wanted = _key(host)
        with self._lock:
            fcntl.lockf(self._handle, fcntl.LOCK_EX, 1)
            try:
                at, times = self._entry(wanted)
                yield times
                values = (times.next_at, times.rest_until, times.slowed)
                ENTRY.pack_into(self._entries, at, wanted, time(), *values)
            finally:
                fcntl.lockf(self._handle, fcntl.LOCK_UN, 1)

    def look(self, host: str) -> Times:
        """A host's times, as they are at the moment."""
        return self._entry(_key(host))[1]

    def take(self, host: str, number: int) -> bool:
        """Take a slot of a host; False where somebody has it."""
        place = _slot(host, number)
        with self._lock:
            if place in self._taken:
                return False
            try:
                fcntl.lockf(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
            except (BlockingIOError, PermissionError):  # EAGAIN or EACCES, as POSIX leaves it
                return False
            self._taken.add(place)
            return True

    def give_back(self, host: str, number: int) -> None:
        """Let others have a slot."""
        place = _slot(host, number)
        with self._lock:
            self._taken.discard(place)
            fcntl.lockf(self._handle, fcntl.LOCK_UN, 1, place)

    def forget(self) -> None:
        """Forget all hosts, as if nobody had asked any."""
        self._entries[:] = bytes(len(self._entries))

    def _entry(self, wanted: int) -> tuple[int, Times]:
        """Where a host's entry is, or may be written (in a free place, or the oldest), and what it says."""
        oldest, at_oldest = inf, wanted % PLACES * ENTRY.size
        for probe in range(PROBES):
            at = (wanted + probe) % PLACES * ENTRY.size
            found, written_at, next_at, rest_until, slowed = ENTRY.unpack_from(self._entries, at)
            if found == wanted:
                return at, _times(next_at, rest_until, slowed, back=max(0.0, written_at - time()))
            if found == 0:
                return at, Times()
            if (last := max(written_at, rest_until)) < oldest:
                oldest, at_oldest = last, at
        return at_oldest, Times()


def _times(next_at: float, rest_until: float, slowed: float, *, back: float) -> Times:
    """An entry's times; no more than was meant if the clock went back, nothing if they are broken."""
    if not isfinite(next_at + rest_until + slowed):
        return Times()
    return Times(next_at=next_at - back, rest_until=rest_until - back, slowed=slowed)


def _slot(host: str, number: int) -> int:
    return SLOTS + _key(host) % SLOTS * SLOTS_EACH + number


_open: dict[Path, Hosts] = {}
"""Never closed: whichever handle of a file is closed, the process loses all its locks on it."""
_opening = Lock()
os.register_at_fork(after_in_child=_open.clear)  # a child has none of its parent's locks


def hosts_of(folder: Path) -> Hosts:
    """The hosts that all who share this folder ask; the folder is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder.resolve() / "hosts.pace"
    with _opening:
        hosts = _open.get(path)
        if hosts is None or not hosts.is_at(path):
            _open[path] = hosts = Hosts(path)
        return hosts
