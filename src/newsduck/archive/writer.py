"""Pages → WARC parts: written under a temporary name, renamed when they are whole."""

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from newsduck import __version__
from newsduck.archive import records
from newsduck.items import Fetched, Page, PageRef

MAX_RECORDS = 5_000
"""A part's records: Media Cloud's proven size; a damaged file costs little."""
OPEN = ".open"
"""What a part's name ends in while it is being written."""


class Writer:
    """Writes one portal's pages of one run; a part is opened by the first page that needs it.

    Made for one task: not to be shared between threads. Several writers of the same run and portal
    take different parts.
    """

    def __init__(self, root: Path, *, portal: str, run_id: str, max_records: int = MAX_RECORDS) -> None:
        self._root = root
        self._portal = portal
        self._run_id = run_id
        self._max_records = max_records
        self._file: BinaryIO | None = None
        self._path = root
        self._records = 0
        self._identities: dict[tuple[str, int], str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close, also after an error: what was written before it is evidence."""
        del kind, error, trace
        self.close()

    def write(self, page: Page) -> PageRef:
        """Keep a page and its request; the reference holds for good, and may be read at once."""
        identity = records.record_id()
        pair = [records.of_page(page, identity)]
        if not page.final_url.startswith("file:"):
            pair.append(records.of_request(page, identity))
        name, offset = self._append(pair, page.fetched_at)
        self._identities[name, offset] = identity
        return PageRef(portal=page.portal, url=page.url, archive_file=name, archive_offset=offset)

    def note(self, fetched: Fetched, *, round_number: int) -> None:
        """Keep what became of an address, so that the warehouse can be rebuilt from the archive."""
        outcome = fetched.outcome
        where = (outcome.archive_file or "", outcome.archive_offset or 0)
        record = records.of_outcome(
            fetched,
            run_id=self._run_id,
            round_number=round_number,
            concurrent_to=self._identities.get(where),
        )
        self._append([record], outcome.fetched_at)

    def close(self) -> None:
        """Give the open part its final name, after all of it is on the disk."""
        if self._file is None:
            return
        with self._file as file:
            self._file = None
            file.flush()
            os.fsync(file.fileno())
            self._path.with_name(self._path.name + OPEN).rename(self._path)
            _sync_folder(self._path.parent)

    def _append(self, batch: list[records.Record], at: datetime) -> tuple[str, int]:
        """Write records that belong together, into one part: its name and the first one's offset."""
        if self._file is not None and self._records + len(batch) > self._max_records:
            self.close()
        file = self._file or self._open(at)
        offset = file.tell()
        file.write(b"".join(record.packed() for record in batch))
        file.flush()
        self._records += len(batch)
        return self._path.relative_to(self._root).as_posix(), offset

    def _open(self, at: datetime) -> BinaryIO:
        folder = self._root / at.astimezone(UTC).strftime("%Y/%m/%d")
        self._path, self._file = _claim(folder, f"{self._portal}-{self._run_id}")
        about = records.about_file(
            self._path.name,
            portal=self._portal,
            run_id=self._run_id,
            software=f"newsduck/{__version__}",
            at=datetime.now(UTC),  # not the page's time: scans order runs by it
        )
        self._file.write(about.packed())
        self._records = 1
        return self._file


def _claim(folder: Path, stem: str) -> tuple[Path, BinaryIO]:
    """The first part that nobody has: its final path, and its locked temporary file."""
    part = 1
    while True:
        path = folder / f"{stem}-{part}.warc.gz"
        held = path.with_name(path.name + OPEN)
        if path.exists() or held.exists():
            part += 1
            continue
        folder.mkdir(parents=True, exist_ok=True)
        try:
            file = held.open("xb")
        except (FileExistsError, FileNotFoundError):  # another writer took the part, or `prune` the folder
            continue
        fcntl.flock(file, fcntl.LOCK_EX)  # tells `salvage` that the writer lives
        if is_still(held, file):
            if not path.exists():
                return path, file
            held.unlink()  # the other writer renamed its part between our two looks
        file.close()  # `salvage` took it for one that is left, before it was locked


def is_still(path: Path, file: BinaryIO) -> bool:
    """Whether an open file is the one that a path names."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
