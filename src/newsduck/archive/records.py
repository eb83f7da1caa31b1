"""Pages and outcomes as WARC 1.1 records, and back (pure).

ISO 28500:2017; `https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/`.
"""

import gzip
import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, get_args
from urllib.parse import quote, urlsplit
from uuid import uuid4

from newsduck.digest import digest
from newsduck.items import Fetched, Outcome, Page, PageRef, Target, Truncation

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
OWN_FIELD = "Newsduck-Page"
"""Our one extension field: what a Page says and WARC has no field for, as ASCII JSON."""
PACKING = ("content-encoding", "transfer-encoding", "content-length")
"""Headers that would mislead readers of an unpacked body; kept under Common Crawl's prefix."""
PREFIX = "X-Crawl-"
GZIP_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One WARC record before it is packed."""

    kind: str
    uri: str | None
    at: datetime
    content_type: str
    block: bytes
    fields: tuple[tuple[str, str], ...] = ()

    def packed(self) -> bytes:
        """The record as one gzip member."""
        return gzip.compress(self.plain(), GZIP_LEVEL, mtime=0)

    def plain(self) -> bytes:
        """The record as it stands between gzip's covers."""
        head = [
            ("WARC-Type", self.kind),
            ("WARC-Date", warc_date(self.at)),
            *([("WARC-Target-URI", quote_uri(self.uri))] if self.uri is not None else []),
            *self.fields,
            ("WARC-Block-Digest", digest(self.block)),
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(self.block))),
        ]
        lines = "".join(f"{name}: {value}\r\n" for name, value in head)
        return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + self.block + b"\r\n\r\n"


def record_id() -> str:
    """A fresh id, as WARC wants it."""
    return f"<urn:uuid:{uuid4()}>"


def warc_date(moment: datetime) -> str:
    """UTC with microseconds, which WARC 1.1 allows."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def quote_uri(uri: str) -> str:
    """An address that cannot break a header line; what is quoted already stays as it is."""
    return quote(uri, safe="%/:=&?~#+!$,;'@()*[]")


def about_file(filename: str, *, portal: str, run_id: str, software: str, at: datetime) -> Record:
    """The warcinfo record that each file begins with."""
    lines = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": run_id,
        "description": f"pages of portal {portal}, read by newsduck; bodies are stored unpacked",
    }
    return Record(
        kind="warcinfo",
        uri=None,
        at=at,
        content_type="application/warc-fields",
        block="".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode(),
        fields=(("WARC-Record-ID", record_id()), ("WARC-Filename", filename)),
    )


def run_of(block: bytes) -> str:
    """The run that a warcinfo record of ours tells of; nothing in those of others."""
    found = re.search(rb"^isPartOf: (.*?)\r?$", block, re.MULTILINE)
    return found[1].decode("utf-8", "replace") if found else ""


def of_page(page: Page, identity: str) -> Record:
    """The response record of a page; a `revisit` where nothing new came, a `resource` for a file."""
    own = {"url": page.url, "final_url": page.final_url, "elapsed_ms": page.elapsed_ms}
    kind, more, block = _shape(page)
    is_file = kind == "resource"
    return Record(
        kind=kind,
        uri=page.final_url,
        at=page.fetched_at,
        content_type=(page.header("content-type") or "") if is_file else "application/http; msgtype=response",
        block=block if is_file else _http_head(page) + block,
        fields=(("WARC-Record-ID", identity), (OWN_FIELD, json.dumps(own)), *more),
    )


def _shape(page: Page) -> tuple[str, tuple[tuple[str, str], ...], bytes]:
    """Record type, its own fields, and as much of the body as is stored."""
    payload = ("WARC-Payload-Digest", digest(page.body))
    cut = (("WARC-Truncated", page.truncated),) if page.truncated else ()
    if urlsplit(page.final_url).scheme == "file":
        return "resource", (payload,), page.body
    if page.status == HTTPStatus.NOT_MODIFIED:
        return "revisit", (("WARC-Profile", NOT_MODIFIED),), b""
    if page.is_repeat:
        return "revisit", (("WARC-Profile", SAME_PAYLOAD), payload), b""
    return "response", (payload, *cut), page.body


def _http_head(page: Page) -> bytes:
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {page.status} {phrase}"]
    for name, value in page.headers:
        misleads = name.lower() in PACKING and not (
            name.lower() == "content-length" and value.strip() == str(len(page.body))
        )
        lines.append(f"{PREFIX if misleads else ''}{name}: {value}")
    return _lines(lines)


def truncation(told: str | None) -> Truncation | None:
    """Why a record's body is not whole; the standard's own word for what it does not know."""
    known: dict[str, Truncation] = {reason: reason for reason in get_args(Truncation)}
    return known.get(told.strip().lower(), "unspecified") if told is not None else None


def of_request(page: Page, identity: str) -> Record:
    """The request record that belongs to the response of that id."""
    parts = urlsplit(quote_uri(page.final_url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in page.request_headers)]
    if not any(name.lower() == "host" for name, _ in page.request_headers):
        lines.insert(1, f"Host: {parts.netloc.rpartition('@')[2]}")
    return Record(
        kind="request",
        uri=page.final_url,
        at=page.fetched_at,
        content_type="application/http; msgtype=request",
        block=_lines(lines),
        fields=(("WARC-Record-ID", record_id()), ("WARC-Concurrent-To", identity)),
    )


def _lines(lines: list[str]) -> bytes:
    flat = [re.sub(r"[\r\n]+", " ", line) for line in lines]
    return b"".join(_bytes(line) + b"\r\n" for line in flat) + b"\r\n"


def _bytes(line: str) -> bytes:
    """Latin-1, which gives every served byte back; UTF-8 where somebody else made the text."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "replace")


def of_outcome(fetched: Fetched, *, run_id: str, round_number: int, concurrent_to: str | None) -> Record:
    """The metadata record that says what became of an address: all that replay needs to know."""
    said: dict[str, Any] = {
        "run_id": run_id,
        "round": round_number,
        "target": asdict(fetched.target),
        "outcome": asdict(fetched.outcome) | {"fetched_at": fetched.outcome.fetched_at.isoformat()},
        "to_parse": fetched.ref is not None,
    }
    link = (("WARC-Concurrent-To", concurrent_to),) if concurrent_to else ()
    return Record(
        kind="metadata",
        uri=fetched.target.url,
        at=fetched.outcome.fetched_at,
        content_type="application/json",
        block=json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"),
        fields=(("WARC-Record-ID", record_id()), *link),
    )


def read_outcome(block: bytes) -> tuple[str, int, Fetched]:
    """Run id, round and result from such a metadata record; fields that we do not know are skipped.

    Raises ValueError, KeyError or TypeError where the block is none of ours.
    """
    said = json.loads(block)
    target = Target(**_known(Target, said["target"]))
    told = _known(Outcome, said["outcome"])
    outcome = Outcome(**told | {"fetched_at": datetime.fromisoformat(told["fetched_at"])})
    ref = None
    if said["to_parse"]:
        ref = PageRef(
            portal=target.portal,
            url=target.url,
            archive_file=outcome.archive_file or "",
            archive_offset=outcome.archive_offset or 0,
        )
    return str(said["run_id"]), int(said["round"]), Fetched(target=target, outcome=outcome, ref=ref)


def _known(kind: type, values: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in values.items() if name in names}


def read_http(block: bytes) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """Status, headers and body of an HTTP message, however untidy its lines are."""
    head, gap, body = block.partition(b"\r\n\r\n")
    if not gap:
        head, gap, body = block.partition(b"\n\n")
    first, *lines = re.split(r"\r?\n", head.decode("latin-1"))
    status = re.match(r"HTTP/[\d.]+\s+(\d{3})", first)
    headers = tuple(
        (name.strip(), value.strip())
        for name, colon, value in (line.partition(":") for line in lines)
        if colon
    )
    return int(status[1]) if status else 0, headers, body


def served(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The headers as they were served: prefixed ones get their names back and replace stand-ins."""
    prefixed = {PREFIX.lower() + name for name in PACKING}
    hidden = {name.lower().removeprefix(PREFIX.lower()) for name, _ in headers if name.lower() in prefixed}
    kept = [(name, value) for name, value in headers if name.lower() not in hidden]
    return tuple((name[len(PREFIX) :] if name.lower() in prefixed else name, value) for name, value in kept)
