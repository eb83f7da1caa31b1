"""Where a replay takes its pages from: our own archive's notes, or anybody's WARC files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from flows.sites import known_portals
from flows.work import Read, read_page
from newsduck import archive
from newsduck.archive import Kept
from newsduck.items import Disposition, Fetched, Outcome, Page, ParsedPage
from newsduck.portals import Portal
from newsduck.settings import Settings

NONE: list[str] = []
BATCH = 500
"""Foreign pages that are loaded at once."""
FOREIGN = "warc"
"""The portal of pages that no configured portal knows."""
_OK = 200
_CUT: dict[str, Disposition] = {"length": "too-large", "time": "timeout"}
_TEXTS = ("text/html", "application/xhtml", "text/plain")


def last_notes(kept: Iterable[Kept]) -> list[Fetched]:
    """What became of each address of a round; a task that was tried again noted it twice, the last counts."""
    notes = {(one.fetched.target.portal, one.fetched.target.url): one.fetched for one in kept}
    return sorted(notes.values(), key=lambda one: one.target.portal)


def portals_of(settings: Settings, fetched: Sequence[Fetched]) -> tuple[Portal, ...]:
    """The portals of these pages; one that is configured no longer is read by the general rules."""
    known = known_portals(settings)
    ids = dict.fromkeys(one.target.portal for one in fetched)
    fronts = {one.target.portal: one.target.url for one in fetched if one.target.kind == "front"}
    first = {one.target.portal: one.target.url for one in reversed(fetched)}
    return tuple(known.get(name) or _stand_in(name, fronts.get(name, first[name])) for name in ids)


def foreign(settings: Settings, paths: Sequence[Path]) -> Iterator[tuple[tuple[Portal, ...], Read]]:
    """The pages of any WARC files in batches, read, with their portals; an address once a batch.

    What led to a page (a redirect, a try that failed) is one with it; a second reading is a batch of its own.
    """
    known = tuple(known_portals(settings).values())
    portals: dict[str, Portal] = {}
    outcomes: dict[str, Outcome] = {}
    pages: dict[str, ParsedPage] = {}
    for page in archive.scan_files(paths, portal=FOREIGN):
        if len(outcomes) >= BATCH or page.url in pages:
            yield (
                tuple(portals.values()),
                Read(outcomes=tuple(outcomes.values()), pages=tuple(pages.values())),
            )
            portals, outcomes, pages = {}, {}, {}
        outcome, read, portal = _read_foreign(page, known)
        portals[portal.id], outcomes[page.url] = portal, outcome
        if read is not None:
            pages[page.url] = read
    if outcomes:
        yield tuple(portals.values()), Read(outcomes=tuple(outcomes.values()), pages=tuple(pages.values()))


def _read_foreign(page: Page, known: Sequence[Portal]) -> tuple[Outcome, ParsedPage | None, Portal]:
    portal = next((one for one in known if one.in_scope(page.url)), None) or _stand_in(FOREIGN, page.url)
    page = replace(page, portal=portal.id)
    outcome = Outcome(
        portal=portal.id,
        url=page.url,
        kind="front" if page.url in portal.front_pages else "article",
        disposition="loaded",
        fetched_at=page.fetched_at,
        final_url=page.final_url,
        status=page.status,
        bytes=len(page.body),
    )
    return (*_read(page, outcome, portal), portal)


def _read(page: Page, outcome: Outcome, portal: Portal) -> tuple[Outcome, ParsedPage | None]:
    """Only what answered, is a text, and is whole, is parsed."""
    if page.status != _OK:
        return replace(outcome, disposition="http-error"), None
    if page.truncated is not None:
        detail = f"WARC-Truncated: {page.truncated}"
        return replace(outcome, disposition=_CUT.get(page.truncated, "http-error"), detail=detail), None
    if not (page.header("content-type") or "text/html").lower().startswith(_TEXTS):
        return replace(outcome, disposition="not-html"), None
    return read_page(lambda: page, outcome, portal)


def _stand_in(name: str, url: str) -> Portal:
    """A portal of that id for pages of which no portal file tells."""
    parts = urlsplit(url)
    return Portal(id=name, name=name, front_pages=(f"{parts.scheme}://{parts.netloc}/",), enabled=False)
