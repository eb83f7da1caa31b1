"""Lists whose entries have a time but no link: pages as text, lists that a script makes clickable (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from newsduck.parse.document import Document
from newsduck.parse.lists.beside import ListedTime
from newsduck.parse.lists.signs import has_sign_of_time
from newsduck.parse.lists.widths import width
from newsduck.parse.lists.wording import clean
from newsduck.parse.times import read_time
from newsduck.parse.tree import Block

MIN_ENTRIES: Final = 3
"""Fewer pairs of a line and a time are a story's heading and its time."""
MIN_WIDTH: Final = 8
MAX_WIDTH: Final = 160
MAX_TIME_CHARS: Final = 24
BARE_SHARE: Final = 0.7
_ITEM: Final = 8
_LEVELS: Final = 3
"""A line that a time takes up this much of holds nothing else."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An entry without an address."""

    block: int
    text: str
    time: ListedTime


class _Pair(NamedTuple):
    """The indexes of a line and of the next one."""

    line: int
    below: int


def find_unlinked(document: Document, skipped: frozenset[int], signed: frozenset[int]) -> list[Unlinked]:
    """All entries of lists that are lines and times in turn.

    `skipped` are lines read as something else, `signed` those that have something of a time.
    """
    pairs = list(_pairs(document, skipped, signed))
    entries: dict[_Pair, Unlinked] = {}
    for column in _columns(pairs, skipped):  # first, because to read a time takes longer than all else
        for pair in column:
            entry = _entry(document, pair)
            if entry is not None:
                entries[pair] = entry
    return [entries[pair] for column in _columns(list(entries), skipped) for pair in column]


def _pairs(document: Document, skipped: frozenset[int], signed: frozenset[int]) -> Iterator[_Pair]:
    """Each line that can be an entry, with the one below that can be its time."""
    lines = document.blocks
    for below in sorted(signed - skipped):
        above = _above(below, skipped)
        if above < 0 or not _may_be_time(lines[below].text):
            continue
        line = lines[above]
        if not (line.link_chars or _is_headed(document, line)):
            yield _Pair(above, below)


def _columns(pairs: Sequence[_Pair], skipped: frozenset[int]) -> Iterator[list[_Pair]]:
    """The pairs that stand below each other, nothing between them, where they are enough."""
    column: list[_Pair] = []
    for pair in pairs:
        if column and column[-1].below not in (pair.line, _above(pair.line, skipped)):
            if len(column) >= MIN_ENTRIES:
                yield column
            column = []
        column.append(pair)
    if len(column) >= MIN_ENTRIES:
        yield column


def _entry(document: Document, pair: _Pair) -> Unlinked | None:
    line = document.blocks[pair.line].text
    text = clean(line)
    if not MIN_WIDTH <= width(text) <= MAX_WIDTH or bare_time(document, line):
        return None
    time = bare_time(document, document.blocks[pair.below].text)
    return Unlinked(pair.line, text, time) if time is not None else None


def _above(index: int, skipped: frozenset[int]) -> int:
    """The line before one, `skipped` ones passed over; -1 where there is none."""
    index -= 1
    while index in skipped:
        index -= 1
    return index


def _is_headed(document: Document, line: Block) -> bool:
    """Whether a linked line stands right above in the same small element: this one is its summary."""
    above = document.blocks[line.index - 1] if line.index else None
    if above is None or above.link_chars * 2 <= len(above.text):
        return False
    return any(
        node.first_block < line.index and node.end_block - node.first_block <= _ITEM
        for node in islice(line.node.ancestors(), _LEVELS)
    )


def _may_be_time(text: str) -> bool:
    return len(text) <= MAX_TIME_CHARS and has_sign_of_time(text)


def bare_time(document: Document, text: str) -> ListedTime | None:
    """The time that a line consists of; None where it says anything else."""
    if not _may_be_time(text):
        return None
    time = read_time(text, now=document.fetched_at, zone=document.zone)
    if time is None or len(time.raw) < BARE_SHARE * len(text):
        return None
    return ListedTime(time.at, time.raw)
