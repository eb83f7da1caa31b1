"""Where the story stands: the stretch of the page with the best balance of prose against links.

Every block is worth its prose or costs its links. Prefix sums give each element's balance at once; within
each element, the best run of neighbouring children is found as a maximum subarray, and the best of all is
the story's region. (Text against links: Kohlschütter et al., Boilerplate Detection using Shallow Text
Features, 2010; best subsequence: Pasternack & Roth, Extracting Article Text from the Web with Maximum
Subsequence Segmentation, 2009; here on the tree instead of the token stream, so that it ends at boundaries
of elements.)
"""

from dataclasses import dataclass
from itertools import accumulate, compress, pairwise
from typing import Final

from newsduck.parse.document import Document
from newsduck.parse.naming import REGION_TAGS, is_noise_region, is_story_name
from newsduck.parse.noise import is_beside_text
from newsduck.parse.tree import Block, Node

_PUNCTUATION: Final = "，。、：；！？”,.!?;"
"""The most frequent first."""
_LINK_COST: Final = 1.2
_LEAST_LINK: Final = 8
_SHORT: Final = 12
_LONG: Final = 40
_ENOUGH_MARKS: Final = 10
_NOISE_COST: Final = 0.3
SHORT_WORTH: Final = 3.0
"""What a line without a sentence is worth: headings between paragraphs, cells, buttons."""
_ITEM_BLOCKS: Final = 6
_ITEM_TAGS: Final = frozenset(("li", "dl", "dd"))
_OUTERMOST: Final = frozenset(("body", "html", "a"))


@dataclass(frozen=True)
class Weights:
    """What each block is worth as story, as sums up to each block; and which lie in regions of noise."""

    sums: list[float]
    prose: list[float]
    """The worth of each block, losses as 0."""
    noisy: bytearray
    holders: list[Node]
    """The elements around lines that are no mere links, in document order: no other one can hold a story."""


@dataclass(frozen=True)
class Region:
    """A run of neighbouring children of an element: blocks `first … end - 1`."""

    node: Node
    first: int
    end: int
    worth: float


def weigh(document: Document, *, hidden: bool) -> Weights:
    """The weights of all blocks; blocks that the page hides count only if `hidden`."""
    blocks = document.blocks
    worth = [_worth(block) for block in blocks]
    lines = [block for block in blocks if may_be_line(block)]
    holders = _holders(document.nodes, lines)
    if not hidden:
        for block in lines:
            if block.hidden:
                worth[block.index] = min(worth[block.index], 0.0)
    _discount_items(blocks, holders, worth)
    noisy = _noisy_blocks(holders, worth)
    for block in lines:
        value = worth[block.index]
        if noisy[block.index] or (value > 0 and is_beside_text(block.text)):
            worth[block.index] = min(value, -_NOISE_COST * abs(value))
    return Weights([0.0, *accumulate(worth)], _gains(worth), noisy, holders)


def may_be_line(block: Block) -> bool:
    """Whether a block is more than links, so that it may be a line of a story."""
    return block.link_chars * 10 <= len(block.text) * 6


def _gains(worth: list[float]) -> list[float]:
    """The worths, losses as 0."""
    return [value if value > 0 else 0.0 for value in worth]


def _holders(nodes: list[Node], lines: list[Block]) -> list[Node]:
    """The elements in which some of these lines begin, in document order."""
    is_holder = [False] * len(nodes)
    for block in lines:
        node: Node | None = block.runs[0][1]
        while node is not None and not is_holder[node.index]:
            is_holder[node.index] = True
            node = node.parent
    return [node for node in compress(nodes, is_holder) if node.end_block > node.first_block]


def _worth(block: Block) -> float:
    """What a block says for its being story (above 0) or against."""
    size, linked = len(block.text), block.link_chars
    if linked * 2 > size:
        return -_LINK_COST * max(min(linked, size), _LEAST_LINK)
    plain = size - linked
    if plain < _SHORT:
        return SHORT_WORTH
    marks = _marks(block.text)
    if marks == 0:
        return SHORT_WORTH if plain < _LONG else plain * 0.4
    return plain - linked * 0.5 + marks * 3


def _marks(text: str) -> int:
    """How many marks of sentences a line has, if they are not enough anyway."""
    found = 0
    for mark in _PUNCTUATION:
        found += text.count(mark)
        if found >= _ENOUGH_MARKS:
            return _ENOUGH_MARKS
    return found


def _discount_items(blocks: list[Block], holders: list[Node], worth: list[float]) -> None:
    """Take the worth of summaries in lists of teasers: an item that has a linked line is no paragraph."""
    for node in holders:
        if node.tag in _ITEM_TAGS and 1 < node.end_block - node.first_block <= _ITEM_BLOCKS:
            inside = blocks[node.first_block : node.end_block]
            if any(block.link_chars * 2 > len(block.text) for block in inside):
                for block in inside:
                    worth[block.index] = min(worth[block.index], 0.0)


def _noisy_blocks(holders: list[Node], worth: list[float]) -> bytearray:
    """Which lines lie in a region that its names or tag call navigation, comments, footer."""
    noisy = bytearray(len(worth))
    prose = [0.0, *accumulate(_gains(worth))]
    done = 0
    for node in holders:
        end = node.end_block
        if end <= done or node.tag in _OUTERMOST:
            continue
        first, attrs = node.first_block, node.attrs
        names = node.names if "class" in attrs or "id" in attrs else ""
        if node.tag in REGION_TAGS or (names and is_noise_region(names)):
            share = (prose[end] - prose[first]) / (prose[-1] or 1.0)
            if share < (0.2 if is_story_name(names) else 0.5):
                noisy[first:end] = b"\1" * (end - first)
                done = end
    return noisy


class _Run:
    """The best run of children of one element, while they come by (Kadane's algorithm)."""

    __slots__ = ("best", "end", "first", "next", "node", "start", "sum")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.next = self.start = self.first = self.end = node.first_block
        self.sum = 0.0
        self.best = float("-inf")

    def add(self, worth: float, first: int, end: int) -> None:
        if self.sum < 0:
            self.sum, self.start = 0.0, first
        self.sum += worth
        if self.sum >= self.best:
            self.best, self.first, self.end = self.sum, self.start, end
        self.next = end

    def add_own(self, sums: list[float], told: list[int], upto: int) -> None:
        """What stands up to a block and in no child that was added: lines of its own, children of losses."""
        if told[self.next] == told[upto]:
            self.sum += sums[upto] - sums[self.next]
            self.next = upto
        for index in range(self.next, upto):
            self.add(sums[index + 1] - sums[index], index, index + 1)


def best_region(document: Document, weights: Weights) -> Region:
    """The region of the best worth; of equals the innermost."""
    sums = weights.sums
    told = [0, *accumulate(below >= above for above, below in pairwise(sums))]
    runs: dict[Node, _Run] = {}
    most, best = float("-inf"), document.nodes[0]
    for node in weights.holders:
        first, end = node.first_block, node.end_block
        if told[first] == told[end]:
            continue
        worth = sums[end] - sums[first]
        parent = runs.get(node.parent) if node.parent is not None else None
        if parent is not None:
            if parent.next < first:
                parent.add_own(sums, told, first)
            parent.add(worth, first, end)
        if end - first > 1:
            runs[node] = _Run(node)
        elif worth >= most:
            most, best = worth, node
    region = Region(best, best.first_block, best.end_block, most)
    for run in runs.values():
        run.add_own(sums, told, run.node.end_block)
        if (run.best, run.node.depth) > (region.worth, region.node.depth):
            region = Region(run.node, run.first, run.end, run.best)
    return region
