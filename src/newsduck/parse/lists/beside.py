"""The time beside each entry of a list (pure)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsduck.parse.document import Document
from newsduck.parse.lists.gather import Candidate
from newsduck.parse.lists.runs import Run
from newsduck.parse.times import read_time
from newsduck.parse.tree import Node

_TIME_SIGN = re.compile(
    r"\d\s*[-/.:月]\s*\d|\d\s*(?:秒|分|小|个|個|天|日|周|月|年)\w{0,2}前|[昨今前]天|[刚剛]|\bago\b|yesterday"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+\d|\d\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
"""What every time has something of: reading a text that has not is wasted."""
_TIME_CHARS = re.compile(r"[\d昨今前刚剛aAyY]")
"""Every time has one of these; a text without is passed over sooner."""
CLOCK = re.compile(r"\W*(?P<hour>[01]?\d|2[0-3])\s*[:：]\s*(?P<minute>[0-5]\d)(?:[:：][0-5]\d)?\W*")
MAX_PIECE = 60
"""A longer text beside an entry is a summary, and times in it are the story's."""
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


def has_sign_of_time(text: str) -> bool:
    """Whether a text has something of a time, so that it is worth reading."""
    return _TIME_CHARS.search(text) is not None and _TIME_SIGN.search(text) is not None


class Beside:
    """The kept entries of a page in document order, with the text between them."""

    def __init__(self, document: Document, runs: Sequence[Run], kept: Sequence[Candidate]) -> None:
        self.document = document
        self.runs = runs
        self.kept = kept
        self._hinted = {i for i, run in enumerate(runs) if _TIME_CHARS.search(run.text)}
        self._is_before: dict[int, bool] = {}
        """By parent: whether loose times stand before their entries."""

    def times(self) -> list[ListedTime | None]:
        """For each entry the time beside it."""
        found: list[ListedTime | None] = []
        for place, entry in enumerate(self.kept):
            low, high = self._neighbours(place)
            item = self._item(entry, low, high)
            time = None
            if not self._hinted.intersection(_around(entry, low, high)) <= entry.used:
                time = self._first_time(self._within(item, entry, low, high), entry)
                time = time or self._loose_time(entry, item, low, high)
            elif (parent := _loose_in(entry, item)) is not None:
                self._is_before.setdefault(parent.index, False)
            found.append(time)
        return found

    def clocks(self) -> list[str | None]:
        """For each entry the bare clock (`10:22`) beside it."""
        found: list[str | None] = []
        texts = ((i, self.runs[i].text) for i in self._hinted)
        bare = {i for i, text in texts if (":" in text or "：" in text) and CLOCK.fullmatch(text)}
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

    def _neighbours(self, place: int) -> tuple[int, int]:
        """The runs after which the last other story before this one ends, and the next one begins."""
        entry = self.kept[place]
        before = (other for other in reversed(self.kept[max(0, place - 4) : place]) if other.url != entry.url)
        after = (other for other in self.kept[place + 1 : place + 5] if other.url != entry.url)
        last, following = next(before, None), next(after, None)
        return (last.last if last else -1), (following.first if following else len(self.runs))

    def _item(self, entry: Candidate, low: int, high: int) -> Node:
        """The largest element around an entry that holds no other one."""
        start = self.runs[low].owner.index if low >= 0 else -1
        stop = self.runs[high].owner.index if high < len(self.runs) else len(self.document.nodes)
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
        runs = self.runs
        inside = [i for i in _around(entry, low, high) if item.index <= runs[i].owner.index < item.end]
        inside = [i for i in inside if i not in entry.used]
        text_begins = min(entry.used)
        return [i for i in inside if i > text_begins] + [i for i in inside if i < text_begins]

    def _loose_time(self, entry: Candidate, item: Node, low: int, high: int) -> ListedTime | None:
        """The time of an entry that has no element of its own: what follows it, or what leads up to it."""
        parent = _loose_in(entry, item)
        if parent is None:
            return None
        inside = [
            i
            for i in range(max(low + 1, entry.first - 4), min(high, entry.last + 5))
            if parent.index <= self.runs[i].owner.index < parent.end and self.runs[i].link is None
        ]
        before = [i for i in inside if i < entry.first]
        if parent.index not in self._is_before:
            self._is_before[parent.index] = self._first_time(before, entry) is not None
        after = [i for i in inside if i > entry.last]
        return self._first_time(before if self._is_before[parent.index] else after, entry)

    def _first_time(self, indexes: Sequence[int], entry: Candidate) -> ListedTime | None:
        if self._hinted.isdisjoint(indexes):
            return None
        for piece in self._pieces(indexes, entry):
            if len(piece) <= MAX_PIECE and _TIME_SIGN.search(piece):
                time = read_time(piece, now=self.document.fetched_at, zone=self.document.zone)
                if time is not None and (time.precision != "day" or len(time.raw) >= TIME_SHARE * len(piece)):
                    return ListedTime(time.at, time.raw)
        return None

    def _pieces(self, indexes: Sequence[int], entry: Candidate) -> Iterator[str]:
        """Neighbouring runs of one line as one text, without those of other links."""
        text, last = "", -2
        for i in indexes:
            run = self.runs[i]
            if run.link is not None and run.link is not entry.node and len(run.text.strip()) > MAX_LINK_CHARS:
                continue
            if text and (i != last + 1 or run.block != self.runs[last].block):
                yield " ".join(text.split())
                text = ""
            text, last = f"{text} {run.text}", i
        if text:
            yield " ".join(text.split())


def _around(entry: Candidate, low: int, high: int) -> range:
    """The runs between an entry's neighbours that are near enough to be its own."""
    return range(max(low + 1, entry.first - MAX_ITEM_RUNS), min(high, entry.last + MAX_ITEM_RUNS))


def _loose_in(entry: Candidate, item: Node) -> Node | None:
    """The element in which an entry lies loose, without an element of its own; None where it has one."""
    parent = item.parent
    return parent if parent is not None and (item is entry.node or parent.tag == "dl") else None
