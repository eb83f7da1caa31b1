"""What the sample's plan promises to hourly runs: for tests that read it through the flow.

`expected(2)` is what the run at EPOCH + 2 h finds, if there were runs at + 0 h and + 1 h. Everything follows
from the stories themselves; nothing is taken from what newsduck made of them.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newsduck.sample.plan import FRONT_PAGES, blocks
from newsduck.sample.stories import EPOCH, Story, stories

DUE_HOURS = (1, 6, 24)
FORBIDDEN_HOURS = (0, 6, 54)
"""When a page that robots.txt forbids is asked for: at once, then after 6 and 48 hours more."""
TEMPLATED = {"10007", "10008", "20002", "20003"}
"""Alike in wording, and copies of nobody."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One hourly run of the sample, and what stands in the tables after it."""

    hour: int
    as_of: datetime
    asked: int
    """Σ outcomes: front pages, new stories, their further pages, and stories due for re-reading."""
    failed: dict[str, int]
    """Outcomes that yield nothing, by disposition; all others are loaded, unchanged or not-modified."""
    articles: int
    """Rows of `articles` after the run."""
    articles_new: int
    articles_changed: int
    versions: int
    """Rows of `article_versions` after the run."""
    copies: int
    """Rows of `articles` that are marked as copies after the run."""
    headlines: dict[str, list[str]]
    """Front page → the texts of its lists, in reading order; what a link's `title` completes is complete."""


@dataclass
class _Books:
    first_read: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, list[str]] = field(default_factory=dict)


def expected(hour: int) -> Expected:
    """The run at this hour, after one at each hour before it."""
    books = _Books()
    for earlier in range(hour):
        _run(books, earlier)
    return _run(books, hour)


def public_stories() -> list[Story]:
    """Every story that a run may read: all but the one that robots.txt forbids."""
    return [story for story in stories() if "/internal/" not in story.url]


def copies() -> dict[str, str]:
    """Address of a copy → address of its original."""
    by_id = {story.id: story for story in stories()}
    return {story.url: by_id[story.copy_of].url for story in stories() if story.copy_of}


def _linked(hour: int) -> set[Story]:
    """The stories that the front pages link to at an hour."""
    listed = {entry.story for page in FRONT_PAGES for block in blocks(page, hour) for entry in block.entries}
    return {story for story in listed if story.url not in FRONT_PAGES}


def _run(books: _Books, hour: int) -> Expected:
    linked = _linked(hour)
    forbidden = {story for story in linked if "/internal/" in story.url and hour in FORBIDDEN_HOURS}
    new = {s for s in linked if "/internal/" not in s.url and s.id not in books.first_read}
    due = {
        story
        for story in (_linked(hour - 1) if hour else ())
        if story.id in books.first_read and hour - books.first_read[story.id] in DUE_HOURS
    }
    told = {story for story in stories() if story.url in FRONT_PAGES}
    missing = {story for story in new | due if not story.readable(hour)}
    read = (new | due | told) - missing
    before = {story.id: books.bodies[story.id][-1] for story in read if story.id in books.bodies}
    for story in read:
        books.first_read.setdefault(story.id, hour)
        if story.body(hour) != before.get(story.id):
            books.bodies.setdefault(story.id, []).append(story.body(hour))
    return Expected(
        hour=hour,
        as_of=EPOCH + timedelta(hours=hour),
        asked=len(FRONT_PAGES) + len(new | due | forbidden) + sum(1 for s in new & read if s.further),
        failed={"robots": len(forbidden), "http-error": len(missing)},
        articles=len(books.bodies),
        articles_new=len(read) - len(before),
        articles_changed=sum(
            1 for story in read if before.get(story.id, story.body(hour)) != story.body(hour)
        ),
        versions=sum(map(len, books.bodies.values())),
        copies=sum(1 for story in stories() if story.copy_of and story.id in books.bodies),
        headlines={
            page: [entry.whole or entry.text for block in blocks(page, hour) for entry in block.entries]
            for page in FRONT_PAGES
        },
    )
