"""WARC → pages: ours by reference or in the order of time, and those of others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from json import loads
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from newsduck import log
from newsduck.archive import records
from newsduck.archive.writer import OPEN
from newsduck.errors import ArchiveDamaged
from newsduck.items import Fetched, Page, PageRef

MAX_BODY = 50_000_000
"""Bytes of one foreign body, unpacked: more is no news page."""
HTTP = ("http:", "https:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One address of one run, as the archive knows it: what fetching said, and the page if one was parsed."""

    run_id: str
    round_number: int
    fetched: Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    """A record as it stands in a file."""

    kind: str
    fields: dict[str, str]
    block: bytes
    offset: int


def read(root: Path, ref: PageRef) -> Page:
    """The page of a reference, its body byte for byte; a revisit brings the body that it refers to.

    Raises ArchiveDamaged where file or record are missing or do not hold what they say.
    """
    path = _existing(root, ref.archive_file)
    raw = next(_records(path, ref.archive_offset), None)
    if raw is None or raw.kind not in {"response", "revisit", "resource"}:
        raise ArchiveDamaged(
            f"{path}: no page at byte {ref.archive_offset}; the reference belongs to another file."
        )
    page = _page(raw, ref.portal)
    if raw.kind != "revisit" or raw.fields.get("warc-profile") == records.NOT_MODIFIED:
        return page
    return replace(page, body=_payload(root, path, raw))


def scan(
    root: Path,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    portal: str | None = None,
) -> Iterator[Kept]:
    """Every noted address: runs by their beginning, in each run round by round, portal by portal.

    `since` and `until` (exclusive) bound `fetched_at`. Pages are not read: `read` takes `fetched.ref`.
    """
    began: dict[str, datetime] = {}
    for folder in _day_folders(root, since, until):
        order = count()
        notes = [(kept, next(order)) for path in _parts(folder, portal) for kept in _notes(path)]
        for kept, _ in notes:
            at = kept.fetched.outcome.fetched_at
            began[kept.run_id] = min(began.get(kept.run_id, at), at)
        notes.sort(
            key=lambda note: (
                began[note[0].run_id],
                note[0].run_id,
                note[0].round_number,
                note[0].fetched.target.portal,
                note[1],
            )
        )
        yield from (kept for kept, _ in notes if _wanted(kept, since, until, portal))


def scan_files(paths: Iterable[Path], *, portal: str = "warc") -> Iterator[Page]:
    """The pages in any WARC files, packed or not, of ours or of others (Common Crawl's CC-NEWS …).

    A page that cannot be read is logged and left out; so is the rest of a damaged file.
    """
    for path in paths:
        for raw in _surviving(path):
            uri = raw.fields.get("warc-target-uri", "")
            if raw.kind == "response" and uri.startswith(HTTP):
                yield _page(raw, portal)


def _wanted(kept: Kept, since: datetime | None, until: datetime | None, portal: str | None) -> bool:
    at = kept.fetched.outcome.fetched_at
    return (
        (since is None or at >= since)
        and (until is None or at < until)
        and (portal is None or kept.fetched.target.portal == portal)
    )


def _day_folders(root: Path, since: datetime | None, until: datetime | None) -> Iterator[Path]:
    """The folders that may hold notes of these times; a run that began before midnight lies in one folder."""
    first = (since - timedelta(days=1)).astimezone(UTC).strftime("%Y/%m/%d") if since else ""
    last = until.astimezone(UTC).strftime("%Y/%m/%d") if until else "9999"
    for folder in sorted(root.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]")):
        if first <= folder.relative_to(root).as_posix() <= last:
            yield folder


def _parts(folder: Path, portal: str | None) -> list[Path]:
    found = folder.glob(f"{portal}-*.warc.gz" if portal else "*.warc.gz")
    return sorted(found, key=lambda path: (len(path.name), path.name))


def _notes(path: Path) -> Iterator[Kept]:
    for raw in _surviving(path):
        if raw.kind != "metadata" or raw.fields.get("content-type") != "application/json":
            continue
        try:
            run_id, round_number, fetched = records.read_outcome(raw.block)
        except (ValueError, KeyError, TypeError) as error:
            log.archive_damaged(path, f"the note at byte {raw.offset} is none of ours: {error!r}")
        else:
            yield Kept(run_id=run_id, round_number=round_number, fetched=fetched)


def _surviving(path: Path) -> Iterator[_Raw]:
    """The records of a file up to the first one that is damaged, which is logged."""
    try:
        yield from _records(path)
    except ArchiveDamaged as error:
        log.archive_damaged(path, str(error))


def _existing(root: Path, name: str) -> Path:
    path = root / name
    return path if path.exists() else path.with_name(path.name + OPEN)


def _records(path: Path, offset: int = 0) -> Iterator[_Raw]:
    try:
        with path.open("rb") as file:
            file.seek(offset)
            reader = ArchiveIterator(file, no_record_parse=True)
            for record in reader:
                fields = {name.lower(): value for name, value in record.rec_headers.headers}
                block = _block(record, fields)
                yield _Raw(
                    kind=record.rec_type, fields=fields, block=block, offset=reader.get_record_offset()
                )
    except (OSError, EOFError, ArchiveLoadFailed, ValueError) as error:
        raise ArchiveDamaged(f"{path}: cannot be read from byte {offset} on: {error}") from error


def _block(record: Any, fields: dict[str, str]) -> bytes:
    block = b"".join(iter(record.raw_stream.read, b""))
    told = fields.get("content-length", "")
    if not told.isdigit() or len(block) != int(told):
        raise ArchiveLoadFailed(f"a record of {told or 'unknown'} bytes has {len(block)}")
    return block


def _page(raw: _Raw, portal: str) -> Page:
    own = _own_field(raw)
    uri = raw.fields.get("warc-target-uri", "")
    status, headers, body = _answer(raw)
    return Page(
        portal=portal,
        url=own.get("url", uri),
        final_url=own.get("final_url", uri),
        status=status,
        headers=headers,
        body=body,
        fetched_at=_moment(raw.fields.get("warc-date", "")),
        elapsed_ms=own.get("elapsed_ms", 0),
        is_repeat=raw.fields.get("warc-profile") == records.SAME_PAYLOAD,
    )


def _answer(raw: _Raw) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """Status, headers as served, and the body unpacked."""
    if raw.kind == "resource":
        return 200, (("Content-Type", raw.fields.get("content-type", "")),), raw.block
    status, written, body = records.read_http(raw.block)
    headers = records.served(written)
    is_unpacked = headers != written or records.OWN_FIELD.lower() in raw.fields
    return status, headers, body if is_unpacked else _unpacked(body, headers)


def _own_field(raw: _Raw) -> dict[str, Any]:
    try:
        own = loads(raw.fields.get(records.OWN_FIELD.lower(), "{}"))
    except ValueError as error:
        raise ArchiveDamaged(f"the {records.OWN_FIELD} field at byte {raw.offset} is no JSON") from error
    return own if isinstance(own, dict) else {}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArchiveDamaged(f"WARC-Date {text!r} is no time") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _unpacked(body: bytes, headers: tuple[tuple[str, str], ...]) -> bytes:
    """A foreign body without its transfer and content encodings, where it still has them."""
    said = {name.lower(): value.lower().strip() for name, value in headers}
    packing = said.get("content-encoding")
    packing = packing if packing in BufferedReader.get_supported_decompressors() else None
    if said.get("transfer-encoding") == "chunked":
        return bytes(ChunkedDataReader(BytesIO(body), decomp_type=packing).read(MAX_BODY))
    return bytes(BufferedReader(BytesIO(body), decomp_type=packing).read(MAX_BODY)) if packing else body


def _payload(root: Path, path: Path, revisit: _Raw) -> bytes:
    """The body that a revisit refers to: the last one of that address and digest before it."""
    digest = revisit.fields.get("warc-payload-digest")
    uri = revisit.fields.get("warc-target-uri")
    older = sorted(root.glob("*/*/*/*.warc.gz"), reverse=True)
    for candidate in [path, *(each for each in older if each.parent <= path.parent and each != path)]:
        for raw in _surviving(candidate):
            if raw.kind == "response" and raw.fields.get("warc-payload-digest") == digest:
                return records.read_http(raw.block)[2]
    raise ArchiveDamaged(f"{path}: the body {digest} of {uri} is no longer in the archive; was it pruned?")
