"""Stories that go on over several pages: held back until the last page is there (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from newsduck.items import Outcome, ParsedPage, Target
from newsduck.parse import join

MAX_PAGES = 30
"""Pages of one story that are followed; the longest paged stories of the trade stay below."""


@dataclass(slots=True)
class _Open:
    """A story whose further pages are being read."""

    first: ParsedPage
    outcome: Outcome
    further: list[ParsedPage] = field(default_factory=list)
    wanted: str | None = None
    seen: set[str] = field(default_factory=set)


@dataclass(slots=True)
class PagedStories:
    """The stories of a run that wait for their further pages."""

    _open: dict[str, _Open] = field(default_factory=dict)

    def sort(
        self, outcomes: Iterable[Outcome], pages: Iterable[ParsedPage], *, is_last: bool
    ) -> tuple[list[Outcome], list[ParsedPage], list[Target]]:
        """What may be loaded now, and the further pages to read next; `is_last`: there is no next round."""
        by_url = {page.url: page for page in pages}
        ready: list[Outcome] = []
        whole: list[ParsedPage] = []
        for outcome in outcomes:
            page = by_url.get(outcome.url)
            if outcome.kind == "page":
                self._take_further(outcome.url, page)
                ready.append(outcome)
            elif page is not None and _goes_on(page, outcome) and not is_last:
                self._hold(page, outcome)
            else:
                ready.append(outcome)
                whole.extend([page] if page is not None else [])
        for done in self._closed(is_last=is_last):
            ready.append(done.outcome)
            whole.append(_joined(done))
        return ready, whole, self._next()

    def _hold(self, page: ParsedPage, outcome: Outcome) -> None:
        self._open[page.url] = _Open(
            first=page, outcome=outcome, wanted=page.next_page, seen={page.url, page.next_page or ""}
        )

    def _take_further(self, url: str, page: ParsedPage | None) -> None:
        """Add a page to the story that waits for it; one that could not be read ends the story."""
        for story in self._open.values():
            if story.wanted != url:
                continue
            story.wanted = None
            if page is None:
                continue
            story.further.append(page)
            following = page.next_page
            if following and following not in story.seen and len(story.further) < MAX_PAGES:
                story.wanted = following
                story.seen.add(following)

    def _closed(self, *, is_last: bool) -> list[_Open]:
        ended = [url for url, story in self._open.items() if story.wanted is None or is_last]
        return [self._open.pop(url) for url in ended]

    def _next(self) -> list[Target]:
        """Each wanted page once, even if two stories want it."""
        wanted = {
            story.wanted: Target(
                portal=story.first.portal, url=story.wanted, kind="page", first_page=story.first.url
            )
            for story in self._open.values()
            if story.wanted is not None
        }
        return list(wanted.values())


def _goes_on(page: ParsedPage, outcome: Outcome) -> bool:
    return outcome.kind == "article" and page.article is not None and page.next_page not in (None, page.url)


def _joined(story: _Open) -> ParsedPage:
    """The whole story; one of which a page is missing says so."""
    page = join(story.first, story.further) if story.further else story.first
    last = story.further[-1] if story.further else story.first
    if last.next_page is not None and last.next_page not in {one.url for one in (page, *story.further)}:
        page = replace(page, problems=(*page.problems, f"a further page is missing: {last.next_page}"))
    return page
