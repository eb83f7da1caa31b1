"""Who is credited with a story: lines around it are read label by label, its first and last ones as text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from newsduck.parse.credits.beside import Beside, beside_time, under_heading
from newsduck.parse.credits.bylines import closing_names, dateline_names, line_names, posted_by, without_house
from newsduck.parse.credits.labels import Labelled, labelled
from newsduck.parse.credits.names import sure_names, tokens, unique
from newsduck.parse.credits.people import DISCLAIMER, people
from newsduck.parse.credits.sources import clean_source
from newsduck.parse.credits.told import told_writers
from newsduck.parse.credits.words import VAGUE
from newsduck.parse.document import Document, Outline
from newsduck.parse.times import read_time, stands_free
from newsduck.parse.vicinity import Line, lines_above, lines_below, lines_within

_CELLS: Final = frozenset(["dt", "th", "td"])
"""Elements in which a label needs no colon."""
_CAPTION: Final = re.compile(r"caption|video|photo|pic|img|image|figure")
_LEADING_TIME: Final = re.compile(r"^[\d年月日:：/.\-\s]{8,}")
_PROSE: Final = re.compile(r"[。！？；]")
_EDITED: Final = re.compile(r"[^，。（(]{0,20}[（(]编辑[\s:：]*([\u3400-\u9fff]{2,6})[)）]")
"""A dateline that names the editor: `某社5月20日讯（编辑 张三）`."""
_CLOSING: Final = re.compile(r"[（(【\[]([^（()）【】\[\]]{3,60})[)）】\]]\s*\d{0,7}$")
_SHORT: Final = 90
_EDGE: Final = 3
_MEDIUM_MOST: Final = 6
_REACH_BELOW: Final = 14
_POSTED_BELOW: Final = 3


@dataclass(frozen=True, kw_only=True)
class Credits:
    """The names on a story."""

    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """What the labels gave so far, in the order of the page."""

    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    is_left_empty: bool = False
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)


def find_credits(document: Document, outline: Outline) -> Credits:
    """Source, authors and editors as printed; names only."""
    above = [line for line in lines_above(document, outline) if not _is_heading(line, outline)]
    around = [*above, *lines_within(document, outline), *lines_below(document, outline)]
    if outline.first is None or not document.blocks[outline.first].hidden:
        around = [line for line in around if not line.block.hidden] or around
    gathered = _Gathered()
    for at, line in enumerate(around):
        _gather(gathered, line, around[at + 1] if at + 1 < len(around) else None)
    _gather_edges(gathered, document, outline)
    told = told_writers(document, above)
    beside = _beside(document, above, [*gathered.authors, *told])
    source = _source(gathered, beside)
    authors = _others([*told, *gathered.authors], source) or _others(beside.authors, source)
    return Credits(source=source, authors=authors, editors=unique(gathered.editors))


def _is_heading(line: Line, outline: Outline) -> bool:
    """Whether a line is one of those that the heading is broken into."""
    return len(line.text) > _MEDIUM_MOST and line.text in outline.title


def _others(names: Iterable[str], source: str | None) -> tuple[str, ...]:
    """The names, each once, without the medium's own."""
    return unique(name for name in names if name != source)


def _gather(gathered: _Gathered, line: Line, following: Line | None) -> None:
    """Take what one line around the story credits."""
    bare = without_house(line.text)
    line = line if bare is line.text else line.read_as(bare)
    found = () if _is_elsewhere(line) else _labelled_in(line)
    account = _account(found)
    for item in found:
        filled = _filled(item, following) if item is found[-1] else item
        if item is account:
            _take(gathered, replace(item, kind="source"), is_above=False)
        else:
            _take(gathered, filled, is_above=line.place == "above")
    if line.place != "below" or line.distance <= _POSTED_BELOW:
        gathered.authors.extend(posted_by(line.text.replace("\t", " ")))
    is_taken = _is_menu(line) or any(item.kind == "author" and item.marked for item in found)
    if len(line.text) <= _SHORT and not is_taken:
        gathered.authors.extend(line_names(_LEADING_TIME.sub("", line.text).replace("\t", " ")))


def _account(found: Sequence[Labelled]) -> Labelled | None:
    """The account that stands behind 文 in `文 | 深水区，作者 | 张三`."""
    marked = [item for item in found if item.marked and item.label in {"文", "作者"}]
    return marked[0] if [item.label for item in marked] == ["文", "作者"] else None


def _is_elsewhere(line: Line) -> bool:
    """Whether a line is prose, a caption, a menu, or too far below the text for credits."""
    block = line.block
    if len(line.text) > _SHORT and _PROSE.search(line.text):
        return True
    if _is_menu(line) or block.node.tag == "figcaption":
        return True
    if line.place == "within" and _CAPTION.search(block.node.names):
        return True
    return line.place == "below" and line.distance > _REACH_BELOW and "编" not in line.text


def _is_menu(line: Line) -> bool:
    """Whether a line of links stands above the heading."""
    return line.place == "above" and line.distance < 0 and line.block.link_chars * 2 > len(line.block.text)


def _labelled_in(line: Line) -> Sequence[Labelled]:
    """The labelled values of a line; none of a disclaimer, which speaks of sources in general."""
    found = labelled(line.text)
    if not found or (len(found) == 1 and found[0].start > 0 and DISCLAIMER.search(line.text)):
        return ()
    if len(found) == 1 and line.block.node.tag in _CELLS and found[0].label == line.text.strip():
        return (replace(found[0], marked=True),)
    return found


def _filled(item: Labelled, following: Line | None) -> Labelled:
    """The item with the next line's text, where the label stands alone and the value in a box of its own."""
    if item.value.strip() or not item.marked or item.kind == "other" or following is None:
        return item
    text = following.text
    if (
        len(text) > 30  # noqa: PLR2004
        or labelled(text)
        or read_time_like(text)
        or following.block.node.tag in {"p", "h1", "h2", "h3", "h4"}
        or (item.kind != "source" and not all(map(sure_names, tokens(text))))
    ):
        return item
    return Labelled(item.kind, item.label, text, item.marked, item.start)


def read_time_like(text: str) -> bool:
    """Whether a text begins with digits, as times and counters do."""
    return text[:1].isdigit()


def _take(gathered: _Gathered, item: Labelled, *, is_above: bool) -> None:
    if item.kind == "source":
        named = item.marked or item.value.startswith("\t") or (is_above and item.label[-1] in "于自")
        name = clean_source(item.value) if named else None
        if name:
            (gathered.above if is_above else gathered.below).append(name)
        elif item.marked and is_above and not item.value.strip(" \t|[]【】"):
            gathered.is_left_empty = True
    elif item.kind == "author":
        gathered.authors.extend(people(item))
    elif item.kind == "editor":
        gathered.editors.extend(people(item))


def _gather_edges(gathered: _Gathered, document: Document, outline: Outline) -> None:
    """Take what the story's own first and last lines credit."""
    blocks = document.blocks
    lines = [blocks[at].text for at in outline.body_blocks] or outline.body.split("\n")
    for line in lines[:_EDGE]:
        gathered.authors.extend(dateline_names(line))
        opening = _EDITED.match(line)
        gathered.editors.extend(sure_names(opening[1]) if opening else ())
    for line in lines[-2:]:
        gathered.authors.extend(closing_names(line))
    for line in unique([*lines[:2], *lines[-_EDGE:]]):
        _gather_short(gathered, line)
    for line in lines:
        if len(line) <= _SHORT // 3:
            gathered.authors.extend(line_names(line))


def _gather_short(gathered: _Gathered, line: str) -> None:
    """Take what a short line of the body, or a bracket that closes it, credits with a label."""
    closing = _CLOSING.search(line)
    text = line if len(line) <= _EDGE * 20 and not _PROSE.search(line) else closing[1] if closing else ""
    for item in labelled(text):
        if item.marked:
            _take(gathered, item, is_above=False)


def _source(gathered: _Gathered, beside: Beside) -> str | None:
    """The credited medium: labelled above the text, unlabelled beside the time, labelled below the text."""
    named = [name for name in gathered.above if name not in VAGUE]
    if named:
        return named[0]
    closing = next((name for name in gathered.below if name not in VAGUE), None)
    if gathered.above or gathered.is_left_empty:
        return closing or next(iter(gathered.above), None)
    return beside.source or closing or next(iter(gathered.below), None)


def _beside(document: Document, above: list[Line], known: list[str]) -> Beside:
    """What stands without a label beside the time."""
    lines = [line for line in above if line.distance > 0 and not line.block.hidden]
    for at, line in enumerate(lines):
        time = read_time(line.text, now=document.fetched_at, zone=document.zone)
        if time and len(line.text) - len(time.raw) <= _SHORT and stands_free(line.text, time):
            return beside_time(lines, at, time, known=known)
    return Beside(source=under_heading(lines))
