"""How times are written on news pages: one pattern per form, over folded text.

Folded text (see `fold`) has half-width digits and punctuation and keeps every character's place, so that what
matched can be cut out of the original text.
"""

import re
from typing import Final

_WIDE: Final = "０１２３４５６７８９：／－．，（）［］｜～"
_NARROW: Final = "0123456789:/-.,()[]|~"
_DASHES: Final = "–—―‐‑−"
_SPACES: Final = "\u00a0\u3000\t\r\n\u2002\u2003\u2009"
_FOLDED: Final = re.compile(f"[{_WIDE}{_DASHES}{_SPACES}]")
_FOLD: Final = str.maketrans(_WIDE + _DASHES + _SPACES, _NARROW + "-" * len(_DASHES) + " " * len(_SPACES))


def fold(text: str) -> str:
    """The text with half-width digits, punctuation and spaces; as long as before."""
    return text.translate(_FOLD) if _FOLDED.search(text) else text


_TWO: Final = r"(?:\d{1,2}|[〇零○一二三四五六七八九十廿]{1,3})"
_DAY: Final = r"(?P<day>(?:3[01]|[12]\d|0?[1-9])(?:(?!\d)|(?=\d\d:\d\d))|[一二三四五六七八九十廿]{1,3})"
_WEEK: Final = r"(?:[(\[【]?(?:星期|周|週|礼拜|禮拜|(?<=\())(?P<week>[一二三四五六日天])[)\]】]?)"
_HALF: Final = "凌晨|清晨|早上|早晨|上午|中午|下午|午后|午後|傍晚|晚上|晚间|晚間|夜间|夜間|早|晚"
_ZONE: Final = (
    r"(?:\s?(?P<zone>Z\b|(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?"
    r"|[+-]\d\d:?\d\d|(?:E[SD]T|P[SD]T|BST|HKT|CES?T)\b))?"
)
_CLOCK: Final = (
    rf"(?P<half>{_HALF})?\s*"
    r"(?:(?P<hour>[01]?\d|2[0-3])\s?:\s?(?P<minute>[0-5]\d)(?:\s?:\s?(?P<second>[0-5]\d)(?:[.,]\d+)?)?(?![\d:])"
    rf"|(?P<hour_>{_TWO})\s?[时時点點](?:\s?(?P<minute_>{_TWO})\s?分(?:\s?(?P<second_>{_TWO})秒)?|(?!\s?\d))"
    r")(?:\s?(?P<noon>[ap])\.?m\b\.?)?"
) + _ZONE
_PLACE: Final = (
    r"(?:(?P<gmt>格林[尼威]治(?:标准|標準)?(?:时间|時間))|(?:北京|台北|香港)(?:时间|時間)|HKT\b)\s*"
)
_GAP: Final = rf"(?:[\sT,|·]*{_WEEK})?(?:\s*{_PLACE})?(?:\s*(?:[T,|·-]|at\b)?\s*|\s*\[\s*)"
_MAYBE_CLOCK: Final = rf"(?:{_GAP}{_CLOCK}|\s*{_WEEK.replace('week', 'week_')})?"
_FLAGS: Final = re.IGNORECASE

_YEAR: Final = (
    r"(?:(?:中[华華])?民[国國]\s?(?P<roc>\d{2,3})"
    r"|(?P<year>(?:19|20)\d\d|[〇零○一二三四五六七八九]{4}|\d\d(?=\s?年)))"
)
YEAR_FIRST: Final = re.compile(
    rf"(?<![\d.])(?:{_YEAR}(?:\s?[年/._-]\s?|\s+(?=\d\d?\s?[/-]))"
    rf"(?P<month>{_TWO})\s?[月/._-]\s?){_DAY}\s?[日号號]?{_MAYBE_CLOCK}",
    _FLAGS,
)
_FIRST_CLOCK: Final = (
    r"(?<!\d)(?<!\d:)(?P<hour>[01]?\d|2[0-3])\s?:\s?(?P<minute>[0-5]\d)(?:\s?:\s?(?P<second>[0-5]\d))?"
    r"(?:\s?(?P<noon>[ap])\.?m\b\.?)?"
)
CLOCK_FIRST: Final = re.compile(
    rf"{_FIRST_CLOCK}[\s,|·]*(?P<year>20\d\d)\s?[年/.-]\s?(?P<month>\d\d?)\s?[月/.-]\s?{_DAY}(?!\s*[\dT]\d?:)日?",
    _FLAGS,
)
CLOCK_BEFORE_YEAR_LAST: Final = re.compile(
    rf"{_FIRST_CLOCK}[\s,|·]*(?P<day>\d\d?)(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)"
    r"(?P<year>20\d\d)(?![\d.])(?!\s*[\dT]\d?:)",
    _FLAGS,
)
BOXED: Final = re.compile(
    r"(?<![\d./:-])(?:(?P<day>[0-3]\d)\s+(?P<year>20\d\d)\s?[年/.-]\s?(?P<month>[01]?\d)(?![-/.\d])\s?月?"
    r"|(?P<month_>[01]\d)\s?[月/.-]\s?(?P<day_>[0-3]\d)日?[\s,]+(?P<year_>20\d\d)(?![-/.\d]))"
)
COMPACT: Final = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d){_MAYBE_CLOCK}",
    _FLAGS,
)
STAMP: Final = re.compile(
    r"\s*(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<zone>Z)?\s*$"
)
SHORT_YEAR: Final = re.compile(
    rf"(?<![\d./-])(?P<year>\d\d)(?P<mark>[-/.])(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])"
    rf"(?![./-])(?:(?!\d)|(?=\d\d:\d\d)){_MAYBE_CLOCK}",
    _FLAGS,
)
YEAR_LAST: Final = re.compile(
    rf"(?<![\d./-])(?P<day>\d\d?)(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d.]){_MAYBE_CLOCK}",
    _FLAGS,
)
_MONTH: Final = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
ENGLISH: Final = re.compile(
    rf"(?<![\w])(?:{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)"
    rf"|(?P<day_>[0-3]?\d)(?:st|nd|rd|th)?[\s-]+{_MONTH.replace('name', 'name_')},?"
    r"[\s-]+(?P<year_>(?:19|20)\d\d))"
    rf"(?!\d){_MAYBE_CLOCK}",
    _FLAGS,
)
YEARLESS: Final = re.compile(
    rf"(?<![年\d/.-])(?<!年\s)(?:{_WEEK.replace('week', 'week__')}[,\s]*)?"
    rf"(?P<month>{_TWO})\s?月\s?{_DAY}\s?[日号號]{_MAYBE_CLOCK}",
    _FLAGS,
)
_MONTH_DAY: Final = rf"(?P<month>1[0-2]|0?[1-9])[/-]{_DAY}"
DASHED: Final = re.compile(rf"(?<![\d./-])(?<!\d:){_MONTH_DAY}(?![/.-]\d){_GAP}{_CLOCK}", _FLAGS)
DASHED_ALONE: Final = re.compile(
    r"\s*[(\[]?\s*(?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0[1-9])\s*[)\]]?\s*$"
)
REPUBLIC_ALONE: Final = re.compile(
    r"\s*[(\[]?\s*(?P<roc>1[0-2]\d)(?P<mark>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9])"
    r"\s*[)\]]?\s*$"
)
"""`112-04-06`, as Taiwan's offices date their notices."""
NAMED_DAY: Final = re.compile(rf"(?P<back>大前天|[昨前今]\s?[天日]|yesterday|today){_GAP}{_CLOCK}", _FLAGS)
NAMED_DAY_ALONE: Final = re.compile(
    r"\s*[(\[]?\s*(?P<back>大前天|[昨前今]\s?[天日]|yesterday|today)\s*[)\]]?\s*$", _FLAGS
)
AGO: Final = re.compile(
    r"(?:(?P<count>\d{1,4}|[一二两兩三四五六七八九十]{1,3}|半)\s?(?:个|個)?\s?(?P<half>半)?\s?"
    r"(?P<unit>秒钟?|秒鐘|分钟|分鐘|分|小时|小時|钟头|天|日|星期|周|週|月|年)(?:之|以)?前"
    r"|(?P<count_>\d{1,3}|an?)\s(?P<unit_>second|sec|minute|min|hour|day|week|month|year)s?\sago)",
    _FLAGS,
)
JUST_NOW: Final = re.compile(r"刚刚|剛剛|just now", _FLAGS)
JUST_NOW_ALONE: Final = re.compile(r"\s*(?:刚刚|剛剛|刚才|剛才|just now)\s*$", _FLAGS)
EPOCH: Final = re.compile(r"\s*(?P<seconds>[1-9]\d{8,9})(?P<millis>\d{3})?\s*$")
ANY_SIGN: Final = re.compile(r"[\d昨前今刚剛月aAdDnN]")
"""A character of each form; the Latin ones begin ago, day and now."""
