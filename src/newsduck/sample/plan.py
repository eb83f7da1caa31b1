"""Which headlines stand on which front page at which hour (pure)."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsduck.sample.stories import EPOCH, Story, stories

FRONT = "http://www.linjiang.example/"
NEWS = "http://www.linjiang.example/news/"
ROLL = "http://www.linjiang.example/kuaixun/10020.html"
FINANCE = "http://finance.linjiang.example/"
DONGLING = "http://www.dongling.example/"
WAP = "http://www.dongling.example/wap/30020.txt"
FRONT_PAGES = (FRONT, NEWS, ROLL, FINANCE, DONGLING, WAP)

TEASER_COLUMNS = 66
ROLL_LENGTH = 20


def hour_of(as_of: datetime) -> int:
    """Whole hours since EPOCH, never below 0; `as_of` is an aware datetime."""
    return max(0, (as_of - EPOCH) // timedelta(hours=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place on a list: a story, and the very text that stands there."""

    story: Story
    text: str
    is_truncated: bool = False
    whole: str | None = None
    """Where the text is cut: what the link's `title` attribute says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A list with its heading; `name` is None where it has none."""

    name: str | None
    entries: tuple[Entry, ...]


def cut(text: str, columns: int) -> str:
    """As much of a text as fits into so many columns, where an East-Asian character takes two."""
    width = 0
    for place, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        if width > columns:
            return text[:place]
    return text


def lead_story(page: str) -> Story | None:
    """The story that a front page tells in full above its list."""
    return next((story for story in stories() if story.url == page), None)


def blocks(page: str, hour: int) -> tuple[Block, ...]:
    """The lists of a front page at an hour, in reading order; empty for any other address."""
    told = [story for story in stories() if story.listed(hour)]
    if page in (ROLL, WAP):
        return (_roll(page, told),)
    if page == NEWS:
        return (_block("新闻列表", _of(told, "linjiang")[:15], hour),)
    if page == FINANCE:
        return (_block("财经要闻", _of(told, "finance"), hour),)
    return _linjiang(told, hour) if page == FRONT else _dongling(told, hour) if page == DONGLING else ()


def _of(told: list[Story], site: str) -> list[Story]:
    """The stories of a site that its lists link to."""
    return [story for story in told if story.site == site and story.url not in FRONT_PAGES]


def _block(name: str | None, told: list[Story], hour: int) -> Block:
    return Block(name=name, entries=tuple(Entry(story=s, text=s.headline(hour)) for s in told))


def _linjiang(told: list[Story], hour: int) -> tuple[Block, ...]:
    """The first headline, a block for each channel, the ranking, the notices."""
    own = _of(told, "linjiang")
    leading = [story for story in own if min(hour, 3) in story.leads]
    channels = [
        _block(name, [s for s in own if s.channel == name and s not in leading][:6], hour)
        for name in ("要闻", "民生", "社会", "文体")
    ]
    public = [story for story in own if story.channel != "公告"]
    notices = [story for story in own if story.channel == "公告"]
    return (
        _block("头条", leading, hour),
        *channels,
        _block("财经", _of(told, "finance")[:5], hour),
        _block("热点排行", _by_heat(public, hour)[:8], hour),
        _block("通知公告", notices, hour),
    )


def _by_heat(told: list[Story], hour: int) -> list[Story]:
    """A ranking that moves every hour, and always in the same way."""
    return sorted(told, key=lambda story: (int(story.id) * (hour + 3) * 7) % 23)


def _dongling(told: list[Story], hour: int) -> tuple[Block, ...]:
    """A block for each channel; the last cuts its entries to 40 columns and says so by dots."""
    own = _of(told, "dongling")
    reprints = [_dotted(story, hour) for story in own if story.channel == "转载"]
    return (
        _block("东岭要闻", [s for s in own if s.channel == "东岭要闻"][:8], hour),
        _block("乡镇", [s for s in own if s.channel == "乡镇"][:8], hour),
        Block(name="媒体看临江", entries=tuple(reprints[:8])),
    )


def _dotted(story: Story, hour: int) -> Entry:
    text = story.headline(hour)
    short = cut(text, 40)
    if short == text:
        return Entry(story=story, text=text)
    return Entry(story=story, text=f"{short}…", is_truncated=True, whole=story.title)


def _roll(page: str, told: list[Story]) -> Block:
    """The story itself, then timed teasers without links, newest first."""
    first = [story for story in told if story.url == page]
    others = [
        story for story in told if story.url not in FRONT_PAGES and story.channel not in ("公告", "转载")
    ]
    return Block(name=None, entries=tuple(_teaser(s) for s in (first + others)[: ROLL_LENGTH + len(first)]))


def _teaser(story: Story) -> Entry:
    is_title = story.teaser == "title" or story.url in FRONT_PAGES
    text = story.title if is_title else story.paragraphs[0]
    short = cut(text, TEASER_COLUMNS)
    return Entry(story=story, text=short, is_truncated=short != text)
