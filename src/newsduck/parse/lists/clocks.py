"""Rolling lists that print a clock without a day (pure).

`10:22` beside a headline may be a time of today or the length of a clip. A column of clocks that only runs
down, as the newest story stands first, is a rolling list; lengths go up and down.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from newsduck.parse.document import Document
from newsduck.parse.lists.beside import CLOCK, ListedTime

MIN_CLOCKS = 5
"""Fewer run down by chance; five lengths do so once in a hundred and twenty."""
DAY = 24 * 60


def with_clocks(
    times: Sequence[ListedTime | None],
    clocks: Sequence[str | None],
    roles: Sequence[str],
    document: Document,
) -> list[ListedTime | None]:
    """The times, and for the entries of rolling lists those that their clocks tell."""
    found = list(times)
    columns: dict[str, list[int]] = {}
    for place, (time, clock) in enumerate(zip(times, clocks, strict=True)):
        if time is None and clock is not None:
            columns.setdefault(roles[place], []).append(place)
    for places in columns.values():
        told = [clocks[place] or "" for place in places]
        for place, time in zip(places, _rolling(told, document), strict=True):
            found[place] = time
    return found


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
    return int(found["hour"]) * 60 + int(found["minute"]) if found else 0


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
