"""What else a page tells of its story's day: its address and its metadata, for dates without a year."""

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Final
from urllib.parse import unquote

from newsduck.parse.times.parts import possible_date
from newsduck.parse.times.reading import ReadTime, read_time

_WHOLE: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_/.]?)(?P<month>1[0-2]|0[1-9])(?:(?P=mark)|[-_/])?"
    r"(?P<day>3[01]|[12]\d|0[1-9])(?!\d)"
)
_MONTH: Final = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_/]?(?P<month>1[0-2]|0[1-9])(?!\d)")
_SHORT: Final = re.compile(r"/(?P<year>\d\d)/(?P<month>1[0-2]|0[1-9])/?(?P<day>3[01]|[12]\d|0[1-9])(?!\d)")
_YEAR: Final = re.compile(r"[/_-](?P<year>20\d\d)(?=[/_-])")


def day_in_address(url: str, *, now: datetime) -> date | None:
    """The day that an address names, its middle where it names a month or a year only; none in the future."""
    path = unquote(url.split("://", 1)[-1].partition("/")[2].partition("?")[0])
    for pattern in (_WHOLE, _SHORT, _MONTH, _YEAR):
        for match in pattern.finditer("/" + path):
            parts = {name: int(part) for name, part in match.groupdict().items() if name != "mark"}
            year = parts["year"] + (2000 if parts["year"] < 100 else 0)  # noqa: PLR2004
            day = possible_date(year, parts.get("month", 7), parts.get("day", 15 if "month" in parts else 1))
            if day and (day <= now.date() + timedelta(days=1) or "day" not in parts) and year <= now.year:
                return day
    return None


_STAMP: Final = 100
"""No time stamp is longer."""


def whole_day(url: str) -> str | None:
    """The day with its year that stands in an address's path, as `2026-03-02`."""
    path = unquote(url.split("://", 1)[-1].partition("/")[2].partition("?")[0])
    match = _WHOLE.search("/" + path)
    return f"{match['year']}-{match['month']}-{match['day']}" if match else None


METADATA: Final = (
    "article:published_time",
    "og:published_time",
    "bytedance:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "publishtime",
    "publish_time",
    "published_time",
    "published",
    "pubdate",
    "pubtime",
    "_pubtime",
    "apub:time",
    "firstpublishedtime",
    "weibo:article:create_at",
    "weibo: article:create_at",
    "og:release_date",
    "og:time",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "createdate",
    "article:create_at",
    "dateupdate",
    "date",
)
"""Names of `<meta>` that give the day of publication, the surest first."""


def metadata_stamps(json_ld: tuple[dict[str, object], ...], meta: dict[str, str]) -> list[tuple[str, str]]:
    """What a page's metadata say of the time of publication, each with the rule that found it."""
    texts = [
        ("json-ld", str(item["datePublished"])[:_STAMP]) for item in json_ld if item.get("datePublished")
    ]
    return texts + [(f"meta {name}", meta[name][:_STAMP]) for name in METADATA if name in meta]


def metadata_times(
    json_ld: tuple[dict[str, object], ...], meta: dict[str, str], *, now: datetime, zone: tzinfo
) -> list[tuple[str, ReadTime]]:
    """The times of publication in a page's metadata with the rule that found each, the surest first."""
    stamps = metadata_stamps(json_ld, meta)
    found = ((rule, read_time(text, now=now, zone=zone)) for rule, text in stamps)
    return [(rule, time) for rule, time in found if time]
