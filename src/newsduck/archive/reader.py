"""WARC → pages: ours by reference, and those in any files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from json import loads
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from newsduck import log
from newsduck.archive import records
from newsduck.archive.writer import OPEN
from newsduck.errors import ArchiveDamaged
from newsduck.items import Page, PageRef, Truncation
from newsduck.unpack import Broken, TooLarge, Unpacker

MAX_BODY = 50_000_000
"""Bytes of one foreign body, unpacked: more is no news page."""
HTTP = ("http:", "https:")
Headers = tuple[tuple[str, str], ...]
RULES = re.compile(r"https?://[^/?#]*/robots\.txt(?:[?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
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
    raw = next(raw_records(path, ref.archive_offset), None)
    if raw is None or raw.kind not in {"response", "revisit", "resource"}:
        raise ArchiveDamaged(
            f"{path}: no page at byte {ref.archive_offset}; the reference belongs to another file."
        )
    page = _page(raw, ref.portal)
    if raw.kind != "revisit" or raw.fields.get("warc-profile") == records.NOT_MODIFIED:
        return page
    return replace(page, body=_payload(root, path, raw))


def scan_files(paths: Iterable[Path], *, portal: str = "warc") -> Iterator[Page]:
    """The pages in any WARC files, packed or not, of ours or of others (Common Crawl's CC-NEWS …).

    A page that cannot be read is logged and left out; so is the rest of a damaged file. What robots.txt
    answered is no page.
    """
    for path in paths:
        for raw in surviving(path):
            uri = raw.fields.get("warc-target-uri", "")
            if raw.kind == "response" and uri.startswith(HTTP):
                try:
                    page = _page(raw, portal)
                except ArchiveDamaged as error:
                    log.archive_damaged(path, str(error))
                    continue
                if not RULES.match(page.url):
                    yield page


def surviving(path: Path) -> Iterator[Raw]:
    """The records of a file up to the first one that is damaged, which is logged."""
    try:
        yield from raw_records(path)
    except ArchiveDamaged as error:
        log.archive_damaged(path, str(error))


def _existing(root: Path, name: str) -> Path:
    path = root / name
    return path if path.exists() else path.with_name(path.name + OPEN)


def raw_records(path: Path, offset: int = 0) -> Iterator[Raw]:
    """The records of a file from a byte on. Raises ArchiveDamaged where one cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            reader = ArchiveIterator(file, no_record_parse=True)
            for record in reader:
                fields = {name.lower(): value for name, value in record.rec_headers.headers}
                block = _block(record, fields)
                yield Raw(kind=record.rec_type, fields=fields, block=block, offset=reader.get_record_offset())
    except (OSError, EOFError, ArchiveLoadFailed, ValueError) as error:
        raise ArchiveDamaged(f"{path}: cannot be read from byte {offset} on: {error}") from error


def _block(record: Any, fields: dict[str, str]) -> bytes:
    block = b"".join(iter(record.raw_stream.read, b""))
    told = fields.get("content-length", "")
    if not told.isdigit() or len(block) != int(told):
        raise ArchiveLoadFailed(f"a record of {told or 'unknown'} bytes has {len(block)}")
    return block


def _page(raw: Raw, portal: str) -> Page:
    own = _own_field(raw)
    uri = raw.fields.get("warc-target-uri", "")
    status, headers, body, cut = _answer(raw)
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
        truncated=records.truncation(raw.fields.get("warc-truncated")) or cut,
    )


def _answer(raw: Raw) -> tuple[int, Headers, bytes, Truncation | None]:
    """Status, headers as served, the body unpacked, and why that is not all of it."""
    if raw.kind == "resource":
        return 200, (("Content-Type", raw.fields.get("content-type", "")),), raw.block, None
    status, written, body = records.read_http(raw.block)
    headers = records.served(written)
    if headers != written or records.OWN_FIELD.lower() in raw.fields:
        return status, headers, body, None
    return status, headers, *_unpacked(body, headers)


def _own_field(raw: Raw) -> dict[str, Any]:
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


def _unpacked(body: bytes, headers: Headers) -> tuple[bytes, Truncation | None]:
    """A foreign body without its transfer and content encodings, where it still has them.

    Of what is broken, as much as can be unpacked; where that is nothing, its label was wrong.
    """
    said = {name.lower(): value.lower().strip() for name, value in headers}
    if said.get("transfer-encoding") == "chunked":
        body = bytes(ChunkedDataReader(BytesIO(body)).read(MAX_BODY))
    try:
        unpacker = Unpacker(said.get("content-encoding", ""), cap=MAX_BODY)
    except Broken:
        return body, None
    try:
        unpacker.feed(body)
        unpacker.finish()
    except TooLarge:
        return bytes(unpacker.body[:MAX_BODY]), "length"
    except Broken:
        return (bytes(unpacker.body), "unspecified") if unpacker.body else (body, None)
    return bytes(unpacker.body), None


def _payload(root: Path, path: Path, revisit: Raw) -> bytes:
    """The body that a revisit refers to: the last one of that address and digest before it."""
    digest = revisit.fields.get("warc-payload-digest")
    uri = revisit.fields.get("warc-target-uri")
    older = sorted(root.glob("*/*/*/*.warc.gz"), reverse=True)
    for candidate in [path, *(each for each in older if each.parent <= path.parent and each != path)]:
        for raw in surviving(candidate):
            if raw.kind == "response" and raw.fields.get("warc-payload-digest") == digest:
                return records.read_http(raw.block)[2]
    raise ArchiveDamaged(f"{path}: the body {digest} of {uri} is no longer in the archive; was it pruned?")
