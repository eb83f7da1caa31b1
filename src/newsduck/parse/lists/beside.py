"""The time beside each entry of a list (pure)."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsduck.parse.document import Document
from newsduck.parse.lists.gather import Candidate
from newsduck.parse.lists.runs import Runs
from newsduck.parse.lists.signs import MAX_PIECE, has_sign_of_time
from newsduck.parse.times import read_time
from newsduck.parse.tree import Node

CLOCK = re.compile(r"\W*(?P<hour>[01]?\d|2[0-3])\s*[:：]\s*(?P<minute>[0-5]\d)(?:[:：][0-5]\d)?\W*")
TIME_SHARE = 0.3
"""A day takes up this much of the text that it stands in; in a summary it takes less."""
MAX_LEVELS = 6
MAX_ITEM_RUNS = 14
"""More text than this around a link is no entry any more."""
MAX_LINK_CHARS = 36
"""A longer link beside an entry is something else to read."""
_LIST_TAGS = frozenset({"ul", "ol", "table", "tbody", "body", "html", "section", "main"})


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
        self._order = [i for i, line in enumerate(runs.blocks) if line in signed]
        self._signed = frozenset(self._order)
        self._read: dict[str, ListedTime | None] = {}
        """Entries of one day print one day."""
        self._is_before: dict[int, bool] = {}
        """By parent: whether loose times stand before their entries."""

    def times(self) -> list[ListedTime | None]:
        """For each entry the time beside it."""
        return [
            self._time(place) if self._has_sign(entry, 0, len(self.runs.texts)) else None
            for place, entry in enumerate(self.kept)
        ]

    def clocks(self) -> list[str | None]:
        """For each entry the bare clock (`10:22`) beside it."""
        found: list[str | None] = []
        bare = {
            i
            for i, text in enumerate(self.runs.texts)
            if (":" in text or "：" in text) and CLOCK.fullmatch(text)
        }
        if not bare:
            return [None] * len(self.kept)
        for place, entry in enumerate(self.kept):
            clock = None
            if not bare.isdisjoint(range(entry.first - 3, entry.last + 4)):
                low, high = self._neighbours(place)
                pieces = self._pieces(self._within(self._item(entry, low, high), entry, low, high), entry)
                clock = next((piece for piece in pieces if CLOCK.fullmatch(piece)), None)
            found.append(clock)
        return found

    def _time(self, place: int) -> ListedTime | None:
        entry = self.kept[place]
        low, high = self._neighbours(place)
        if not self._has_sign(entry, low + 1, high):
            return None
        item = self._item(entry, low, high)
        time = self._first_time(self._within(item, entry, low, high), entry)
        return time or self._loose_time(place, item, low, high)

    def _has_sign(self, entry: Candidate, start: int, stop: int) -> bool:
        """Whether one of these runs has something of a time, lies near the entry, and is not its text."""
        start, stop = max(start, entry.first - MAX_ITEM_RUNS), min(stop, entry.last + MAX_ITEM_RUNS)
        order = self._order
        near = order[bisect_left(order, start) : bisect_left(order, stop)]
        return any(i not in entry.used for i in near) if near else False

    def _neighbours(self, place: int) -> tuple[int, int]:
        """The runs after which the last other story before this one ends, and the next one begins."""
        kept, url = self.kept, self.kept[place].url
        low, high = -1, len(self.runs.texts)
        for other in reversed(kept[max(0, place - 4) : place]):
            if other.url != url:
                low = other.last
                break
        for other in kept[place + 1 : place + 5]:
            if other.url != url:
                high = other.first
                break
        return low, high

    def _item(self, entry: Candidate, low: int, high: int) -> Node:
        """The largest element around an entry that holds no other one."""
        owners = self.runs.owners
        start = owners[low].index if low >= 0 else -1
        stop = owners[high].index if high < len(owners) else len(self.document.nodes)
        item = entry.node
        for _ in range(MAX_LEVELS):
            parent = item.parent
            if parent is None or parent.tag in _LIST_TAGS or parent.index <= start or parent.end > stop:
                break
            if parent.end_block - parent.first_block > MAX_ITEM_RUNS:
                break
            item = parent
        return item

    def _within(self, item: Node, entry: Candidate, low: int, high: int) -> list[int]:
        """The indexes of an item's runs, those after the headline first."""
        owners = self.runs.owners
        near = range(max(low + 1, entry.first - MAX_ITEM_RUNS), min(high, entry.last + MAX_ITEM_RUNS))
        inside = [i for i in near if item.index <= owners[i].index < item.end and i not in entry.used]
        text_begins = min(entry.used)
        return [i for i in inside if i > text_begins] + [i for i in inside if i < text_begins]

    def _loose_time(self, place: int, item: Node, low: int, high: int) -> ListedTime | None:
        """The time of an entry that has no element of its own: what follows it, or what leads up to it."""
        entry, runs = self.kept[place], self.runs
        parent = _loose_in(entry, item)
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
        return self._first_time(before if self._is_before[parent.index] else after, entry)

    def _begins_timeless(self, parent: Node, place: int) -> bool:
        """Whether an entry before this one lies loose in the same element, with nothing of a time near it."""
        for earlier in range(place - 1, -1, -1):
            other = self.kept[earlier]
            if other.node.index < parent.index:
                break
            low, high = self._neighbours(earlier)
            is_timeless = not self._has_sign(other, low + 1, high)
            if is_timeless and _loose_in(other, self._item(other, low, high)) is parent:
                return True
        return False

    def _first_time(self, indexes: Sequence[int], entry: Candidate) -> ListedTime | None:
        if self._signed.isdisjoint(indexes):
            return None
        for piece in self._pieces(indexes, entry):
            if len(piece) <= MAX_PIECE and has_sign_of_time(piece):
                if piece not in self._read:
                    self._read[piece] = self._time_in(piece)
                if (time := self._read[piece]) is not None:
                    return time
        return None

    def _time_in(self, piece: str) -> ListedTime | None:
        time = read_time(piece, now=self.document.fetched_at, zone=self.document.zone)
        if time is None or (time.precision == "day" and len(time.raw) < TIME_SHARE * len(piece)):
            return None
        return ListedTime(time.at, time.raw)

    def _pieces(self, indexes: Sequence[int], entry: Candidate) -> Iterator[str]:
        """Neighbouring runs of one line as one text, without those of other links."""
        texts, blocks, links = self.runs.texts, self.runs.blocks, self.runs.links
        text, last = "", -2
        for i in indexes:
            is_others = links[i] is not None and links[i] is not entry.node
            if is_others and len(texts[i].strip()) > MAX_LINK_CHARS:
                continue
            if text and (i != last + 1 or blocks[i] != blocks[last]):
                yield " ".join(text.split())
                text = ""
            text, last = f"{text} {texts[i]}", i
        if text:
            yield " ".join(text.split())


def _loose_in(entry: Candidate, item: Node) -> Node | None:
    """The element in which an entry lies loose, without an element of its own; None where it has one."""
    parent = item.parent
    return parent if parent is not None and (item is entry.node or parent.tag == "dl") else None
