"""Where a story begins in its region: after the heading and the line with its time and source (pure)."""

import re
from itertools import pairwise
from typing import Final

from newsduck.parse.endings import LEAST_ENTRIES
from newsduck.parse.regions import Weights
from newsduck.parse.tree import Block

_SENTENCE: Final = re.compile(r"[。！？!?；…”]|[.](?=\s|$)")
_CLOCK: Final = re.compile(r"\d{1,2}\s*[:：]\s*\d\d")
_DAY_FIRST: Final = re.compile(
    r"^[\s\[【（(]*(?:(?:发布|发表|更新|时间|日期|来源)\S{0,6}\s*)?(?:19|20)\d\d\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}"
)
_DAY: Final = re.compile(
    r"(?:19|20)\d\d\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}|[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d"
)
_SIGNED_DAY: Final = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
"""The day below a document's signature."""
_BARE_CLOCK: Final = re.compile(r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?")
_LIVE_OR_SIGNED: Final = re.compile(f"{_BARE_CLOCK.pattern}|{_SIGNED_DAY.pattern}")
"""Times between paragraphs that belong to these, not to the story."""
_LETTERS: Final = re.compile(r"[^\W\d_]")
META_LABEL: Final = re.compile(
    "来源|來源|稿源|作者|记者|記者|编辑|責任|责编|发布|發佈|字号|字体|点击|浏览|阅读|评论|分享|https?:|时间|"
    "分钟读|^By "
)
"""What speaks of a story, and is no headline."""
_META_LETTERS: Final = 24
_META_SIZE: Final = 120
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_AGO: Final = re.compile(r"\d{1,2}\s*(?:分钟|小时|天|分鐘|小時)前$")
_ENGLISH_DAY: Final = re.compile(
    r"\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d|[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d"
)
_CLOCK_MOST: Final = 8
_DAY_MOST: Final = 11
_SOME_PROSE: Final = 20
_LEAD_WORTH: Final = 400.0
"""More prose than a standfirst has."""


def story_start(blocks: list[Block], weights: Weights, heading: int | None) -> int:
    """Index of the first block that may be story: after the heading and the line with time and source."""
    if not blocks:
        return 0
    start = blocks[0].index
    if heading is not None and heading >= start:
        start = heading + 1
    seen = 0.0
    total = sum(weights.prose[b.index] for b in blocks)
    told_of = _LIVE_OR_SIGNED if _is_live(blocks) else _SIGNED_DAY
    for block in blocks:
        if block.index < start:
            continue
        if seen > min(0.25 * total, _LEAD_WORTH):
            break
        if is_meta_line(block.text) and not (seen > _SOME_PROSE and told_of.fullmatch(block.text)):
            start, seen = block.index + 1, 0.0
        else:
            seen += weights.prose[block.index]
    return start


def _is_live(blocks: list[Block]) -> bool:
    """Whether clocks stand on lines of their own above paragraphs, as in a live report; above links not."""
    clocks = [
        following.link_chars * 2 <= len(following.text)
        for block, following in pairwise(blocks)
        if len(block.text) <= _CLOCK_MOST and _BARE_CLOCK.fullmatch(block.text)
    ]
    return len(clocks) >= LEAST_ENTRIES and all(clocks)


def is_signed_day(text: str) -> bool:
    """Whether a line is the day below a document's signature."""
    return len(text) <= _DAY_MOST and _SIGNED_DAY.fullmatch(text) is not None


def is_meta_line(text: str) -> bool:
    """Whether a line gives the time of the story, and no sentence."""
    if text.isascii() and _ENGLISH_DAY.fullmatch(text):
        return True
    if len(text) >= _META_SIZE or "，" in text or _SENTENCE.search(text):
        return False
    if _CLOCK.search(text) or _DAY_FIRST.match(text) or _AGO.search(text):
        return _is_brief(text) or META_LABEL.search(text) is not None
    return bool(_DAY.search(text) and META_LABEL.search(text)) and _is_brief(text)


def _is_brief(text: str) -> bool:
    return len(_LETTERS.findall(_ADDRESS.sub("", text))) <= _META_LETTERS
