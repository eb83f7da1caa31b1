"""What makes a line a heading, whatever the page's head says: element, setting, what follows (pure)."""

import re
from typing import Final

from newsduck.parse.document import Document
from newsduck.parse.tree import Block

_TITLE_NAME: Final = re.compile(r"title|headline|heading|biaoti|\btit\b|\bbt\b")
HEADINGS: Final = {"h1": 3.0, "h2": 1.5, "h3": 1.0, "h4": 0.5}
_TELLS: Final = re.compile(
    r"(?:19|20)\d\d\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}|^\W*(?:信息|文章)?(?:来源|來源|稿源|作者|发布时间|时间|日期)\s*[:：]"
)
"""What the line below a story's heading tells: its day, or where it comes from."""
_SET_OFF: Final = re.compile(r"font-size|font-weight|text-align:\s*center")
_SET_OFF_TAGS: Final = frozenset(["b", "strong", "font", "center", "th", *HEADINGS])
_LEAST: Final = 4
_LABEL_MOST: Final = 40
_TELLING_MOST: Final = 150


def heading_rank(block: Block) -> float:
    """How much of a heading a block is by its element."""
    node = block.node
    near = (node, node.parent, node.parent.parent if node.parent else None)
    found = max(HEADINGS.get(one.tag, 0.0) for one in near if one is not None)
    return found + (0.5 if _TITLE_NAME.search(node.names) else 0.0)


def is_told_below(document: Document, block: Block) -> bool:
    """Whether the line with a story's time or source follows a line, which itself reads like a heading."""
    text = block.text
    is_label = len(text) <= _LABEL_MOST and text.endswith((":", "："))
    if is_label or sum(map(str.isalpha, text)) < _LEAST or text[-1] in "。；，" or _TELLS.search(text):
        return False
    following = document.blocks[block.index + 1 : block.index + 3]
    told = [len(one.text) <= _TELLING_MOST and _TELLS.search(one.text) is not None for one in following]
    return any(told[: 2 if is_set_off(block) else 1])


def is_set_off(block: Block) -> bool:
    """Whether a line is bold, large or centred."""
    near = [node for node in (block.runs[0][1], block.node, block.node.parent) if node is not None]
    return any(
        node.tag in _SET_OFF_TAGS
        or node.attrs.get("align", "").lower() == "center"
        or _SET_OFF.search(node.attrs.get("style", "")) is not None
        for node in near
    )
