"""A written time → a moment, its precision, and how its year was known. Pure; never later than `now`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final

from newsduck.items import Precision
from newsduck.parse.times import patterns
from newsduck.parse.times.moments import Frame, Moment, Year, floor, settle
from newsduck.parse.times.parts import (
    MONTHS,
    OLDEST,
    Written,
    numeral,
    possible_date,
    read_month,
)

_YEARS_BACK: Final = 30
_WEEKDAYS: Final = {mark: at for at, mark in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_UNITS = {"秒": 1, "分": 60, "小": 3600, "钟": 3600, "天": 86400, "日": 86400, "星": 604800, "周": 604800}
_UNITS |= {"週": 604800, "月": 2592000, "年": 31536000, "s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800}
_UNITS |= {"mon": 2592000, "y": 31536000}
_BACK: Final = {"今": 0, "昨": 1, "前": 2, "大": 3, "t": 0, "y": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTime:
    """A time as read: in the reader's zone, never after `now`."""

    at: datetime
    raw: str
    """The very characters that it was read from."""
    precision: Precision
    year: Year
    """How the year was known: `evidence` came from outside the text, `nearest past` is a guess."""
    start: int = 0
    """Where `raw` begins in the text."""
    zoned: bool = False
    """The text itself named the zone."""


def read_time(text: str, *, now: datetime, zone: tzinfo, near: date | None = None) -> ReadTime | None:
    """The first time written in `text`, or None.

    `now` is an aware datetime and the latest possible answer; `zone` holds where the text names none;
    `near` is a day that the story is known to be close to: it decides where no year is written.
    Year-less dates take the year that a weekday beside them fits, else the nearest that is not after `now`.
    """
    return next(iter(read_times(text, now=now, zone=zone, near=near)), None)


def read_times(text: str, *, now: datetime, zone: tzinfo, near: date | None = None) -> tuple[ReadTime, ...]:
    """All times written in `text`, from left to right."""
    return _read(text, now, zone, near) if patterns.ANY_SIGN.search(text) else ()


@lru_cache(maxsize=128)  # several readers of a page ask for the same lines
def _read(text: str, now: datetime, zone: tzinfo, near: date | None) -> tuple[ReadTime, ...]:
    frame = Frame(now=now.astimezone(zone), zone=zone, near=near)
    found = []
    for match, read in _matches(patterns.fold(text)):
        if moment := read(Written(match), frame):
            start, end = _trimmed(match)
            found.append(
                ReadTime(
                    at=moment.at,
                    raw=text[start:end],
                    precision=moment.precision,
                    year=moment.year,
                    start=start,
                    zoned=moment.zoned,
                )
            )
    return tuple(found)


def _matches(text: str) -> "Iterator[tuple[re.Match[str], _Reader]]":
    """Every stretch of the text that has the form of a time; the leftmost, of two at one place the longer."""
    for pattern, read in _WHOLE_TEXT:
        if match := pattern.match(text):
            yield match, read
            return
    low = text.lower()
    forms = [(pattern, read) for signs, pattern, read in _FORMS if _bears(low, signs)]
    place, ahead = 0, dict[int, "re.Match[str] | None"]()
    while best := _leftmost(text, place, forms, ahead):
        yield best
        place = best[0].end()
        if not patterns.ANY_SIGN.search(text, place):
            return


def _bears(low: str, signs: str | tuple[str, ...]) -> bool:
    """Whether one of the signs stands in a text."""
    for sign in signs:  # noqa: SIM110 - a generator costs as much as all these looks together
        if sign in low:
            return True
    return False


def _leftmost(
    text: str,
    place: int,
    forms: "list[tuple[re.Pattern[str], _Reader]]",
    ahead: "dict[int, re.Match[str] | None]",
) -> "tuple[re.Match[str], _Reader] | None":
    """The next form from a place on; `ahead` keeps what each form finds next, until that is passed over."""
    best: tuple[re.Match[str], _Reader] | None = None
    for at, (pattern, read) in enumerate(forms):
        match = ahead.get(at)
        if at not in ahead or (match is not None and match.start() < place):
            match = ahead[at] = pattern.search(text, place)
        if match is None:
            continue
        if match.start() == place:
            return match, read
        if best is None or (match.start(), -match.end()) < (best[0].start(), -best[0].end()):
            best = match, read
    return best


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Where the match begins and ends without the white space around it."""
    whole = match.group()
    return match.start() + len(whole) - len(whole.lstrip()), match.end() - len(whole) + len(whole.rstrip())


def _dated(written: Written, frame: Frame) -> Moment | None:
    """A date with its year; years of the Republic, as Taiwan counts them, begin with 1912."""
    short = len(written.text("year")) == 2  # noqa: PLR2004
    republic = written.number("roc")
    year = (written.number("year") or 0) + 2000 * short if republic is None else republic + 1911
    day = possible_date(year, read_month(written), written.number("day") or 0)
    return settle(day, written, frame, "two digits" if short else "printed") if day else None


def _dated_either_way(written: Written, frame: Frame) -> Moment | None:
    """`06/02/2022`: day first, as most of the world writes; month first beside AM or PM, or where need be."""
    year, one, two = (written.number(name) or 0 for name in ("year", "day", "month"))
    days = [possible_date(year, two, one), possible_date(year, one, two)]
    for day in reversed(days) if written.text("noon") else days:
        if day and (moment := settle(day, written, frame, "printed")):
            return moment
    return None


def _day_first(written: Written, frame: Frame) -> Moment | None:
    """`6:06pm 19/05/2022`, as papers of South East Asia write: AM or PM says nothing of the month there."""
    year, month, day = (written.number(name) or 0 for name in ("year", "month", "day"))
    found = possible_date(year, month, day)
    return settle(found, written, frame, "printed") if found else None


def _yearless(written: Written, frame: Frame) -> Moment | None:
    """A date without its year: by the day it is known to be near, by its weekday, or the nearest past one."""
    week = _WEEKDAYS.get(written.text("week"))
    possible = _past(written, frame)
    if frame.near:
        near = frame.near
        closest = min(possible, key=lambda pair: abs(pair[0] - near), default=None)
        return _known(closest[1] if closest else None, "evidence")
    if week is not None:
        fitting = (moment for day, moment in possible if day.weekday() == week)
        return _known(next(fitting, None), "weekday")
    newest = next(possible, None)
    return newest[1] if newest else None


def _known(moment: Moment | None, year: Year) -> Moment | None:
    return replace(moment, year=year) if moment else None


def _past(written: Written, frame: Frame) -> Iterator[tuple[date, Moment]]:
    """The days that a month and day may mean, newest first, none in the future."""
    month, number = read_month(written), written.number("day") or 0
    for year in range(frame.now.year, max(frame.now.year - _YEARS_BACK, OLDEST - 1), -1):
        day = possible_date(year, month, number)
        moment = settle(day, written, frame, "nearest past") if day else None
        if day and moment and not (moment.precision == "day" and written.text("hour")):
            yield day, moment


def _named_day(written: Written, frame: Frame) -> Moment | None:
    """`昨天 10:20`, `今天`."""
    day = frame.now.date() - timedelta(days=_BACK[written.text("back")[0].lower()])
    return settle(day, written, frame, "relative")


def _ago(written: Written, frame: Frame) -> Moment | None:
    """`3小时前`: to the minute below a day, to the day above."""
    count_text, unit_text = written.text("count").lower(), written.text("unit").lower()
    seconds = next(length for unit, length in _UNITS.items() if unit_text.startswith(unit))
    count = 0.5 if count_text == "半" else 1 if count_text in {"a", "an"} else numeral(count_text)
    count += 0.5 if written.text("half") else 0
    try:
        at = frame.now - timedelta(seconds=count * seconds)
    except OverflowError:
        return None
    if seconds < _UNITS["天"]:
        return Moment(at=floor(at, "minute"), precision="minute", year="relative")
    return Moment(at=datetime.combine(at.date(), time(), frame.zone), precision="day", year="relative")


def _just_now(_written: Written, frame: Frame) -> Moment:
    return Moment(at=floor(frame.now, "minute"), precision="minute", year="relative")


def _epoch(written: Written, frame: Frame) -> Moment | None:
    at = datetime.fromtimestamp(written.number("seconds") or 0, tz=frame.zone)
    if at > frame.now or at.year < OLDEST:
        return None
    return Moment(at=at, precision="second", year="printed", zoned=True)


_Reader = Callable[[Written, Frame], Moment | None]
_WHOLE_TEXT: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (patterns.EPOCH, _epoch),
    (patterns.STAMP, _dated),
    (patterns.NAMED_DAY_ALONE, _named_day),
    (patterns.JUST_NOW_ALONE, _just_now),
    (patterns.DASHED_ALONE, _yearless),
    (patterns.REPUBLIC_ALONE, _dated),
)
"""Forms too weak to be looked for inside a longer text."""
_FORMS: tuple[tuple[str | tuple[str, ...], re.Pattern[str], _Reader], ...] = (
    (("20", "19", "年"), patterns.YEAR_FIRST, _dated),
    (":", patterns.CLOCK_FIRST, _dated),
    (":", patterns.CLOCK_BEFORE_YEAR_LAST, _day_first),
    (("20",), patterns.BOXED, _dated),
    (("20", "19"), patterns.COMPACT, _dated),
    ("-/.", patterns.SHORT_YEAR, _dated),
    ("-/.", patterns.YEAR_LAST, _dated_either_way),
    (MONTHS, patterns.ENGLISH, _dated),
    ("月", patterns.YEARLESS, _yearless),
    ("-/", patterns.DASHED, _yearless),
    (("昨", "前", "今", "today", "yesterday"), patterns.NAMED_DAY, _named_day),
    (("前", "ago"), patterns.AGO, _ago),
    (("刚刚", "剛剛", "just now"), patterns.JUST_NOW, _just_now),
)
"""Each behind signs of which one stands in every text that has the form: most texts need one or two."""
