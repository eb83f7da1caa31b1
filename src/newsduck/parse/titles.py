"""The story's own heading: what the page displays, checked against `<title>` and its kin."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from newsduck.parse.document import Document
from newsduck.parse.regions import Region
from newsduck.parse.tree import Block

_SEPARATOR = re.compile(r"\s*(?:[_|｜＿丨]+|\s[-–—‖·]+\s|--+|——|-(?=[^-]{2,16}$))\s*")
_WIDE = (("…", "..."), *zip("，：（）！？；\u3000", ",:()!?; ", strict=True))
"""What NFKC makes of the usual wide signs: with these replaced, it finds nothing to do in most texts."""
_SAME = tuple(zip("“”‘’—–―·•", "\"\"''---..", strict=True))
_UNFOLDED = re.compile("[\u4e00-\u9fa5。、]")
"""Characters that fold to themselves."""
_META_TITLES = ("og:title", "twitter:title", "title", "headline", "articletitle", "dc.title")
_TITLE_NAME = re.compile(r"title|headline|heading|biaoti|\btit\b|\bbt\b")
_HEADINGS = {"h1": 3.0, "h2": 1.5, "h3": 1.0, "h4": 0.5}
_LEAST, _MOST, _HEAD_MOST = 4, 150, 400
_SURE = 6
_TELLS = re.compile(
    r"(?:19|20)\d\d\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}|^\W*(?:信息|文章)?(?:来源|來源|稿源|作者|发布时间|时间|日期)\s*[:：]"
)
"""What the line below a story's heading tells: its day, or where it comes from."""
_SET_OFF = re.compile(r"font-size|font-weight|text-align:\s*center")
_SET_OFF_TAGS = frozenset(["b", "strong", "font", "center", "th", *_HEADINGS])
_LABEL_MOST, _TELLING_MOST = 40, 150
_FAR = 40
_BADGE = 6
_ABOVE = 8


@dataclass(frozen=True)
class Title:
    """A title, the blocks that show it (None: only metadata do), and whether page and metadata agree."""

    text: str
    block: int | None = None
    last: int | None = None
    is_sure: bool = False


def fold(text: str) -> str:
    """A text without white space and typographic variance, to be compared."""
    if text.isascii():
        return "".join(text.split())
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    text = unicodedata.normalize("NFKC", text)
    for variant, plain in _SAME:
        text = text.replace(variant, plain)
    return "".join(text.split())


@lru_cache(maxsize=1024)
def fold_line(text: str) -> str:
    """`fold` of a short text that is asked for several times."""
    return fold(text)


def reads_like(line: str, folded: str) -> bool:
    """Whether a line is the same as a folded text; its first and last character tell mostly."""
    for letter, other in ((line[:1], folded[:1]), (line[-1:], folded[-1:])):
        if letter != other and _UNFOLDED.match(letter):
            return False
    return fold_line(line) == folded


def strip_suffix(title: str) -> str:
    """A `<title>` without the names of site and channel behind it."""
    for part in _SEPARATOR.split(title):
        if len(part.strip()) >= _LEAST:
            return part.strip()
    return title


def find_title(document: Document, region: Region) -> Title:
    """The title of the story that stands in a region."""
    texts = _declared(document)
    declared = [fold(text) for text in texts]
    known = "\n".join((*texts, *declared))
    best, best_score = None, 0.0
    for block in document.blocks[: region.end]:
        if _LEAST <= len(block.text) <= _MOST and not block.hidden and _is_likely(block, known):
            score = _score(block, declared, region)
            if score > best_score:
                best, best_score = block, score
    if best is None:
        best = _nearest_above(document, region, named=bool(declared))
    if best is None:
        return Title(strip_suffix(texts[0])) if texts else Title("")
    title = _whole(document, best, declared, texts)
    told = None if title.is_sure else _first_told(document, region)
    return _whole(document, told, declared, texts) if told else title


def _is_likely(block: Block, known: str) -> bool:
    """A cheap look first: a block that begins or ends as the page's head does, or a first-rank heading."""
    text, node = block.text, block.node
    if text[:3] in known or text[-3:] in known or node.tag == "h1":
        return True
    above = node.parent
    return above is not None and (
        above.tag == "h1" or (above.parent is not None and above.parent.tag == "h1")
    )


def _declared(document: Document) -> list[str]:
    """What the page's head calls itself."""
    found = [document.title, *(document.meta.get(name, "") for name in _META_TITLES)]
    return [text for text in dict.fromkeys(text[:_HEAD_MOST] for text in found) if text]


def _whole(document: Document, block: Block, declared: list[str], texts: list[str]) -> Title:
    """The title that begins in a block: with its further lines, without a badge in front."""
    text, last = block.text, block.index
    folded = fold(text)
    for title in declared:
        if title.startswith(folded):
            for further in document.blocks[last + 1 : last + 3]:
                if not _LEAST <= len(further.text) <= _MOST:
                    break
                if title.startswith(folded + fold(further.text)):
                    text, last = f"{text}{further.text}", further.index
                    folded += fold(further.text)
    is_declared = any(title.startswith(folded) for title in declared)
    for known in map(strip_suffix, texts):
        if is_declared and text.endswith(known):
            continue
        if known in text and 0 < len(text) - len(known) <= _BADGE and len(known) >= _SURE:
            text, folded = known, fold(known)
    sure = len(folded) >= _SURE and any(folded in title or title in folded for title in declared)
    return Title(text, block.index, last, is_sure=sure or (not declared and len(folded) >= _SURE))


def _score(block: Block, declared: list[str], region: Region) -> float:
    """How much a block looks like the title: said in the head, a heading by its tag, near the story."""
    heading = _heading(block)
    folded = fold_line(block.text)
    match = 0.0
    for title in declared:
        if title.startswith(folded):
            match = max(match, 2.0 + 4.0 * len(folded) / len(title))
        elif len(folded) >= _SURE and folded in title:
            match = max(match, 1.0 + 3.0 * len(folded) / len(title))
        elif len(title) >= _SURE and title in folded and len(folded) - len(title) <= _BADGE:
            match = max(match, 4.0)
    if match == 0 and heading < _HEADINGS["h1"]:
        return 0.0
    if block.link_chars * 2 > len(block.text):
        match, heading = match * 0.6, heading * 0.5
    return match + heading - min(max(region.first - block.index, 0) / _FAR, 1.5)


def _heading(block: Block) -> float:
    """How much of a heading a block is by its element."""
    node = block.node
    near = (node, node.parent, node.parent.parent if node.parent else None)
    found = max(_HEADINGS.get(one.tag, 0.0) for one in near if one is not None)
    return found + (0.5 if _TITLE_NAME.search(node.names) else 0.0)


def _nearest_above(document: Document, region: Region, *, named: bool) -> Block | None:
    """Where no line says what the page's head says: the line above the story that is called a title.

    Without `named`, on a page whose head says nothing, any line will do: the first.
    """
    above = [
        block
        for block in document.blocks[max(region.first - _ABOVE, 0) : region.first + 3]
        if _SURE <= len(block.text) <= _MOST and block.link_chars == 0 and not block.hidden
    ]
    called = [block for block in above if _heading(block) > 0]
    if called or not named:
        return next(iter(called or above), None)
    return _first_told(document, region)


def _first_told(document: Document, region: Region) -> Block | None:
    """The first line near the story's start below which its time or source stands."""
    above = document.blocks[max(region.first - _ABOVE, 0) : region.first + 3]
    likely = (
        block
        for block in above
        if _SURE <= len(block.text) <= _MOST and not (block.link_chars or block.hidden)
    )
    return next((block for block in likely if _is_told_below(document, block)), None)


def _is_told_below(document: Document, block: Block) -> bool:
    """Whether the line with a story's time or source follows a line, which itself reads like a heading."""
    text = block.text
    is_label = len(text) <= _LABEL_MOST and text.endswith((":", "："))
    if is_label or sum(map(str.isalpha, text)) < _LEAST or text[-1] in "。；，" or _TELLS.search(text):
        return False
    following = document.blocks[block.index + 1 : block.index + 3]
    told = [len(one.text) <= _TELLING_MOST and _TELLS.search(one.text) is not None for one in following]
    return any(told[: 2 if _is_set_off(block) else 1])


def _is_set_off(block: Block) -> bool:
    """Whether a line is bold, large or centred."""
    near = [node for node in (block.runs[0][1], block.node, block.node.parent) if node is not None]
    return any(
        node.tag in _SET_OFF_TAGS
        or node.attrs.get("align", "").lower() == "center"
        or _SET_OFF.search(node.attrs.get("style", "")) is not None
        for node in near
    )
