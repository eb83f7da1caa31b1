"""Pages that are plain text: a story (title, time, paragraphs, credits), then teasers with their times.

Each line becomes a block of a document, so that the readers of times and credits work as on any page. The
list is the tail in which a teaser and a line with nothing but a time take turns (or share a line).
"""

import re
from dataclasses import dataclass
from typing import Final

from newsduck.items import Headline
from newsduck.parse.document import Document, Outline
from newsduck.parse.lists.widths import ends_in_ellipsis, teaser_width, width
from newsduck.parse.noise import is_beside_text
from newsduck.parse.times import ReadTime, read_time

_MARKUP: Final = re.compile(r"\s*(?:<!doctype|<html|<head|<body|<\?xml|<!--)", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?:p|div|a|br|span|td|li|html|body|script|meta)\b", re.IGNORECASE)
_TIME_MOST: Final = 40
_LEAST_ENTRIES: Final = 2
_LEAST_TITLE: Final = 4
_LEAST_BODY: Final = 30


@dataclass(frozen=True)
class _Entry:
    text: str
    time: ReadTime


def is_text_page(text: str, content_type: str | None) -> bool:
    """Whether a page is plain text: it says so, or says nothing, and it has no markup."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind not in ("", "text/plain", "application/octet-stream") or _MARKUP.match(text):
        return False
    return kind == "text/plain" or not _TAG.search(text[:20_000])


def read_text_page(document: Document) -> tuple[Outline | None, tuple[Headline, ...]]:
    """The story's outline, and the headlines of the list behind it."""
    lines = [block.text for block in document.blocks]
    times = [_only_time(document, line) for line in lines]
    start, entries = _tail(document, lines, times)
    return _story(lines[:start], times), _headlines(entries, whole=frozenset(lines[:start]))


def _only_time(document: Document, line: str) -> ReadTime | None:
    """The time that a line consists of."""
    if len(line) > _TIME_MOST:
        return None
    time = read_time(line, now=document.fetched_at, zone=document.zone)
    rest = line.replace(time.raw, "", 1).strip(" :：[]()（）【】") if time else line
    return time if not rest else None


def _tail(document: Document, lines: list[str], times: list[ReadTime | None]) -> tuple[int, list[_Entry]]:
    """Where the list begins, and its entries."""
    entries: list[_Entry] = []
    at = len(lines)
    while at > 0:
        time = times[at - 1]
        if time is not None and at > 1 and times[at - 2] is None:
            entries.append(_Entry(lines[at - 2], time))
            at -= 2
            continue
        behind = _time_behind(document, lines[at - 1]) if time is None else None
        if behind is None:
            break
        entries.append(behind)
        at -= 1
    return (at, entries[::-1]) if len(entries) >= _LEAST_ENTRIES else (len(lines), [])


def _time_behind(document: Document, line: str) -> _Entry | None:
    """A teaser with its time on the same line, apart by white space."""
    teaser, _, stamp = line.rpartition(" ")
    for _ in range(2):
        time = _only_time(document, stamp)
        if teaser and time is not None and ":" in time.raw.replace("：", ":"):
            return _Entry(teaser.strip(), time)
        teaser, _, more = teaser.rpartition(" ")
        stamp = f"{more} {stamp}"
    return None


def _story(lines: list[str], times: list[ReadTime | None]) -> Outline | None:
    heading = next((at for at, line in enumerate(lines) if len(line) >= _LEAST_TITLE and not times[at]), None)
    if heading is None:
        return None
    body = [
        at
        for at in range(heading + 1, len(lines))
        if times[at] is None and not is_beside_text(lines[at]) and lines[at] != lines[heading]
    ]
    if sum(len(lines[at]) for at in body) < _LEAST_BODY:
        return None
    kept = frozenset(body)
    return Outline(
        title=lines[heading],
        heading=heading,
        body="\n".join(lines[at] for at in body),
        body_blocks=tuple(body),
        dropped_blocks=tuple(at for at in range(heading + 1, len(lines)) if at not in kept),
    )


def _headlines(entries: list[_Entry], *, whole: frozenset[str]) -> tuple[Headline, ...]:
    """The entries of the list; one that stands above it as a line of its own is whole."""
    cut = teaser_width([width(entry.text) for entry in entries]) or float("inf")
    return tuple(
        Headline(
            text=entry.text,
            published_at=entry.time.at,
            published_raw=entry.time.raw,
            rank=rank,
            is_truncated=ends_in_ellipsis(entry.text)
            or (width(entry.text) + 1 >= cut and entry.text not in whole),
        )
        for rank, entry in enumerate(entries, 1)
    )
