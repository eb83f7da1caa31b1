"""What becomes of archive files later: salvaged after a crash, pruned by age and size."""

import errno
import fcntl
import os
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from newsduck import log
from newsduck.archive.writer import OPEN, is_still

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What salvaging found."""

    files: int = 0
    records: int = 0
    bytes_lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What pruning removed."""

    files: int = 0
    bytes: int = 0


def salvage(root: Path) -> Salvaged:
    """Close the parts of writers that died, at their last whole record; parts in work are left alone."""
    files = records = lost = 0
    for held in sorted(root.glob(f"*/*/*/*.warc.gz{OPEN}")):
        try:
            file = held.open("r+b")
        except FileNotFoundError:  # its writer has just finished it
            continue
        with file:
            if not _is_left(held, file):
                continue
            end, whole = _last_whole(held)
            lost_here = held.stat().st_size - end
            file.truncate(end)
            os.fsync(file.fileno())
            path = held.with_name(held.name.removesuffix(OPEN))
            if whole:
                held.rename(path)
            else:
                held.unlink()
        files, records, lost = files + 1, records + whole, lost + lost_here
        log.salvaged(path, whole, lost_here)
    return Salvaged(files=files, records=records, bytes_lost=lost)


def _is_left(held: Path, file: BinaryIO) -> bool:
    """Lock a part; whether its writer is dead: one that lives holds the lock until the part is renamed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return is_still(held, file)


def _last_whole(path: Path) -> tuple[int, int]:
    """Where the last whole gzip member ends, and how many there are."""
    end = members = position = 0
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            position += len(chunk)
            while chunk:
                try:
                    unpacker.decompress(chunk)
                except zlib.error:
                    return end, members
                if not unpacker.eof:
                    break
                chunk = unpacker.unused_data
                end, members = position - len(chunk), members + 1
                unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    return end, members


def prune(root: Path, *, older_than: datetime | None = None, max_bytes: int | None = None) -> Pruned:
    """Remove the parts of days before `older_than`, then the oldest while all are above `max_bytes`."""
    parts = [(path, path.stat().st_size) for path in sorted(root.glob("*/*/*/*.warc.gz"))]
    parts.sort(key=lambda part: part[0].parent)
    first_day = older_than.astimezone(UTC).strftime("%Y/%m/%d") if older_than else ""
    total = sum(size for _, size in parts)
    files = removed = 0
    for path, size in parts:
        is_old = path.parent.relative_to(root).as_posix() < first_day
        if not is_old and (max_bytes is None or total - removed <= max_bytes):
            break
        path.unlink()
        files, removed = files + 1, removed + size
    for folder in sorted((each for each in root.glob("*/*/*") if each.is_dir()), reverse=True):
        _drop_empty(folder, root)
    log.pruned(files, removed)
    return Pruned(files=files, bytes=removed)


def _drop_empty(folder: Path, root: Path) -> None:
    while folder != root:
        try:
            folder.rmdir()
        except OSError as error:
            if error.errno in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT}:  # or another prune was quicker
                return
            raise
        folder = folder.parent
