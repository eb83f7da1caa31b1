"""What stands around the entries of a list: its heading, and the time beside each (pure)."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsduck.parse.document import Document, Outline
from newsduck.parse.lists.gather import Candidate
from newsduck.parse.lists.runs import Run
from newsduck.parse.lists.widths import width
from newsduck.parse.lists.wording import is_no_headline
from newsduck.parse.times import read_time
from newsduck.parse.tree import Block, Node

TIME_SIGN = re.compile(
    r"\d\s*[-/.:月]\s*\d|\d\s*(?:秒|分|小|个|個|天|日|周|月|年)\w{0,2}前|[昨今前]天|[刚剛]|\bago\b|yesterday",
    re.IGNORECASE,
)
"""What every time has something of: reading a text that has not is wasted."""
_HEADING_TAGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "legend", "caption", "th"})
_HEADING_NAME = re.compile(r"(?:^|[\s_-])\w{0,8}?(?:title|tit|head|hd|heading|caption|subject)(?:$|[\s_\d-])")
_MARKS = re.compile(r"^[\s■◆●□▍▎|｜>»【\[（(]+|[\s】\]）)>»:：]+$")
MAX_PIECE = 60
"""A longer text beside an entry is a summary, and times in it are the story's."""
TIME_SHARE = 0.3
"""A day takes up this much of the text that it stands in; in a summary it takes less."""
MAX_LEVELS = 6
MAX_ITEM_RUNS = 14
"""More text than this around a link is no entry any more."""
MAX_HEADING_WIDTH = 36
HEADING_LEVELS = 4
MAX_HEADING_GAP = 10
"""Lines between a heading and the first entry that it can head."""
_LIST_TAGS = frozenset({"ul", "ol", "table", "tbody", "body", "html", "section", "main"})


@dataclass(frozen=True, slots=True)
class ListedTime:
    """The time beside an entry."""

    at: datetime
    raw: str


class Surroundings:
    """The kept entries of a page in document order, with the text between them."""

    def __init__(
        self,
        document: Document,
        runs: Sequence[Run],
        kept: Sequence[Candidate],
        outline: Outline | None = None,
    ) -> None:
        self.document = document
        self.outline = outline
        self.runs = runs
        self.kept = kept

    def times(self) -> list[ListedTime | None]:
        """For each entry the time beside it."""
        found: list[ListedTime | None] = []
        before_by_parent: dict[int, bool] = {}
        for place, entry in enumerate(self.kept):
            low, high = self._neighbours(place)
            item = self._item(entry, low, high)
            time = self._first_time(self._within(item, entry, low, high), entry)
            if time is None and item is entry.node:
                time = self._loose_time(entry, low, high, before_by_parent)
            found.append(time)
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
        first, stop = max(low + 1, entry.first - MAX_ITEM_RUNS), min(high, entry.last + MAX_ITEM_RUNS)
        inside = [i for i in range(first, stop) if item.index <= runs[i].owner.index < item.end]
        inside = [i for i in inside if i not in entry.used]
        text_begins = min(entry.used)
        return [i for i in inside if i > text_begins] + [i for i in inside if i < text_begins]

    def _loose_time(
        self, entry: Candidate, low: int, high: int, before_by_parent: dict[int, bool]
    ) -> ListedTime | None:
        """The time of an entry that has no element of its own: what follows it, or what leads up to it."""
        parent = entry.node.parent
        if parent is None:
            return None
        inside = [
            i
            for i in range(max(low + 1, entry.first - 4), min(high, entry.last + 5))
            if parent.index <= self.runs[i].owner.index < parent.end and self.runs[i].link is None
        ]
        after = self._first_time([i for i in inside if i > entry.last], entry)
        before = self._first_time([i for i in inside if i < entry.first], entry)
        leads = before_by_parent.setdefault(parent.index, before is not None)
        return before if leads else after

    def _first_time(self, indexes: Sequence[int], entry: Candidate) -> ListedTime | None:
        for piece in self._pieces(indexes, entry):
            if len(piece) <= MAX_PIECE and TIME_SIGN.search(piece):
                time = read_time(piece, now=self.document.fetched_at, zone=self.document.zone)
                if time is not None and (time.precision != "day" or len(time.raw) >= TIME_SHARE * len(piece)):
                    return ListedTime(time.at, time.raw)
        return None

    def _pieces(self, indexes: Sequence[int], entry: Candidate) -> Iterator[str]:
        """Neighbouring runs of one line as one text, without those of other links."""
        text, last = "", -2
        for i in indexes:
            run = self.runs[i]
            if (
                run.link is not None
                and run.link is not entry.node
                and len(run.text.strip()) > MAX_HEADING_WIDTH
            ):
                continue
            if text and (i != last + 1 or run.block != self.runs[last].block):
                yield " ".join(text.split())
                text = ""
            text, last = f"{text} {run.text}", i
        if text:
            yield " ".join(text.split())

    def sections(self) -> list[str | None]:
        """For each entry the heading of the block that its list stands in.

        A heading heads the smallest element around it that also holds the next entry after it.
        """
        starts = [entry.node.index for entry in self.kept]
        covers = list(self._headings(starts))
        found: list[str | None] = []
        for index in starts:
            covering = (text for first, stop, text in reversed(covers) if first < index < stop)
            found.append(next(covering, None))
        return found

    def _headings(self, starts: list[int]) -> Iterator[tuple[int, int, str]]:
        """(index, end of scope, text) of each heading, in document order."""
        story = {self.outline.heading, *self.outline.body_blocks} if self.outline is not None else set()
        taken = story.union(self.runs[i].block for entry in self.kept for i in entry.used)
        named = _Headings()
        near = {
            self.runs[entry.first].block - back for entry in self.kept for back in range(MAX_HEADING_GAP + 1)
        }
        for index in sorted(index for index in near - taken if index >= 0):
            block = self.document.blocks[index]
            if len(block.text) > MAX_HEADING_WIDTH or not named.heads(block):
                continue
            text = _heading_text(block)
            if not _reads_as_heading(text):
                continue
            node = block.runs[0][1]
            after = bisect_right(starts, node.index)
            if after == len(starts):
                return
            entry = self.document.nodes[starts[after]]
            if entry.first_block - block.index > MAX_HEADING_GAP:
                continue
            scope = next((n for n in node.ancestors() if n.index < entry.index < n.end), None)
            if scope is not None:
                yield node.index, scope.end, text


def _heading_text(block: Block) -> str:
    """The line without the 更多 and the like that stand in it."""
    words = "".join(
        text for text, owner in block.runs if not (owner.within("a") and is_no_headline(text.strip()))
    )
    return _MARKS.sub("", " ".join(words.split()))


def _reads_as_heading(text: str) -> bool:
    if not 3 <= width(text) <= MAX_HEADING_WIDTH or TIME_SIGN.search(text):  # noqa: PLR2004 - "NBA"
        return False
    return any(map(str.isalpha, text)) and not text.startswith("更多")


class _Headings:
    """Which lines stand in elements that look like headings; answers are kept."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def heads(self, block: Block) -> bool:
        """Whether the line is a heading by the elements around it."""
        owner = block.runs[0][1]
        if owner.tag in {"b", "strong"} and len(block.runs) == 1:
            return True
        near: Node | None = owner
        for _ in range(HEADING_LEVELS):
            if near is None:
                return False
            if self._is_heading(near):
                return True
            near = near.parent
        return False

    def _is_heading(self, node: Node) -> bool:
        known = self._known.get(node.index)
        if known is None:
            named = "class" in node.attrs or "id" in node.attrs
            known = node.tag in _HEADING_TAGS or (named and _HEADING_NAME.search(node.names) is not None)
            self._known[node.index] = known
        return known
