"""The time beside each entry of a list (pure)."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from operator import attrgetter
from typing import Final

from newsduck.parse.document import Document
from newsduck.parse.lists.columns import Columns
from newsduck.parse.lists.entries import MAX_ITEM_RUNS, Items, loose_in
from newsduck.parse.lists.gather import Candidate
from newsduck.parse.lists.runs import Runs
from newsduck.parse.lists.signs import MAX_PIECE, has_sign_of_time
from newsduck.parse.times import read_time
from newsduck.parse.tree import Node

CLOCK: Final = re.compile(
    r"\W*(?P<half>[上下]午|凌晨|早上|中午|晚上)?\s*"
    r"(?P<hour>[01]?\d|2[0-3])\s*[:：]\s*(?P<minute>[0-5]\d)(?:[:：][0-5]\d)?\W*"
)
TIME_SHARE: Final = 0.3
"""A day takes up this much of the text that it stands in; in a summary it takes less."""
MAX_LINK_CHARS: Final = 36
"""A longer link beside an entry is something else to read."""
_OTHER_DAY: Final = re.compile("[成生失][文效]|施行|截止|签[署发]|印发")
"""Beside such words stands the day that a notice was signed at or holds from."""
_DOT: Final = re.compile(r"\s[·•|｜]\s")
"""It parts a source from the time."""
_MONTH_DAY: Final = re.compile(r"\W*\d{1,2}[-/.]\d\d\W*")
_SHORT_DAY: Final = re.compile(r"\W*(\d{1,2})[-/.]([1-9])\W*")
_BOXED_DAY: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01])日?")
_BOXED_MONTH: Final = re.compile(r"20[0-3]\d\s?[-/.]\s?(?:0?[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class ListedTime:
    """The time beside an entry."""

    at: datetime
    raw: str


class Beside:
    """The kept entries of a page in document order, with the text between them."""

    def __init__(
        self, document: Document, runs: Runs, kept: Sequence[Candidate], signed: frozenset[int]
    ) -> None:
        """`signed`: the lines that have something of a time."""
        self.document = document
        self.runs = runs
        self.kept = kept
        self._columns = Columns(document.tree)
        self._items = Items(document, runs, kept)
        self._order = [i for i, line in enumerate(runs.blocks) if line in signed]
        self._signatures = frozenset(self._order)
        self._read: dict[str, ListedTime | None] = {}
        """Entries of one day print one day."""
        self._is_before: dict[int, bool] = {}
        """By parent: whether loose times stand before their entries …"""
        self._loose: dict[Node, list[int]] = {}
        """… and which entries have them."""

    def times(self) -> list[ListedTime | None]:
        """For each entry the time beside it."""
        found = [
            self._time(place) if self._has_sign(entry, 0, len(self.runs.texts)) else None
            for place, entry in enumerate(self.kept)
        ]
        for place in self._strays(found):
            found[place] = None
        self._add_short_days(found)
        return found

    def clocks(self) -> list[str | None]:
        """For each entry the bare clock (`10:22`) beside it."""
        found: list[str | None] = []
        texts = self.runs.texts
        bare = {i for i in self._order if CLOCK.fullmatch(texts[i])}
        if not bare:
            return [None] * len(self.kept)
        for place, entry in enumerate(self.kept):
            clock = None
            if not bare.isdisjoint(range(entry.first - 3, entry.last + 4)):
                low, high = self._items.neighbours(place)
                item = self._items.item(entry, low, high)
                near = self._items.within(item, entry, low, high) or self._items.in_line(entry, low, high)
                clock = next((texts[i] for i in near if i in bare), None)
            found.append(" ".join(clock.split()) if clock else None)
        return found

    def _time(self, place: int) -> ListedTime | None:
        entry = self.kept[place]
        low, high = self._items.neighbours(place)
        if not self._has_sign(entry, low + 1, high):
            return None
        item = self._items.item(entry, low, high)
        time = self._first_time(self._items.within(item, entry, low, high), entry)
        return time or self._loose_time(place, item, low, high)

    def _add_short_days(self, found: list[ListedTime | None]) -> None:
        """Read `9-8` beside an entry as a day where its mates have `9-12`: alone it may be a score."""
        told = [time is not None and _MONTH_DAY.fullmatch(time.raw) is not None for time in found]
        roles = {entry.role for entry, is_told in zip(self.kept, told, strict=True) if is_told}
        for place, entry in enumerate(self.kept) if roles else ():
            if found[place] is None and entry.role in roles:
                low, high = self._items.neighbours(place)
                near = self._items.within(self._items.item(entry, low, high), entry, low, high)
                texts = (_SHORT_DAY.fullmatch(self.runs.texts[i]) for i in near)
                short = next((text for text in texts if text is not None), None)
                found[place] = self._time_in(f"{short[1]}-0{short[2]}") if short is not None else None

    def _has_sign(self, entry: Candidate, start: int, stop: int) -> bool:
        """Whether one of these runs has something of a time, lies near the entry, and is not its text."""
        start, stop = max(start, entry.first - MAX_ITEM_RUNS), min(stop, entry.last + MAX_ITEM_RUNS)
        order = self._order
        near = order[bisect_left(order, start) : bisect_left(order, stop)]
        return any(i not in entry.used for i in near) if near else False

    def _loose_time(self, place: int, item: Node, low: int, high: int) -> ListedTime | None:
        """The time of an entry that has no element of its own: what follows it, or what leads up to it."""
        entry, runs = self.kept[place], self.runs
        parent = loose_in(entry, item)
        if parent is None:
            return None
        inside = [
            i
            for i in range(max(low + 1, entry.first - 4), min(high, entry.last + 5))
            if parent.index <= runs.owners[i].index < parent.end and runs.links[i] is None
        ]
        before = [i for i in inside if i < entry.first]
        if parent.index not in self._is_before:
            leads = not self._begins_timeless(parent, place) and self._first_time(before, entry) is not None
            self._is_before[parent.index] = leads
        after = [i for i in inside if i > entry.last]
        time = self._first_time(before if self._is_before[parent.index] else after, entry)
        if time is not None:
            self._loose.setdefault(parent, []).append(place)
        return time

    def _strays(self, times: Sequence[ListedTime | None]) -> Iterator[int]:
        """The entries with a loose time, where most of their mates have none: it is that of the list."""
        for parent, places in self._loose.items():
            roles = {self.kept[place].role for place in places}
            stop = bisect_left(self.kept, parent.end, places[0], key=attrgetter("node.index"))
            mates = [place for place in range(places[0], stop) if self.kept[place].role in roles]
            if 2 * sum(times[place] is not None for place in mates) < len(mates):
                yield from places

    def _begins_timeless(self, parent: Node, place: int) -> bool:
        """Whether an entry before this one lies loose in the same element, with nothing of a time near it."""
        for earlier in range(place - 1, -1, -1):
            other = self.kept[earlier]
            if other.node.index < parent.index:
                break
            low, high = self._items.neighbours(earlier)
            is_timeless = not self._has_sign(other, low + 1, high)
            if is_timeless and loose_in(other, self._items.item(other, low, high)) is parent:
                return True
        return False

    def _first_time(self, indexes: Sequence[int], entry: Candidate) -> ListedTime | None:
        if self._signatures.isdisjoint(indexes):
            return None
        other = None
        pieces = list(self._pieces(indexes, entry))
        for piece, members in pieces:
            time = self._time_in(piece) or self._time_alone(members)
            if time is None:
                continue
            head = self._columns.head(self.runs.owners[members[0]])
            if _OTHER_DAY.search(piece) is None and _OTHER_DAY.search(head) is None:
                return time
            other = other or time
        return other or self._boxed_time([piece for piece, _ in pieces])

    def _time_in(self, piece: str) -> ListedTime | None:
        if len(piece) > MAX_PIECE or not has_sign_of_time(piece):
            return None
        if piece not in self._read:
            time = read_time(piece, now=self.document.fetched_at, zone=self.document.zone)
            is_told = time is not None and (
                time.precision != "day" or len(time.raw) >= TIME_SHARE * len(piece)
            )
            self._read[piece] = ListedTime(time.at, time.raw) if time is not None and is_told else None
            if not is_told and _DOT.search(piece):
                parts = (self._time_in(part) for part in _DOT.split(piece))
                self._read[piece] = next((part for part in parts if part is not None), None)
        return self._read[piece]

    def _time_alone(self, members: Sequence[int]) -> ListedTime | None:
        """The time in one of several runs of a line: beside source and counts a day takes little of it."""
        if len(members) < 2:  # noqa: PLR2004
            return None
        times = (self._time_in(self.runs.texts[i].strip()) for i in members)
        return next((time for time in times if time is not None), None)

    def _boxed_time(self, pieces: Sequence[str]) -> ListedTime | None:
        """The time of a day in large figures on a line of its own, above or below year and month."""
        for one, other in pairwise(pieces):
            for day, month in ((one, other), (other, one)):
                if _BOXED_DAY.fullmatch(day) and _BOXED_MONTH.fullmatch(month):
                    return self._time_in(f"{day.rstrip('日')} {month}")
        return None

    def _pieces(self, indexes: Sequence[int], entry: Candidate) -> Iterator[tuple[str, list[int]]]:
        """Neighbouring runs of one line as one text, without those of other links; and which they are."""
        texts, blocks, links = self.runs.texts, self.runs.blocks, self.runs.links
        members: list[int] = []
        for i in indexes:
            is_others = links[i] is not None and links[i] is not entry.node
            if is_others and len(texts[i].strip()) > MAX_LINK_CHARS:
                continue
            if members and (i != members[-1] + 1 or blocks[i] != blocks[members[-1]]):
                yield " ".join(" ".join([texts[j] for j in members]).split()), members
                members = []
            members.append(i)
        if members:
            yield " ".join(" ".join([texts[j] for j in members]).split()), members
