"""The story's own heading: what the page displays, checked against `<title>` and its kin."""

import re
from dataclasses import dataclass, replace
from typing import Final

from newsduck.parse.document import Document
from newsduck.parse.folding import fold, fold_line
from newsduck.parse.headings import HEADINGS, heading_rank, is_set_off, is_told_below
from newsduck.parse.regions import Region
from newsduck.parse.tree import Block

_SEPARATOR: Final = re.compile(r"\s*(?:[_|｜＿丨]+|\s[-–—‖·]+\s|--+|——|-(?=[^-]{2,16}$))\s*")
_META_TITLES: Final = ("og:title", "twitter:title", "title", "headline", "articletitle", "dc.title")
_LEAST: Final = 4
_BRIEF: Final = 2
_MOST: Final = 150
_HEAD_MOST: Final = 400
_SURE: Final = 6
_LINE_MOST: Final = 60
_FAR: Final = 40
_BADGE: Final = 6
_LINES: Final = 3
_IN_BRACKETS: Final = re.compile(r"^[\[【［(（〔][^\]】］)）〕]*[\]】］)）〕]$")
_ABOVE: Final = 8
_FARTHER: Final = 24


@dataclass(frozen=True)
class Title:
    """A title, the blocks that show it (None: only metadata do), and whether page and metadata agree."""

    text: str
    block: int | None = None
    last: int | None = None
    is_sure: bool = False
    is_told: bool = False
    """The page's head says nothing of it, but it is a heading right above the line with time or source."""


def strip_suffix(title: str) -> str:
    """A `<title>` without the names of site and channel behind it."""
    for part in _SEPARATOR.split(title):
        if len(part.strip()) >= _LEAST:
            return part.strip()
    return title


@dataclass(frozen=True)
class _Head:
    """What the page's head calls itself."""

    texts: list[str]
    folded: list[str]
    names: list[str]
    """The texts without site and channel, folded."""
    brief: str
    """The first part of `<title>`, where it is shorter than headings are: a column may be called 老路."""


def _read_head(document: Document) -> _Head:
    found = [document.title, *(document.meta.get(name, "") for name in _META_TITLES)]
    texts = [text for text in dict.fromkeys(text[:_HEAD_MOST] for text in found) if text]
    first = _SEPARATOR.split(document.title, maxsplit=1)[0].strip()
    brief = first if _BRIEF <= len(first) < _LEAST else ""
    return _Head(texts, list(map(fold, texts)), [fold(strip_suffix(text)) for text in texts], brief)


def find_title(document: Document, region: Region) -> Title:
    """The title of the story that stands in a region."""
    head = _read_head(document)
    known = "\n".join((*head.texts, *head.folded))
    best, best_score = None, 0.0
    for block in document.blocks[: region.end]:
        fits = _LEAST <= len(block.text) <= _MOST or block.text == head.brief
        if fits and not block.hidden and _is_likely(block, known):
            score = _score(block, head, region)
            if score > best_score:
                best, best_score = block, score
    if best is None:
        best = _nearest_above(document, region, named=bool(head.texts))
    if best is None:
        return Title(strip_suffix(head.texts[0])) if head.texts else Title("")
    title = _whole(document, best, head)
    if not title.is_sure and heading_rank(best) >= HEADINGS["h2"] and is_told_below(document, best):
        return replace(title, is_told=True)
    told = None if title.is_sure else _first_told(document, region)
    return _whole(document, told, head) if told else title


def _is_likely(block: Block, known: str) -> bool:
    """A cheap look first: a block that begins or ends as the page's head does, or a first-rank heading."""
    text, node = block.text, block.node
    if text[:3] in known or text[-3:] in known or node.tag == "h1":
        return True
    above = node.parent
    return above is not None and (
        above.tag == "h1" or (above.parent is not None and above.parent.tag == "h1")
    )


def _whole(document: Document, block: Block, head: _Head) -> Title:
    """The title that begins in a block: with its further lines, without a badge in front."""
    text, last = _broken_heading(document, block, head) or _further_lines(document, block, head)
    folded = fold(text)
    is_declared = any(title.startswith(folded) for title in head.folded)
    for known in map(strip_suffix, head.texts):
        if is_declared and text.endswith(known):
            continue
        if known in text and 0 < len(text) - len(known) <= _BADGE and _is_badged(block, text, known):
            text, folded = known, fold(known)
    sure = _agrees(block, folded, head) or (not head.texts and len(folded) >= _SURE)
    return Title(text, block.index, last, is_sure=sure)


def _further_lines(document: Document, block: Block, head: _Head) -> tuple[str, int]:
    """A line with those below it that go on as the page's head does, and the last one's index."""
    text, last = block.text, block.index
    folded = fold(text)
    for title in head.folded:
        if title.startswith(folded):
            for further in document.blocks[last + 1 : last + 3]:
                if not _LEAST <= len(further.text) <= _MOST:
                    break
                if title.startswith(folded + fold(further.text)):
                    text, last = f"{text}{further.text}", further.index
                    folded += fold(further.text)
    return text, last


def _broken_heading(document: Document, block: Block, head: _Head) -> tuple[str, int] | None:
    """The lines of a heading that is broken into several, each of which the page's head says as well."""
    node = block.node.within(*HEADINGS)
    lines = document.blocks[node.first_block : node.end_block] if node is not None else []
    if not 1 < len(lines) <= _LINES:
        return None
    if not all(len(line.text) >= _LEAST and _says(head, line.text) for line in lines):
        return None
    closed_up = "".join(line.text for line in lines)
    is_one = any(closed_up in text for text in head.texts)
    return closed_up if is_one else " ".join(line.text for line in lines), lines[-1].index


def _says(head: _Head, text: str) -> bool:
    return any(fold(text) in title for title in head.folded)


def _is_badged(block: Block, text: str, known: str) -> bool:
    """Whether what a heading has besides the known title is a badge: bracketed, or an element of its own."""
    if len(known) < _SURE:
        return False
    rests = [rest.strip() for rest in text.split(known, 1) if rest.strip()]
    pieces = {" ".join(piece.split()) for piece, _ in block.runs}
    return all(rest in pieces or _IN_BRACKETS.match(rest) for rest in rests)


def _agrees(block: Block, folded: str, head: _Head) -> bool:
    """Whether a heading and the page's head say the same, in full or as one's beginning of the other."""
    if len(folded) >= _SURE and any(folded in title or title in folded for title in head.folded):
        return True
    if folded in head.names or folded == fold(head.brief):
        return heading_rank(block) > 0
    return _goes_on(block, folded, head)


def _goes_on(block: Block, folded: str, head: _Head) -> bool:
    """Whether a line that is set as a heading begins with what the page's head says; no link of a list."""
    begins = any(len(name) >= _SURE and folded.startswith(name) for name in head.names)
    return begins and not block.link_chars and (heading_rank(block) > 0 or is_set_off(block))


def _score(block: Block, head: _Head, region: Region) -> float:
    """How much a block looks like the title: said in the head, a heading by its tag, near the story."""
    heading = heading_rank(block)
    match = _match(block, head)
    if match == 0 and heading < HEADINGS["h1"]:
        return 0.0
    if block.link_chars * 2 > len(block.text):
        match, heading = match * 0.6, heading * 0.5
    return match + heading - min(max(region.first - block.index, 0) / _FAR, 1.5)


def _match(block: Block, head: _Head) -> float:
    """How far a block says what the page's head says."""
    folded = fold_line(block.text)
    match = 0.0
    for title in head.folded:
        if title.startswith(folded):
            match = max(match, 2.0 + 4.0 * len(folded) / len(title))
        elif len(folded) >= _SURE and folded in title:
            match = max(match, 1.0 + 3.0 * len(folded) / len(title))
        elif len(title) >= _SURE and title in folded and len(folded) - len(title) <= _BADGE:
            match = max(match, 4.0)
    if match == 0 and len(folded) <= _LINE_MOST and folded[-1:] not in "。,;:":
        return 3.0 * _goes_on(block, folded, head)
    return match


def _nearest_above(document: Document, region: Region, *, named: bool) -> Block | None:
    """Where no line says what the page's head says: the line above the story that is called a title.

    Without `named`, on a page whose head says nothing, any line will do: the first.
    """
    above = [
        block
        for block in document.blocks[max(region.first - _ABOVE, 0) : region.first + 3]
        if _SURE <= len(block.text) <= _MOST and block.link_chars == 0 and not block.hidden
    ]
    called = [block for block in above if heading_rank(block) > 0]
    if called or not named:
        return next(iter(called or above), None)
    return _first_told(document, region)


def _first_told(document: Document, region: Region) -> Block | None:
    """The first line near the story's start below which its time or source stands; headings may be far."""
    near = region.first - _ABOVE
    likely = (
        block
        for block in document.blocks[max(near - _FARTHER, 0) : region.first + 3]
        if _SURE <= len(block.text) <= _MOST
        and not (block.link_chars or block.hidden)
        and (block.index >= near or heading_rank(block) > 0)
    )
    return next((block for block in likely if is_told_below(document, block)), None)
