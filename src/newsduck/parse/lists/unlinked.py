"""Lists whose entries have a time but no link: pages as text, lists that a script makes clickable (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsduck.parse.document import Document
from newsduck.parse.lists.beside import ListedTime, has_sign_of_time
from newsduck.parse.lists.widths import width
from newsduck.parse.lists.wording import clean
from newsduck.parse.times import read_time
from newsduck.parse.tree import Block

MIN_ENTRIES = 3
"""Fewer pairs of a line and a time are a story's heading and its time."""
MIN_WIDTH, MAX_WIDTH = 8, 160
MAX_TIME_CHARS = 24
BARE_SHARE = 0.7
_ITEM = 8
"""A line that a time takes up this much of holds nothing else."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An entry without an address."""

    block: int
    text: str
    time: ListedTime


def find_unlinked(document: Document, skipped: frozenset[int]) -> list[Unlinked]:
    """All entries of lists that are lines and times in turn; `skipped` are lines read as something else."""
    lines = [block for block in document.blocks if block.index not in skipped]
    timed = {block.index for block in lines if _may_be_time(block.text)}
    if len(timed) < MIN_ENTRIES:
        return []
    found: list[Unlinked] = []
    run: list[Unlinked] = []
    last = -1
    for place, entry in _pairs(document, lines, timed):
        if run and place != last + 2:
            found.extend(run if len(run) >= MIN_ENTRIES else ())
            run = []
        run.append(entry)
        last = place
    return found + (run if len(run) >= MIN_ENTRIES else [])


def _pairs(document: Document, lines: Sequence[Block], timed: set[int]) -> Iterator[tuple[int, Unlinked]]:
    """Each line that a line with nothing but a time follows."""
    for place, (line, following) in enumerate(pairwise(lines)):
        if following.index not in timed or line.link_chars or _is_headed(document, line):
            continue
        text = clean(line.text)
        if not MIN_WIDTH <= width(text) <= MAX_WIDTH or bare_time(document, line.text):
            continue
        time = bare_time(document, following.text)
        if time is not None:
            yield place, Unlinked(line.index, text, time)


def _is_headed(document: Document, line: Block) -> bool:
    """Whether a linked line stands right above in the same small element: this one is its summary."""
    above = document.blocks[line.index - 1] if line.index else None
    if above is None or above.link_chars * 2 <= len(above.text):
        return False
    near = (line.node, line.node.parent)
    return any(
        one is not None and one.first_block < line.index and one.end_block - one.first_block <= _ITEM
        for one in near
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
