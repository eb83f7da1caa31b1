"""When a story was published: the time that is shown to the reader, metadata where none is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from newsduck.items import Precision
from newsduck.parse.document import Document, Outline
from newsduck.parse.times.evidence import day_in_address, metadata_stamps, metadata_times, whole_day
from newsduck.parse.times.reading import ReadTime, read_time, read_times
from newsduck.parse.tree import Block, Node
from newsduck.parse.vicinity import Line, lines_above, lines_below, lines_within

_LABEL: Final = re.compile(
    r"(?:^|[^\u4e00-\u9fff])"
    r"(?:(?:发布|發布|發佈|发表|發表|发稿|發稿|刊发|刊發|刊登|刊载|上传|更新|添加|录入|入库|成文|创建|文章|稿件|新闻|"
    r"published|posted)?\s?(?:时间|時間|日期|于|於|on|date)"
    r"|发布|發布|發佈|发表|發表|刊发|出版|刊出|上架|published|posted)\s*[:：|｜】\]/]?\s*$",
    re.IGNORECASE,
)
_CHANGED: Final = re.compile(
    r"(?:更新|修改|修订|修訂|编辑[于时]|編輯於|变更|updated|modified|edited)[^\d]{0,8}$", re.IGNORECASE
)
_FOREIGN: Final = re.compile(
    r"(?:今天是|今天|现在是|当前时间|截至|截止|有效期|施行|实施|生效|成立|注册|过期|activated|since)\s*"
    r"[:：]?\s*$",
    re.IGNORECASE,
)
_COPYRIGHT: Final = re.compile(r"(?:copyright|©)\s*[:：]?\s*$", re.IGNORECASE)
"""Before a day; a clock has none, whatever sign stands before it."""
_NAMED: Final = re.compile(r"time|date|pub|ptime|info|source|meta|author|byline|posted|laiyuan|shijian|riqi")
_LISTED: Final = re.compile(r"list|relat|recommend|comment|reply|hot|rank|aside|sidebar|foot|copyright")
_SENTENCE: Final = re.compile(r"[。！？；]|，.*，")
_WEEKDAY: Final = re.compile("星期|周[一二三四五六日]|禮拜")
_WORD_BEFORE: Final = re.compile(r"[\u3400-\u9fff]$")
_WORD_AFTER: Final = re.compile(
    r"(?!来源|來源|作者|记者|記者|编辑|責|责|星期|周|发[布表]|發[布表]|更新|讯|刊|浏览|阅读|点击|字号|第\s?[A-Z\d])[\u3400-\u9fff]"
)
_SHORT: Final = 120
_RUNS_ON: Final = re.compile(r"[\u3400-\u9fff]{12}")
"""A text that goes on behind a date: no name of a medium or label is that long."""
_SCRIPT: Final = re.compile(
    r"[cdnopCDNOP](?<!\w.)(?i:(?<=p)(?:ub(?:lish)?_?(?:time|date)|time)|(?<=d)atePublished|(?<=n)ews_?Time"
    r"|(?<=c)(?:reate_?time|t)|(?<=o)riCreateTime)[\"']?\s*[:=]\s*[\"']?([^\"',;}<]{8,30})"
)
"""It begins with a class of letters: the search skips all others, and a page has 100,000 of script."""
_SCRIPT_REACH: Final = 200_000
_UTC: Final = ("Z", "+00:00", "+0000")
"""What systems write that know of no zone."""
_SURE: Final = 5.0
"""Weight that no time in or below the text comes up to."""
_ENOUGH: Final = 2.0
"""Weight that a shown time needs to count before metadata; a bare time beside the heading has more."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """The time of a story."""

    at: datetime
    raw: str
    """The very characters on the page."""
    precision: Precision
    rule: str
    """Where it was found, and how its year was known where it is not printed."""


def find_published(document: Document, outline: Outline) -> Published | None:
    """When the story was published, or None where the page does not tell.

    What is displayed counts first: the nearest free-standing time to the heading. Then metadata, then values
    in the page's scripts, then the day in its address. Never a date out of the headline or the text, and
    never one in the future.
    """
    search = _Search(document, outline)
    return (
        search.shown(_ENOUGH) or search.told() or search.scripted() or search.shown(0.1) or search.addressed()
    )


@dataclass(frozen=True)
class _Search:
    document: Document
    outline: Outline

    @cached_property
    def metadata(self) -> list[tuple[str, ReadTime]]:
        document = self.document
        return metadata_times(document.json_ld, document.meta, now=document.fetched_at, zone=document.zone)

    def shown(self, enough: float) -> Published | None:
        """The weightiest displayed time."""
        best: tuple[float, ReadTime, Line] | None = None
        for line in self._lines():
            if best and best[0] >= _SURE and line.place != "above":
                break
            for time in read_times(line.text, now=self.document.fetched_at, zone=self.document.zone):
                weight = _weight(line, time, self.document)
                if weight >= enough and (best is None or weight > best[0]):
                    best = (weight, time, line)
        if best is None:
            return None
        rule = "displayed" if best[2].place == "above" else f"displayed {best[2].place}"
        return _published(self._zoned(self._with_year(best[1]), best[2]), rule)

    def _lines(self) -> Iterator[Line]:
        """The lines that may show the time."""
        yield from lines_above(self.document, self.outline)
        yield from lines_within(self.document, self.outline)
        yield from lines_below(self.document, self.outline)

    def _with_year(self, time: ReadTime) -> ReadTime:
        """The time with the year that the page tells elsewhere, where it is not printed with the date."""
        if time.year not in {"nearest past", "weekday"}:
            return time
        near = self._near(time)
        again = read_time(time.raw, now=self.document.fetched_at, zone=self.document.zone, near=near)
        return again if near and again else time

    def _near(self, time: ReadTime) -> date | None:
        for _, told in self.metadata:
            if told.year == "printed" and _same_season(told.at.date(), time.at.date()):
                return told.at.date()
        return day_in_address(self.document.url, now=self.document.fetched_at)

    def _zoned(self, time: ReadTime, line: Line) -> ReadTime:
        """The instant that the page's data names for the displayed clock, where it names its zone."""
        if time.zoned or time.precision == "day":
            return time
        for _, owner in line.block.runs:
            holder = owner.within("time")
            stamp = holder.attrs.get("datetime") if holder else None
            told = read_time(stamp, now=self.document.fetched_at, zone=self.document.zone) if stamp else None
            if told and told.zoned and _same_clock_elsewhere(told.at, time.at):
                return replace(time, at=told.at.replace(second=time.at.second))
        shown = f"{time.at:%Y-%m-%dT%H:%M}"
        stamps = (text for _, text in metadata_stamps(self.document.json_ld, self.document.meta))
        stamp = next((text for text in stamps if text.startswith(shown)), _UTC[0])
        if stamp.endswith(_UTC):
            return time
        told = read_time(stamp, now=self.document.fetched_at, zone=self.document.zone)
        return replace(time, at=told.at.replace(second=time.at.second)) if told and told.zoned else time

    def told(self) -> Published | None:
        """The time that metadata tells."""
        return next((_published(time, rule) for rule, time in self.metadata), None)

    def scripted(self) -> Published | None:
        """The time that a script of the page is given."""
        for _, source in self.document.tree.scripts:
            for match in _SCRIPT.finditer(source, 0, _SCRIPT_REACH):
                time = read_time(match[1], now=self.document.fetched_at, zone=self.document.zone)
                if time and time.year == "printed":
                    return _published(time, "script")
        return None

    def addressed(self) -> Published | None:
        """The day that the page's address is built of."""
        document = self.document
        written = whole_day(document.url)
        time = read_time(written, now=document.fetched_at, zone=document.zone) if written else None
        return _published(time, "address") if time else None


def _published(time: ReadTime, rule: str) -> Published:
    known = "" if time.year in {"printed", "relative"} else f", year: {time.year}"
    return Published(at=time.at, raw=time.raw.replace("\t", " "), precision=time.precision, rule=rule + known)


def _same_season(one: date, other: date) -> bool:
    """Whether two days are near each other in the year, whatever year it is."""
    return min(abs((one - other).days % 365), abs((other - one).days % 365)) <= 3  # noqa: PLR2004


def _same_clock_elsewhere(one: datetime, other: datetime) -> bool:
    """Whether the one instant shows the other's minutes in some zone of the world."""
    apart = abs(one.replace(second=0, microsecond=0) - other.replace(second=0, microsecond=0))
    return timedelta() < apart <= timedelta(hours=14) and apart % timedelta(minutes=30) == timedelta()


def _weight(line: Line, time: ReadTime, document: Document) -> float:
    """How much speaks for a displayed time to be the story's."""
    before = line.text[: time.start]
    labelled = bool(_LABEL.search(before))
    is_foreign = _FOREIGN.search(before) or (time.precision == "day" and _COPYRIGHT.search(before))
    if is_foreign or not (labelled or stands_free(line.text, time)):
        return 0.0
    weight = 3.0 + 3.0 * labelled + _weight_of_place(line, time, document, labelled=labelled)
    weight += (time.precision != "day") + 0.5 * (time.year in {"printed", "relative"})
    weight -= 4.0 * bool(_CHANGED.search(before) and time.year != "relative")
    weight -= 2.0 * line.block.hidden
    return weight


def stands_free(line: str, time: ReadTime) -> bool:
    """Whether a time in a line is not part of a sentence; a day without a clock must stand by itself."""
    before, after = line[: time.start], line[time.start + len(time.raw) :]
    if time.precision == "day" or time.year == "relative":
        free = not _WORD_BEFORE.search(before) and not _WORD_AFTER.match(after)
    else:
        free = not _RUNS_ON.match(after)
    return free and len(before) + len(after) <= _SHORT and not _SENTENCE.search(f"{before} {after}")


def _weight_of_place(line: Line, time: ReadTime, document: Document, *, labelled: bool) -> float:
    names = " ".join(node.names for node in _around(line.block))
    weight = 1.5 * bool(_NAMED.search(names)) - 1.5 * bool(_LISTED.search(names))
    if line.place == "above":
        if line.distance < 0:
            return weight - 1.5 + 0.3 * line.distance - _looks_like_today(line, time, document)
        return weight + 2.0 - 0.1 * line.distance
    return weight - (2.5 if labelled else 4.5) - 0.1 * line.distance


def _around(block: Block) -> list[Node]:
    """The elements whose names may tell what a line is: its first piece's, its own, and the one around it."""
    parent = block.node.parent
    return [block.runs[0][1], block.node, *([parent] if parent else [])]


def _looks_like_today(line: Line, time: ReadTime, document: Document) -> float:
    """What speaks against a day in the page's header: it may be the day on which the page was served."""
    served = document.fetched_at.astimezone(document.zone).date()
    if time.precision != "day" or time.at.date() != served:
        return 0.0
    if day_in_address(document.url, now=document.fetched_at) == served:
        return 0.0
    return 3.0 if _WEEKDAY.search(line.text) else 1.0
