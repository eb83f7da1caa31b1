"""The lines under a story's pictures, which are no part of its text (pure)."""

import re
from bisect import bisect_left
from operator import attrgetter
from typing import Final

from newsduck.parse.document import Document
from newsduck.parse.memo import Memo
from newsduck.parse.regions import Region
from newsduck.parse.tree import Block, Node

_CAPTION: Final = re.compile(
    r"(?:^|[\s_-])(?:caption|img|image|pic|photo|figure|tupian|picnote|picinfo|imgtxt|img-?desc|image_desc|"
    r"img_descr|img_wrapper|pictext|pic_?txt|desc-img|wp-caption-text)(?=$|[\s_-])"
)
_PICTURE_LINE: Final = re.compile(
    r"^\s*[▲△▼▽↑↓]|^(?:图为|图[①-⑳\d一二三四五六七八九十]*[:：]|资料图|资料图片|配图|题图|上图|下图|左图|右图)|^视频截图|"
    r"(?:摄|供图|截图|制图|资料图|资料图片|图片来源[^，。]{0,20}|[/／]图|图[/／]\S{2,12}|来源：\S{2,12}|视觉中国|摄影报道|"
    r"[（(][^（()）]{0,6}(?:照片|截图)|[（(](?:图|图源|图片)[:：/][^）)]{1,30})[\s。.)）】\]]*$"
)
_PICTURE_MOST: Final = 160
_PICTURES: Final = frozenset(("img", "video", "iframe", "embed", "picture"))
_CLAUSE: Final = re.compile("[，！？：；,!?:;…]")
_CENTERED: Final = re.compile(r"text-align:\s*center")
_CAPTION_MOST: Final = 200
_DOUBTFUL_MOST: Final = 160
BRIEF: Final = 25


def is_caption_name(names: str) -> bool:
    """Whether an element's id and classes say that it belongs to a picture."""
    return _CAPTIONS.of(names)


def _speaks_of_picture(names: str) -> bool:
    return _CAPTION.search(names) is not None


_CAPTIONS: Final = Memo(_speaks_of_picture, most=8192)


def is_picture_line(text: str) -> bool:
    """Whether a line speaks of the picture beside it."""
    return len(text) <= _PICTURE_MOST and bool(_PICTURE_LINE.search(text))


def without_captions(document: Document, region: Region, lines: list[Block]) -> list[Block]:
    """The lines without those under pictures.

    A line that only looks like a caption (centred, or short, beside a picture) counts as one unless such
    lines make up much of the text: then the page is a story told in pictures.
    """
    near = _elements(document, region)
    pictures = {node.first_block for node in near if node.tag in _PICTURES}
    boxed = {at for box in near if box.tag == "figcaption" for at in range(box.first_block, box.end_block)}
    lines = [block for block in lines if block.index not in boxed and not _is_caption(block, pictures)]
    if not pictures:
        return lines
    doubtful = {b.index for b in lines if b.index in pictures and _may_be_caption(b)}
    size = sum(len(b.text) for b in lines)
    if sum(len(b.text) for b in lines if b.index in doubtful) > 0.25 * size:
        return lines
    return [block for block in lines if block.index not in doubtful]


def _elements(document: Document, region: Region) -> list[Node]:
    """The elements in and around a region."""
    nodes, begin = document.nodes, attrgetter("first_block")
    first = bisect_left(nodes, region.first, key=begin)
    return [*region.node.ancestors(), *nodes[first : bisect_left(nodes, region.end, lo=first, key=begin)]]


def _is_caption(block: Block, pictures: set[int]) -> bool:
    text, node = block.text, block.node
    if len(text) > _CAPTION_MOST:
        return False
    if text.startswith(("▲", "△")) or is_caption_name(node.names):
        return True
    return block.index in pictures and is_picture_line(text)


def _may_be_caption(block: Block) -> bool:
    text = block.text
    if len(text) > _DOUBTFUL_MOST:
        return False
    return _is_centered(block.node) or (
        len(text) <= BRIEF and not _CLAUSE.search(text) and not _is_bold(block)
    )


def _is_centered(node: Node) -> bool:
    for one in list(node.ancestors())[:2]:
        attrs = one.attrs
        if (
            one.tag == "center"
            or attrs.get("align", "").lower() == "center"
            or "f_center" in attrs.get("class", "")
            or _CENTERED.search(attrs.get("style", ""))
        ):
            return True
    return False


def _is_bold(block: Block) -> bool:
    return any(
        owner.within("strong", "b", "h1", "h2", "h3", "h4") is not None
        for text, owner in block.runs
        if text.strip()
    )
