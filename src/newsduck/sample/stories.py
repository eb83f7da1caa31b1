"""The stories of the sample portal, read from the TOML files beside this module."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
EPOCH = datetime(2026, 3, 2, 8, 5, tzinfo=ZONE)

Site = Literal["linjiang", "finance", "dongling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A change of wording from an hour on."""

    hour: int
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story of the plan: what its page says, and what happens to it hour by hour."""

    id: str
    site: Site
    channel: str
    title: str
    published: datetime
    url: str
    paragraphs: tuple[str, ...]
    further: tuple[str, ...] = ()
    """The paragraphs of a second page."""
    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    byline: str = "spans"
    """Which form the lines of time, source, author and editor take (see `credits.py`)."""
    dateline: str | None = None
    """An opening such as `临江新闻网讯(记者 …)`, a part of the first paragraph."""
    caption: str | None = None
    teaser: Literal["title", "body"] = "body"
    """What rolls show of it, cut: its title, or the opening of its text."""
    retitled: tuple[tuple[int, str], ...] = ()
    """(hour, text): what lists call it from that hour on."""
    corrections: tuple[Correction, ...] = ()
    gone: int | None = None
    """The first hour at which the page is a 404; lists show it for that hour still."""
    leads: tuple[int, ...] = ()
    """The hours in which it is the front page's first headline."""
    copy_of: str | None = None
    keep: int | None = None
    """Of a copy: how many paragraphs of the original it keeps; None: all."""
    flaky: bool = False
    """Answers 503 when it is asked for the first time."""
    charset: str | None = None
    """The page's true charset where it is not its site's."""

    @property
    def appears(self) -> int:
        """The first hour at which it can be read."""
        return max(0, -((EPOCH - self.published) // timedelta(hours=1)))

    def readable(self, hour: int) -> bool:
        """Whether its page exists at that hour."""
        return self.appears <= hour and (self.gone is None or hour < self.gone)

    def listed(self, hour: int) -> bool:
        """Whether lists show it at that hour."""
        return self.appears <= hour and (self.gone is None or hour <= self.gone)

    def headline(self, hour: int) -> str:
        """What lists call it at that hour."""
        return next((text for since, text in reversed(self.retitled) if since <= hour), self.title)

    def pages(self, hour: int) -> tuple[tuple[str, ...], ...]:
        """Its paragraphs as they read at that hour, page by page."""
        pages = (self.paragraphs, self.further) if self.further else (self.paragraphs,)
        return tuple(tuple(self._corrected(text, hour) for text in page) for page in pages)

    def body(self, hour: int) -> str:
        """Its whole text at that hour, one line a paragraph."""
        return "\n".join(text for page in self.pages(hour) for text in page)

    def _corrected(self, text: str, hour: int) -> str:
        for change in self.corrections:
            text = text.replace(change.old, change.new) if change.hour <= hour else text
        return text


_ADDRESS = {
    "linjiang": "http://www.linjiang.example/news/{at:%Y-%m/%d}/content_{id}.html",
    "finance": "http://finance.linjiang.example/{at:%Y%m}/t{at:%Y%m%d}_{id}.shtml",
    "dongling": "http://www.dongling.example/content/{at:%Y/%m%d}/{id}.html",
}


def _story(entry: dict[str, Any], originals: dict[str, Story]) -> Story:
    """A story as the plan writes it; a copy takes the text of its original."""
    at = datetime.fromisoformat(entry["published"]).replace(tzinfo=ZONE)
    lines = tuple(entry.pop("text", "").strip().splitlines())
    if original := originals.get(entry.get("copy_of", "")):
        own = original.paragraphs + original.further
        lines = own[: entry.get("keep")] + lines
    if dateline := entry.get("dateline"):
        lines = (dateline + lines[0], *lines[1:])
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }
    values |= {
        "published": at,
        "url": entry.get("url") or _ADDRESS[entry["site"]].format(at=at, id=entry["id"]),
        "paragraphs": lines,
        "further": tuple(entry.get("further", "").strip().splitlines()),
        "retitled": tuple((int(hour), text) for hour, text in entry.get("retitled", {}).items()),
        "corrections": tuple(Correction(**change) for change in entry.get("corrections", [])),
    }
    return Story(**values)


@cache
def stories() -> tuple[Story, ...]:
    """All stories of the plan, newest first."""
    folder = files(__package__).joinpath("stories")
    told: dict[str, Story] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for entry in tomllib.loads(file.read_text("utf-8"))["stories"]:
                told[entry["id"]] = _story(entry, told)
    return tuple(sorted(told.values(), key=lambda story: (story.published, story.id), reverse=True))
