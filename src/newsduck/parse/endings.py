"""Where a story ends on its page: before the editor's line, what else to read, comments (pure)."""

import re
from collections import Counter
from itertools import pairwise

from newsduck.parse.noise import is_end, is_reply_line, is_sure_end
from newsduck.parse.regions import Weights
from newsduck.parse.tree import Block

STAMP = re.compile(
    r"^(?:\d{4}\s*[-/.年])?\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?$"
)
"""A line that is only a time."""
LEAST_ENTRIES = 3
_BEHIND = re.compile(
    r"[\[(（]?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?[\])）]?$"
)
_ENTRY_SHARE = 0.8
_PARAGRAPH_WORTH = 40.0
_STORY_WORTH = 600.0
"""So much prose that the line that opens the comments can follow it."""


def story_end(blocks: list[Block], weights: Weights, start: int) -> int:
    """Index after the last block that may be story: before the line that opens what follows it."""
    inside = [block for block in blocks if block.index >= start]
    total = sum(weights.prose[block.index] for block in inside)
    homes = Counter(_home(block) for block in inside if weights.prose[block.index] > _PARAGRAPH_WORTH)
    home = homes.most_common(1)[0][0] if homes else -1
    last = max(
        (b.index for b in inside if weights.prose[b.index] > _PARAGRAPH_WORTH and _home(b) == home), default=0
    )
    seen = 0.0
    listed = _first_timed_entry(inside) or _first_comment(inside)
    for block in inside:
        if block.index == listed:
            return block.index
        is_sure = is_sure_end(block.text)
        enough = min(0.5 * total, _STORY_WORTH) if is_sure else 0.5 * total
        if seen > enough and (is_sure or (block.index > last and is_end(block.text))):
            return block.index
        seen += weights.prose[block.index]
    return blocks[-1].index + 1 if blocks else 0


def is_timed_link(block: Block) -> bool:
    """Whether a line is a link and the time of what it leads to: an entry of a list."""
    time = _BEHIND.search(block.text)
    return time is not None and block.link_chars + len(time.group()) >= _ENTRY_SHARE * len(block.text)


def _home(block: Block) -> int:
    """The element that a paragraph stands in: a box inside the story is another one."""
    node = block.node
    return node.parent.index if node.tag == "p" and node.parent is not None else node.index


def _first_timed_entry(told: list[Block]) -> int | None:
    """Index of the first of several lines that are each followed by a time: a list, no part of the story."""
    entries = [
        line.index for line, below in pairwise(told) if STAMP.match(below.text) and not STAMP.match(line.text)
    ]
    return entries[0] if len(entries) >= LEAST_ENTRIES else None


def _first_comment(told: list[Block]) -> int | None:
    """Index of the first of several comments, each of which ends in a line with 回复 and counts."""
    replies = [at for at, line in enumerate(told) if is_reply_line(line.text)]
    if len(replies) < LEAST_ENTRIES:
        return None
    size = min(below - above for above, below in pairwise(replies))
    return told[max(replies[0] - size + 1, 1)].index
