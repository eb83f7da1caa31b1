"""Where a story ends on its page: before the editor's line, what else to read, comments (pure)."""

import re
from collections import Counter
from itertools import pairwise
from typing import Final

from newsduck.parse.comments import is_reply_line, opens_comments
from newsduck.parse.noise import is_end, is_sure_end
from newsduck.parse.regions import Weights
from newsduck.parse.tree import Block

STAMP: Final = re.compile(
    r"^(?:\d{4}\s*[-/.年])?\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?$"
)
"""A line that is only a time."""
LEAST_ENTRIES: Final = 3
_BEHIND: Final = re.compile(
    r"[\[(（]?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?[\])）]?$"
)
_ENTRY_SHARE: Final = 0.8
_PARAGRAPH_WORTH: Final = 25.0
_TOLD_WORTH: Final = 150.0
"""More prose than stands above a text: a count of comments behind it opens them, however long they are."""
_STORY_WORTH: Final = 600.0
"""So much prose that the line that opens the comments can follow it."""


def story_end(blocks: list[Block], weights: Weights, start: int) -> int:
    """Index after the last block that may be story: before the line that opens what follows it."""
    inside = [block for block in blocks if block.index >= start]
    total = sum(weights.prose[block.index] for block in inside)
    homes = [(_home(b), b.index) for b in inside if weights.prose[b.index] > _PARAGRAPH_WORTH]
    most = Counter(home for home, _ in homes).most_common(1)
    last = max((at for home, at in homes if home == most[0][0]), default=0)
    seen, enough = 0.0, 0.5 * total
    listed = _first_timed_entry(inside) or _first_comment(inside)
    for block in inside:
        if block.index == listed:
            return block.index
        if seen > min(enough, _STORY_WORTH) and is_sure_end(block.text):
            return block.index
        if seen > _TOLD_WORTH and opens_comments(block.text):
            return block.index
        if seen > enough and block.index > last and is_end(block.text):
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
    stamps = {line.index for line in told if line.text[:1].isdigit() and STAMP.match(line.text)}
    entries = [at - 1 for at in sorted(stamps) if at - 1 not in stamps and at > told[0].index]
    return entries[0] if len(entries) >= LEAST_ENTRIES else None


def _first_comment(told: list[Block]) -> int | None:
    """Index of the first of several comments, each of which ends in a line with 回复 and counts."""
    replies = [at for at, line in enumerate(told) if is_reply_line(line.text)]
    if len(replies) < LEAST_ENTRIES:
        return None
    size = min(below - above for above, below in pairwise(replies))
    return told[max(replies[0] - size + 1, 1)].index
