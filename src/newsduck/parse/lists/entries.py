"""Which element around a headline is its entry: what stands in it belongs to the headline (pure)."""

from collections.abc import Sequence
from typing import Final

from newsduck.parse.document import Document
from newsduck.parse.lists.gather import Candidate
from newsduck.parse.lists.runs import Runs
from newsduck.parse.tree import Node

MAX_LEVELS: Final = 6
MAX_ITEM_RUNS: Final = 14
"""More text than this around a link is no entry any more."""
_LIST_TAGS: Final = frozenset({"ul", "ol", "body", "html", "main"})
_LOOSE_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "td", "dt", "b", "strong"})
"""Elements that hold a headline alone where its time stands in the next one; an `li` holds both."""


class Items:
    """The elements around the kept entries of a page, which stand in document order."""

    def __init__(self, document: Document, runs: Runs, kept: Sequence[Candidate]) -> None:
        self.document = document
        self.runs = runs
        self.kept = kept

    def neighbours(self, place: int) -> tuple[int, int]:
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

    def item(self, entry: Candidate, low: int, high: int) -> Node:
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

    def within(self, item: Node, entry: Candidate, low: int, high: int) -> list[int]:
        """The indexes of an item's runs, those after the headline first."""
        owners = self.runs.owners
        near = range(max(low + 1, entry.first - MAX_ITEM_RUNS), min(high, entry.last + MAX_ITEM_RUNS))
        inside = [i for i in near if item.index <= owners[i].index < item.end and i not in entry.used]
        text_begins = min(entry.used)
        return [i for i in inside if i > text_begins] + [i for i in inside if i < text_begins]

    def in_line(self, entry: Candidate, low: int, high: int) -> list[int]:
        """The indexes of the runs on an entry's own line, up to its neighbours: `<br>` ends a line."""
        line, blocks = self.runs.blocks[entry.first], self.runs.blocks
        near = range(max(low + 1, entry.first - 2), min(high, entry.last + 3))
        return [i for i in near if blocks[i] == line and i not in entry.used]


def loose_in(entry: Candidate, item: Node) -> Node | None:
    """The element in which an entry lies loose, without one around it and its time; None where it has one."""
    parent = item.parent
    is_loose = item is entry.node or item.tag in _LOOSE_TAGS or (parent is not None and parent.tag == "dl")
    return parent if is_loose else None
