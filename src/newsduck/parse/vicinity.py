"""The lines around a story in which its time and its credits stand: above the body, in it, and below it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from newsduck.parse.document import Document, Outline
from newsduck.parse.tree import Block

Place = Literal["above", "within", "below"]

_BEFORE_HEADING: Final = 4
_AFTER_HEADING: Final = 30
_BEFORE_BODY: Final = 30
_BELOW: Final = 24
_UNHEADED: Final = 12
_BARE: Final = re.compile(r"[\d年月日:：/.\-\s]{1,12}$")
_SOURCE: Final = re.compile(r"[（(\[]?(?:来源|來源|稿源|来自)\s*[:：|｜丨/]")
_HEADLINE: Final = 8
_LONGEST: Final = 300
_OPENING: Final = 40
"""A line of credits is shorter; of longer ones only dropped or outer lines of the body are looked at."""


class Line:
    """A text block near the story; a plain class because there are a hundred of them on a page."""

    def __init__(self, block: Block, text: str, place: Place, distance: int) -> None:
        self.block = block
        self.text = text
        """White space collapsed, with a tab where one element's text meets another's."""
        self.place: Place = place
        self.distance = distance
        """Blocks between it and the heading (above; negative before it) or the body's end (below)."""

    def read_as(self, text: str) -> "Line":
        """The line with another text."""
        return Line(self.block, text, self.place, self.distance)


def spaced(block: Block) -> str:
    """The block's text with a tab wherever the innermost element changes."""
    if len(block.runs) == 1:
        return block.text
    parts: list[str] = []
    before = block.runs[0][1]
    for text, owner in block.runs:
        if owner is not before:
            parts.append("\t")
            before = owner
        parts.append(text)
    text = "".join(parts)
    return _collapsed(text) if "\t" in text else block.text


def _collapsed(text: str) -> str:
    pieces = [" ".join(piece.split()) for piece in text.split("\t")]
    return "\t".join([piece for piece in pieces if piece])


def lines_above(document: Document, outline: Outline) -> list[Line]:
    """From a little before the heading to the body's first line; the heading itself is not among them."""
    blocks, heading, first = document.blocks, outline.heading, outline.first
    if heading is None and first is None:
        return []
    anchor = heading if heading is not None else first or 0
    stop = _prose(document, outline) if first is not None and first > anchor else anchor + _AFTER_HEADING
    if heading is None:
        return _put_together(
            [
                _line(blocks[at], "above", at - anchor + _UNHEADED + 1)
                for at in range(max(0, anchor - _UNHEADED), anchor)
            ]
        )
    near = range(max(0, anchor - _BEFORE_HEADING), min(stop, anchor + _AFTER_HEADING, len(blocks)))
    late = range(max(near.stop, stop - _BEFORE_BODY), min(stop, len(blocks)))
    lines = [
        _line(blocks[at], "above", at - anchor)
        for at in (*near, *late)
        if at != heading and len(blocks[at].text) <= _LONGEST
    ]
    return [*_put_together(lines), *_opening(blocks, outline, anchor)]


def _opening(blocks: Sequence[Block], outline: Outline, anchor: int) -> Iterator[Line]:
    """What stands in an element of its own before the story's first sentence, if it begins with a digit."""
    if outline.first is None:
        return
    block = blocks[outline.first]
    text, owner = block.runs[0]
    if owner is not block.node and text.lstrip()[:1].isdigit() and len(text) <= _OPENING < len(block.text):
        yield Line(block, _collapsed(text), "above", outline.first - anchor)


def _prose(document: Document, outline: Outline) -> int:
    """Index of the first line of the body that is prose: a short one before it may be a line of credits."""
    for at in outline.body_blocks[:5]:
        text = document.blocks[at].text
        if len(text) > 90 or text[-1] in "。！？；：”…":  # noqa: PLR2004
            return at
    return outline.first or 0


def _put_together(lines: list[Line]) -> list[Line]:
    """The lines, with dates whole again whose year, day and clock stood each in a box of its own."""
    whole: list[Line] = []
    at = 0
    while at < len(lines):
        stop = at + 1
        if _BARE.match(lines[at].text):
            while stop < min(at + 3, len(lines)) and _BARE.match(lines[stop].text):
                stop += 1
        if stop > at + 1:
            text = " ".join(line.text.replace("\t", "") for line in lines[at:stop])
            whole.append(lines[at].read_as(text))
        else:
            whole.append(lines[at])
        at = stop
    return whole


def lines_below(document: Document, outline: Outline) -> list[Line]:
    """The lines after the body, as far as credits may stand."""
    if outline.last is None:
        return []
    at, blocks = outline.last, document.blocks
    return [
        _line(block, "below", block.index - at)
        for block in blocks[at + 1 : at + 1 + _BELOW]
        if len(block.text) <= _LONGEST and not _credits_entry(blocks, blocks[at], block)
    ]


def _credits_entry(blocks: Sequence[Block], last: Block, block: Block) -> bool:
    """Whether a line gives another story's source: outside the text's element, behind a linked headline."""
    text = block.text
    label = _SOURCE.search(text) if "源" in text or "来自" in text else None
    home = last.node.parent or last.node
    if label is None or block.index < home.end_block:
        return False
    entry = block if label.start() else blocks[block.index - 1]
    return entry.link_chars >= _HEADLINE and 2 * entry.link_chars > len(entry.text)


def lines_within(document: Document, outline: Outline) -> Iterator[Line]:
    """Lines inside the body's container that are not body: captions, bylines, editor lines."""
    first, last = outline.first, outline.last
    if first is None or last is None:
        return
    blocks = document.blocks
    for at in outline.dropped_blocks:
        if first < at < last and len(blocks[at].text) <= _LONGEST:
            yield _line(blocks[at], "within", last - at)


def _line(block: Block, place: Place, distance: int) -> Line:
    return Line(block, spaced(block), place, distance)
