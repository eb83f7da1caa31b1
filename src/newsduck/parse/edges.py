"""What stands around a story's paragraphs in elements of its own: short lines that tell nothing (pure)."""

import re
from collections import Counter
from dataclasses import replace
from typing import Final

from newsduck.parse.credits.bylines import is_signature
from newsduck.parse.document import Document
from newsduck.parse.openings import is_signed_day
from newsduck.parse.regions import Region
from newsduck.parse.tree import Block

_PARAGRAPH: Final = 25
_SHORT: Final = 40
_LEAST: Final = 3
_MOST_OF: Final = 0.6
_OPENING: Final = 3
_CLOSING: Final = 2
"""So many lines at either end may be signatures."""
_SIGNATURE: Final = 8
"""Lines from the text to the day of the signature."""
_FIGURE: Final = re.compile(r"[-+−]?\d[\d,.]*")
_FIGURE_MOST: Final = 16
_CELLS: Final = frozenset(["td", "th"])


def trimmed(lines: list[Block]) -> list[Block]:
    """A story's lines, without short ones at its ends that stand elsewhere than its paragraphs do.

    Counters, names and calls to read on have boxes of their own around the paragraphs; a line that ends as a
    sentence does is kept wherever it stands, and so is a table among them.
    """
    homes = Counter(home(line) for line in lines if len(line.text) >= _PARAGRAPH)
    if not homes:
        return lines
    main, count = homes.most_common(1)[0]
    if count < max(_LEAST, _MOST_OF * homes.total()):
        return lines
    apart = [home(line) != main and _is_fragment(line.text) and not _is_cell(line, main) for line in lines]
    first = next(at for at, is_apart in enumerate(apart) if not is_apart)
    last = next(at for at in range(len(lines), 0, -1) if not apart[at - 1])
    return lines[first:last]


def with_signature(document: Document, region: Region) -> Region:
    """The region up to the day below a document's signature, which may stand below its attachments."""
    end = min(region.node.end_block, region.end + _SIGNATURE)
    for block in document.blocks[region.end : end]:
        if is_signed_day(block.text):
            return replace(region, end=block.index + 1)
        if len(block.text) > _SHORT and not block.link_chars:
            return region
    return region


def without_signatures(lines: list[Block]) -> list[Block]:
    """A story's lines, without those at its ends that name who wrote it."""
    last = len(lines) - _CLOSING
    return [
        line
        for at, line in enumerate(lines)
        if not ((at < _OPENING or at >= last) and is_signature(line.text))
    ]


def home(block: Block) -> int:
    """The element in which a paragraph is one of several: that around an element of one line."""
    node = block.node
    if node.parent is not None and node.end_block - node.first_block == 1:
        return node.parent.index
    return node.index


def _is_cell(block: Block, main: int) -> bool:
    """Whether a line stands in a table that is one of the element's own children, as paragraphs are."""
    table = block.node.within("table") if block.node.tag in _CELLS else None
    return table is not None and table.parent is not None and table.parent.index == main


def is_figure(block: Block) -> bool:
    """Whether a line is a number in a row of a table, and no button or page."""
    text = block.text
    if len(text) > _FIGURE_MOST or not text[-1:].isdigit() or block.link_chars:
        return False
    cell = block.node if block.node.tag in _CELLS else block.node.parent
    row = cell.parent if cell is not None and cell.tag in _CELLS else None
    return row is not None and row.end_block - row.first_block > 1 and _FIGURE.fullmatch(text) is not None


def _is_fragment(text: str) -> bool:
    return len(text) <= _SHORT and text[-1] not in "。！？；：…”」.!?:;"
