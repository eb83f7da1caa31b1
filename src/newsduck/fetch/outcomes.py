"""What became of an address, as its one outcome (pure)."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from newsduck.digest import digest
from newsduck.fetch.ask import Failure
from newsduck.items import Disposition, Fetched, Outcome, Page, PageRef, Target


def host(url: str) -> str:
    """Host and port, for keeping queues; the whole address where it has none."""
    try:
        return urlsplit(url).netloc.lower() or url
    except ValueError:
        return url


def is_repeat(target: Target, page: Page) -> bool:
    """Whether the server sent the very bytes of last time."""
    if target.body_digest is None or page.truncated is not None or not _is_read(page):
        return False
    return digest(page.body) == target.body_digest


def _is_read(page: Page) -> bool:
    """Whether it is all of a page: nobody asked for a part of one (206)."""
    is_well = HTTPStatus.OK <= page.status < HTTPStatus.MULTIPLE_CHOICES
    return is_well and page.status != HTTPStatus.PARTIAL_CONTENT


def answered(target: Target, page: Page, ref: PageRef) -> Fetched:
    """The result of an address that answered."""
    disposition, detail = _judged(target, page)
    is_new = disposition == "loaded"
    is_read = _is_read(page)
    outcome = Outcome(
        portal=target.portal,
        url=target.url,
        kind=target.kind,
        disposition=disposition,
        detail=detail,
        fetched_at=page.fetched_at,
        final_url=page.final_url,
        status=page.status,
        bytes=len(page.body),
        elapsed_ms=page.elapsed_ms,
        archive_file=ref.archive_file,
        archive_offset=ref.archive_offset,
        etag=page.header("etag") or (None if is_read else target.etag),
        last_modified=page.header("last-modified") or (None if is_read else target.last_modified),
        body_digest=digest(page.body) if is_read else target.body_digest,
    )
    return Fetched(target=target, outcome=outcome, ref=ref if is_new else None)


def _judged(target: Target, page: Page) -> tuple[Disposition, str | None]:
    if page.status == HTTPStatus.NOT_MODIFIED and (target.etag or target.last_modified):
        return "not-modified", None
    if not _is_read(page):
        return "http-error", _phrase(page.status)
    return ("unchanged", "the same bytes as last time") if page.is_repeat else ("loaded", None)


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def failed(target: Target, failure: Failure, *, at: datetime, ref: PageRef | None = None) -> Fetched:
    """The result of an address that yields no page; its validators stay for next time.

    `ref` is the last that was kept of it: a part of a body, or the redirect that led astray.
    """
    outcome = Outcome(
        portal=target.portal,
        url=target.url,
        kind=target.kind,
        disposition=failure.disposition,
        detail=failure.detail,
        fetched_at=at,
        final_url=failure.final_url,
        status=failure.status,
        archive_file=ref.archive_file if ref else None,
        archive_offset=ref.archive_offset if ref else None,
        etag=target.etag,
        last_modified=target.last_modified,
        body_digest=target.body_digest,
    )
    return Fetched(target=target, outcome=outcome)
