"""Rolling lists that print a clock without a day (pure).

`10:22` beside a headline may be a time of today or the length of a clip. A column of clocks that only runs
down, as the newest story stands first, is a rolling list; lengths go up and down.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from newsduck.parse.document import Document
from newsduck.parse.lists.beside import CLOCK, ListedTime
from newsduck.parse.lists.signs import has_sign_of_time
from newsduck.parse.times import read_time
from newsduck.parse.tree import Node

MIN_CLOCKS: Final = 5
"""Fewer run down by chance; five lengths do so once in a hundred and twenty."""
MIN_DAYS: Final = 2
"""One day above a list is that of the page."""
DAY: Final = 24 * 60
NOON: Final = 12
_AFTER_NOON: Final = ("下午", "晚上")
MAX_DAY_CHARS: Final = 24
DAY_SHARE: Final = 0.7
"""A line with nothing but a day is short, and most of it is the day."""


class Row:
    """Where an entry stands: in which role, in which line."""

    def __init__(self, role: str, block: int) -> None:
        self.role = role
        self.block = block


def with_clocks(
    times: Sequence[ListedTime | None],
    clocks: Sequence[str | None],
    rows: Sequence[Row],
    document: Document,
) -> list[ListedTime | None]:
    """The times, and those that the clocks of rolling lists and of lists under days tell."""
    found = list(times)
    columns: dict[str, list[int]] = {}
    for place, (time, clock) in enumerate(zip(times, clocks, strict=True)):
        if time is None and clock is not None:
            columns.setdefault(rows[place].role, []).append(place)
    for places in columns.values():
        told = [clocks[place] or "" for place in places]
        days = _days_above([rows[place].block for place in places], document)
        moments = _under_days(told, days, document) or _rolling(told, document)
        for place, time in zip(places, moments, strict=True):
            found[place] = time
    return found


def _days_above(blocks: Sequence[int], document: Document) -> list[date | None]:
    """For each line the day that the nearest line above with nothing but a day names."""
    found: list[date | None] = []
    day: date | None = None
    at = 0
    for block in blocks:
        for line in document.blocks[at:block]:
            time = _bare_day(line.text, document)
            day = time.at.date() if time is not None else day
        at = max(at, block)
        found.append(day)
    return found


def _bare_day(text: str, document: Document) -> ListedTime | None:
    if len(text) > MAX_DAY_CHARS or not has_sign_of_time(text):
        return None
    time = read_time(text, now=document.fetched_at, zone=document.zone)
    if time is None or time.precision != "day" or len(time.raw) < DAY_SHARE * len(text):
        return None
    return ListedTime(time.at, time.raw)


def _under_days(
    clocks: Sequence[str], days: Sequence[date | None], document: Document
) -> list[ListedTime] | None:
    """The times of entries that stand under two days or more; None where they do not."""
    if len(set(days)) < 2:  # noqa: PLR2004
        return None
    found = []
    for clock, day in zip(clocks, days, strict=True):
        if day is None:
            return None
        midnight = datetime.combine(day, datetime.min.time(), document.zone)
        found.append(ListedTime(midnight + timedelta(minutes=_minutes(clock)), clock.strip()))
    return found if all(time.at <= document.fetched_at for time in found) else None


def _rolling(clocks: Sequence[str], document: Document) -> Sequence[ListedTime | None]:
    now = document.fetched_at.astimezone(document.zone)
    at = [_minutes(clock) for clock in clocks]
    days_back = _days_back(at, now)
    if days_back is None:
        return [None] * len(clocks)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        ListedTime(midnight + timedelta(minutes=minute, days=-back), clock.strip())
        for clock, minute, back in zip(clocks, at, days_back, strict=True)
    ]


def _minutes(clock: str) -> int:
    found = CLOCK.fullmatch(clock)
    if found is None:
        return 0
    hour = int(found["hour"])
    is_after_noon = found["half"] in _AFTER_NOON and hour < NOON
    return (hour + NOON * is_after_noon) * 60 + int(found["minute"])


def _days_back(minutes: Sequence[int], now: datetime) -> list[int] | None:
    """For each clock how many days ago it was; None where the column does not run down.

    A jump of half a day upwards is midnight.
    """
    if len(minutes) < MIN_CLOCKS or len(set(minutes)) == 1:
        return None
    back = int(minutes[0] > now.hour * 60 + now.minute)
    found = [back]
    for before, after in pairwise(minutes):
        if after > before and after - before < DAY // 2:
            return None
        back += after > before
        found.append(back)
    return found


def with_days(
    times: Sequence[ListedTime | None], rows: Sequence[Row], document: Document, signed: frozenset[int]
) -> list[ListedTime | None]:
    """The times, and those of entries without one that stand below days, each the heading of a few."""
    found = list(times)
    if None not in found:
        return found
    for box, heads in _day_heads(document, signed).items():
        inside = [at for at, row in enumerate(rows) if heads[0][0] < row.block < box.end_block]
        if len(heads) < MIN_DAYS or not inside or any(found[at] is not None for at in inside):
            continue
        for at in inside:
            found[at] = next(day for line, day in reversed(heads) if line < rows[at].block)
    return found


def _day_heads(document: Document, signed: frozenset[int]) -> dict[Node, list[tuple[int, ListedTime]]]:
    """The lines with nothing but a day, by the element that they share or whose parts they open."""
    found: dict[Node, list[tuple[int, ListedTime]]] = {}
    blocks = document.blocks
    for line in [blocks[at] for at in sorted(signed)]:
        time = _bare_day(line.text, document) if not (line.link_chars or line.hidden) else None
        if time is not None:
            box = line.node.parent or line.node
            found.setdefault(box, []).append((line.index, time))
            if box.parent is not None and box.first_block == line.index:
                found.setdefault(box.parent, []).append((line.index, time))
    return found
