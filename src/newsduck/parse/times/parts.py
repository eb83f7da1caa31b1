"""What the parts of a written time are worth: numerals, clocks, offsets, months."""

import re
from datetime import UTC, date, time, timedelta, timezone, tzinfo
from typing import Final

from newsduck.items import Precision

OLDEST: Final = 1990
_NOON: Final = 12
_LATE_MORNING: Final = 10
_DIGITS: Final = {mark: at for at, mark in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
}
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OFFSETS: Final = {"EST": -5, "EDT": -4, "PST": -8, "PDT": -7, "BST": 1, "HKT": 8, "CET": 1, "CEST": 2}
_AFTERNOON: Final = frozenset(
    ["下午", "午后", "午後", "傍晚", "晚上", "晚间", "晚間", "夜间", "夜間", "深夜", "晚", "p"]
)
_BEFORE_NOON: Final = frozenset(["凌晨", "a"])


class Written:
    """The named parts of a match; a name may stand in several alternatives, as `day`, `day_`, `day__`."""

    __slots__ = ("parts",)

    def __init__(self, match: re.Match[str]) -> None:
        self.parts = {name.rstrip("_"): part for name, part in match.groupdict().items() if part is not None}

    def text(self, name: str) -> str:
        """What was written there; empty for nothing."""
        return self.parts.get(name, "")

    def number(self, name: str) -> int | None:
        """The number that was written there."""
        part = self.parts.get(name)
        return None if part is None else numeral(part)


def numeral(text: str) -> int:
    """The value of ASCII digits or Chinese numerals below a hundred (years digit by digit); 0 for none."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_DIGITS.get(tens, 1) if tens else 1) + _DIGITS.get(ones, 0)
    value = 0
    for mark in text:
        value = 10 * value + _DIGITS.get(mark, 0)
    return value


def read_clock(written: Written) -> tuple[time, Precision] | None:
    """The clock of a match; None where none is written."""
    hour = written.number("hour")
    if hour is None:
        return None
    half = written.text("half") or written.text("noon").lower()
    if (half in _AFTERNOON and hour < _NOON) or (half == "中午" and hour < _LATE_MORNING):
        hour += _NOON
    elif half in _BEFORE_NOON and hour == _NOON:
        hour = 0
    minute, second = written.number("minute") or 0, written.number("second")
    try:
        return time(hour, minute, second or 0), "minute" if second is None else "second"
    except ValueError:
        return None


def read_offset(text: str) -> tzinfo | None:
    """The zone that `+08:00`, `Z`, `GMT`, `UTC+8` or a usual abbreviation names."""
    text = text.upper().replace(" ", "")
    if text in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[text]))
    text = text.removeprefix("GMT").removeprefix("UTC")
    if text in {"", "Z"}:
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)  # noqa: PLR2004
    if hours > 14 or minutes > 59:  # noqa: PLR2004 - the world's zones end there
        return None
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def read_month(written: Written) -> int:
    """The month from 1, by name or number; 0 for none."""
    name = written.text("name").lower()
    return MONTHS.index(name) + 1 if name else written.number("month") or 0


def possible_date(year: int, month: int, day: int) -> date | None:
    """The day, where the calendar has it and news pages may speak of it."""
    if year < OLDEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
