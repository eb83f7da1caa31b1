"""Where the story stands: the stretch of the page with the best balance of prose against links.

Every block is worth its prose or costs its links. Prefix sums give each element's balance at once; within
each element, the best run of neighbouring children is found as a maximum subarray, and the best of all is
the story's region. (Text against links: Kohlschütter et al., Boilerplate Detection using Shallow Text
Features, 2010; best subsequence: Pasternack & Roth, Extracting Article Text from the Web with Maximum
Subsequence Segmentation, 2009; here on the tree instead of the token stream, so that it ends at boundaries
of elements.)
"""

import re
from dataclasses import dataclass
from itertools import accumulate

from newsduck.parse.document import Document
from newsduck.parse.noise import REGION_TAGS, is_beside_text, is_noise_region, is_story_name
from newsduck.parse.tree import Block, Node

_PUNCTUATION = re.compile(r"[，。！？；：、”,.!?;]")
_LINK_COST = 1.2
_LEAST_LINK = 8
_SHORT, _LONG = 12, 40
_NOISE_COST = 0.3
SHORT_WORTH = 3.0
"""What a line without a sentence is worth: headings between paragraphs, cells, buttons."""
_ITEM_BLOCKS = 6


@dataclass(frozen=True)
class Weights:
    """What each block is worth as story, as sums up to each block; and which lie in regions of noise."""

    sums: list[float]
    prose: list[float]
    """The worth of each block, losses as 0."""
    noisy: bytearray


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
    if not hidden:
        for block in blocks:
            if block.hidden:
                worth[block.index] = min(worth[block.index], 0.0)
    _discount_items(document, worth)
    noisy = _noisy_blocks(document, worth)
    for block in blocks:
        value = worth[block.index]
        if noisy[block.index] or (value > 0 and is_beside_text(block.text)):
            worth[block.index] = min(value, -_NOISE_COST * abs(value))
    return Weights([0.0, *accumulate(worth)], [max(value, 0.0) for value in worth], noisy)


def _worth(block: Block) -> float:
    """What a block says for its being story (above 0) or against."""
    size = len(block.text)
    linked = min(block.link_chars, size)
    if linked * 2 > size:
        return -_LINK_COST * max(linked, _LEAST_LINK)
    plain = size - linked
    marks = len(_PUNCTUATION.findall(block.text))
    if plain < _SHORT or (marks == 0 and plain < _LONG):
        return SHORT_WORTH
    if marks == 0:
        return plain * 0.4
    return plain - linked * 0.5 + min(marks, 10) * 3


def _discount_items(document: Document, worth: list[float]) -> None:
    """Take the worth of summaries in lists of teasers: an item that has a linked line is no paragraph."""
    blocks = document.blocks
    for node in document.tree.tagged("li", "dl", "dd"):
        if 1 < node.end_block - node.first_block <= _ITEM_BLOCKS:
            inside = blocks[node.first_block : node.end_block]
            if any(block.link_chars * 2 > len(block.text) for block in inside):
                for block in inside:
                    worth[block.index] = min(worth[block.index], 0.0)


def _noisy_blocks(document: Document, worth: list[float]) -> bytearray:
    """Which blocks lie in a region that its names or tag call navigation, comments, footer."""
    noisy = bytearray(len(worth))
    prose = [0.0, *accumulate(max(value, 0.0) for value in worth)]
    done = 0
    for node in document.filled:
        end = node.end_block
        if end <= done or node.tag in ("body", "html", "a"):
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

    def add_own(self, sums: list[float], upto: int) -> None:
        """The element's own lines, which stand in no child."""
        for index in range(self.next, upto):
            self.add(sums[index + 1] - sums[index], index, index + 1)


def best_region(document: Document, weights: Weights) -> Region:
    """The region of the best worth; of equals the innermost."""
    sums = weights.sums
    runs: dict[int, _Run] = {}
    best = Region(document.nodes[0], 0, 0, float("-inf"))
    for node in document.filled:
        first, end = node.first_block, node.end_block
        worth = sums[end] - sums[first]
        parent = runs.get(node.parent.index) if node.parent is not None else None
        if parent is not None:
            if parent.next < first:
                parent.add_own(sums, first)
            parent.add(worth, first, end)
        if end - first > 1:
            runs[node.index] = _Run(node)
        elif worth >= best.worth:
            best = Region(node, first, end, worth)
    for run in runs.values():
        run.add_own(sums, run.node.end_block)
        if (run.best, run.node.depth) > (best.worth, best.node.depth):
            best = Region(run.node, run.first, run.end, run.best)
    return best
