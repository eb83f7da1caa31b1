"""What was noted of all runs, in the order in which they were made: what replay reads."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from newsduck import log
from newsduck.archive import records
from newsduck.archive.reader import surviving
from newsduck.items import Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One address of one run, as the archive knows it: what fetching said, and the page if one was parsed."""

    run_id: str
    round_number: int
    fetched: Fetched


@dataclass(frozen=True, slots=True, order=True)
class _Part:
    """A file, by the moment at which it was begun."""

    made: str
    path: Path


def scan(
    root: Path,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    portal: str | None = None,
) -> Iterator[Kept]:
    """Every noted address: runs in the order in which they were made, round by round, portal by portal.

    `since` and `until` (exclusive) bound `fetched_at`. Pages are not read: `read` takes `fetched.ref`. Memory
    holds one run's notes.
    """
    for parts in _runs(root, since, until):
        order = count()
        notes = [(kept, next(order)) for part in parts for kept in _notes(part.path)]
        notes.sort(key=lambda note: (note[0].round_number, note[0].fetched.target.portal, note[1]))
        yield from (kept for kept, _ in notes if _wanted(kept, since, until, portal))


def _runs(root: Path, since: datetime | None, until: datetime | None) -> list[list[_Part]]:
    """The files of each run; the run that was begun first comes first, whatever its pages' times are."""
    runs: dict[str, list[_Part]] = defaultdict(list)
    for folder in _day_folders(root, since, until):
        for path in folder.glob("*.warc.gz"):
            about = next(surviving(path), None)
            if about is not None and about.kind == "warcinfo":
                run_id = records.run_of(about.block)
                runs[run_id].append(_Part(about.fields.get("warc-date", ""), path))
    return sorted(sorted(parts) for parts in runs.values())


def _day_folders(root: Path, since: datetime | None, until: datetime | None) -> Iterator[Path]:
    """The folders that may hold notes of these times; a run that began before midnight lies in one folder."""
    first = (since - timedelta(days=1)).astimezone(UTC).strftime("%Y/%m/%d") if since else ""
    last = until.astimezone(UTC).strftime("%Y/%m/%d") if until else "9999"
    for folder in sorted(root.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]")):
        if first <= folder.relative_to(root).as_posix() <= last:
            yield folder


def _notes(path: Path) -> Iterator[Kept]:
    for raw in surviving(path):
        if raw.kind != "metadata" or raw.fields.get("content-type") != "application/json":
            continue
        try:
            run_id, round_number, fetched = records.read_outcome(raw.block)
        except (ValueError, KeyError, TypeError) as error:
            log.archive_damaged(path, f"the note at byte {raw.offset} is none of ours: {error!r}")
        else:
            yield Kept(run_id=run_id, round_number=round_number, fetched=fetched)


def _wanted(kept: Kept, since: datetime | None, until: datetime | None, portal: str | None) -> bool:
    at = kept.fetched.outcome.fetched_at
    return (
        (since is None or at >= since)
        and (until is None or at < until)
        and (portal is None or kept.fetched.target.portal == portal)
    )
