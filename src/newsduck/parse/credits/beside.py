"""The medium, the account or the writer that is printed beside a story's time without a label."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from newsduck.parse.credits.forms import CHANNEL, MEDIUM, TOOL, worth_of_form
from newsduck.parse.credits.labels import Labelled, labelled
from newsduck.parse.credits.names import is_latin, is_name, tokens, unique
from newsduck.parse.credits.sources import EDGES, cut_source
from newsduck.parse.credits.words import NOBODY, PLACES
from newsduck.parse.times import ReadTime
from newsduck.parse.tree import Block, Node
from newsduck.parse.vicinity import Line

_NAMED_SOURCE: Final = re.compile(r"sourc|media|origin|laiyuan|from|\bsrc|publisher|ly\b")
_NAMED_ACCOUNT: Final = re.compile(
    r"author|account|nickname|username|user-name|subscribe|\bpgc|[\s_-]name\b|^name\b|media-name|profile|\bmp\b"
)
_NAMED_AUTHOR: Final = re.compile(r"author|byline|writer|zuozhe|\bauth\b")
_SET_APART: Final = re.compile(
    r"[\[【(（]\s*([\u3400-\u9fff]{2,4})\s*[\])）】]|(?:^|\t)原创\t([^\t]{2,16})(?=\t\D)"
)
_NAMED_ELSE: Final = re.compile(
    r"channel|crumb|category|catalog|\bcate\b|tag|share|comment|nav|path|menu|logo|tool|authentic|verif|caption"
)
_FOLLOW: Final = re.compile(
    r"\+?\s?(?:关注|關注|订阅|訂閱|已关注|企鹅号|百家号|头条号|搜狐号|网易号|大鱼号|.{0,20}官方账号)(?:TA)?$"
)
_NO_NAME: Final = re.compile("[。，！？：:；@#©]|[记記]者|報導$|(?<!经济)报道$")
"""What a sentence has, and what speaks of a reporter."""
_AROUND: Final = EDGES + ")）"
_LONGEST: Final = 30
_REACH: Final = 4
_WHOLE_NAME: Final = 3
_ENOUGH: Final = 2.0
_SURE: Final = 2.8
_FOLLOWED: Final = 2.1
_BETWEEN: Final = 1.3
"""What standing alone between heading and time is worth: accounts do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands without a label beside a story's time."""

    source: str | None = None
    authors: tuple[str, ...] = ()


def beside_time(lines: list[Line], at: int, time: ReadTime, *, known: Collection[str] = ()) -> Beside:
    """The medium or account, and the writers, printed without a label in the line of the time or next to it.

    `known` are names that labels have told already: they are no media.
    """
    source, most = None, 0.0
    authors = [name for line in lines[max(0, at - 2) : at + 1] for name in _set_apart(line.text)]
    known = {*known, *authors}
    pieces = list(_pieces(lines[at], time, known))
    authors.extend(_behind_medium(lines[at], pieces))
    authors.extend(_alone(lines[at], pieces))
    authors.extend(name for line in lines[max(0, at - 1) : at + 2] for name in _listed(line))
    for piece in (*pieces, *_neighbours(lines, at)):
        name, medium = _name_and_medium(piece.text)
        worth = _worth(replace(piece, text=medium)) if medium else 0.0
        if _is_known(piece.text, known) and (worth < _SURE or is_name(piece.text)):
            continue
        if worth >= _ENOUGH and worth > most:
            source, most = medium, worth
        if name or _is_author(piece):
            authors.append(name or piece.text)
    return Beside(source=source, authors=unique(authors))


def _is_known(piece: str, known: Collection[str]) -> bool:
    """Whether a piece consists of names that are known."""
    return piece in known or (bool(known) and all(token in known for token in tokens(piece)))


def under_heading(lines: list[Line]) -> str | None:
    """The account right under the heading of a story whose time stands elsewhere."""
    found = [(_worth(piece), piece.text) for piece in _neighbours(lines, -1)]
    worth, text = max(found, default=(0.0, ""))
    return text if worth >= _SURE else None


@dataclass(frozen=True, slots=True)
class _Piece:
    """An unlabelled piece of text near the time."""

    text: str
    owner: Node
    place: float
    """What its place is worth."""
    followed: bool = False
    """A 关注 or the platform's name comes after it: it is an account, whatever its form."""


def _name_and_medium(piece: str) -> tuple[str | None, str | None]:
    """`张三/日报` is a writer and a medium; anything else is taken for one medium."""
    one, stroke, other = piece.partition("/") if "/" in piece else piece.partition("／")
    if stroke and is_name(one.strip()) and not is_name(other.strip()):
        return one.strip(), other.strip() or None
    return None, piece


def _is_author(piece: _Piece) -> bool:
    named = _NAMED_AUTHOR.search(_names_around(piece.owner)[0])
    known = piece.text.lower() not in NOBODY and (is_name(piece.text) or is_latin(piece.text))
    return bool(named) and known


def _behind_medium(line: Line, pieces: list[_Piece]) -> list[str]:
    """A bare name in a line that also names a medium: `10:19 日报 张三丰`; a short one in no link."""
    names = [
        piece.text
        for piece in pieces
        if is_name(piece.text)
        and (len(piece.text) == _WHOLE_NAME or not (line.block.link_chars or CHANNEL.match(piece.text)))
    ]
    media = any(MEDIUM.search(piece.text) for piece in pieces)
    if len(names) != 1 or not (media or any(item.kind == "source" for item in labelled(line.text))):
        return []
    return names


def _alone(line: Line, pieces: list[_Piece]) -> list[str]:
    """The name that stands alone with the time, in no link: that would be a channel."""
    if len(pieces) != 1 or not is_name(pieces[0].text) or CHANNEL.match(pieces[0].text):
        return []
    piece = pieces[0]
    is_led = line.block.link_chars > 0 or _NAMED_ELSE.search(_names_around(piece.owner)[0])
    return [] if is_led or labelled(line.text) else [piece.text]


def _listed(line: Line) -> list[str]:
    """Two names and more in a piece of their own, or before the medium in it, where a medium is named."""
    pieces = [part for piece in _unlabelled(line.text).split("\t") for part in _parted(piece)]
    if len(pieces) < 2 or not any(MEDIUM.search(piece) for piece in pieces):  # noqa: PLR2004
        return []
    listed = (list(tokens(piece)) for piece in pieces if len(piece) <= _LONGEST)
    return [name for names in listed if len(names) > 1 and all(map(is_name, names)) for name in names]


def _parted(piece: str) -> list[str]:
    """A piece as it is, or the names and the medium that it consists of: `张三 李四 日报`."""
    names, blank, medium = piece.strip().rpartition(" ")
    is_both = blank and MEDIUM.search(medium) and all(map(is_name, names.split(" ")))
    return [names, medium] if is_both else [piece]


def _set_apart(line: str) -> list[str]:
    """Names in brackets of their own, `10:19 [ 张三 ]`, or behind the word 原创, before the account."""
    found = [match[1] or match[2] for match in _SET_APART.finditer(line)]
    return [name for name in found if is_name(name) or is_latin(name)]


def _pieces(line: Line, time: ReadTime, known: Collection[str]) -> Iterator[_Piece]:
    """Pieces of the time's line that may be the source, their elements, and what their place is worth."""
    before, after = line.text[: time.start], line.text[time.start + len(time.raw) :]
    sides = [[piece for piece in _free_pieces(text) if piece not in known] for text in (before, after)]
    alone = 1.2 * (len(sides[0]) + len(sides[1]) == 1)
    for side, pieces in enumerate(sides):
        for place, piece in enumerate(pieces):
            next_to_it = place == (0 if side else len(pieces) - 1)
            same_piece = next_to_it and side == 1 and not after.startswith("\t")
            place_worth = alone + 1.0 * next_to_it + 1.0 * same_piece
            yield _Piece(piece, _owner(line.block, piece), place_worth)


def _free_pieces(text: str) -> list[str]:
    """The unlabelled pieces of a text that may be a name, as they stand between tabs."""
    parts = [part for piece in _unlabelled(text).split("\t") for part in _parted(piece)]
    pieces = [piece.strip(_AROUND) for piece in parts]
    names = [(cut_source(piece), piece) for piece in pieces]
    return [name for name, piece in names if _may_be_source(name) and not _is_label(name, piece)]


def _is_label(name: str, piece: str) -> bool:
    """Whether a colon follows the name in its piece: no list knows all labels."""
    return piece.startswith(name) and piece[len(name) :].lstrip()[:1] in {":", "："}


def _neighbours(lines: list[Line], at: int) -> Iterator[_Piece]:
    """Lines near that of the time: an account with its 关注, a medium alone."""
    near = [n for n, line in enumerate(lines) if line.distance > 0 and abs(n - at) <= _REACH and n != at]
    for n in near:
        text = lines[n].text
        pieces = _free_pieces(text) if len(text) <= _LONGEST else []
        followed = n <= at + 1 and any(_FOLLOW.match(line.text) for line in lines[n + 1 : n + 3])
        for piece in pieces:
            alone = 0.8 * (len(pieces) == 1 and abs(n - at) == 1)
            alone += _BETWEEN * (alone > 0 and n == at - 1 and lines[n].distance == 1 and piece == text)
            yield _Piece(piece, _owner(lines[n].block, piece), alone + _FOLLOWED * followed, followed)


def _unlabelled(text: str) -> str:
    """The text before the first label, and what follows a labelled source in elements of its own."""
    found = labelled(text)
    if not found:
        return text
    behind = (_rest(item) for item in found if item.kind in {"source", "author"})
    return "\t".join([text[: found[0].start], *behind])


def _rest(item: Labelled) -> str:
    """What follows a labelled value: a source's in elements of its own, an author's behind a stroke."""
    if item.kind == "source":
        return item.value.lstrip("\t").partition("\t")[2]
    return item.value.partition(" | ")[2]


def _owner(block: Block, name: str) -> Node:
    """The element in which a piece of the block stands."""
    return next((owner for text, owner in block.runs if name[:4] in text), block.node)


def _may_be_source(name: str) -> bool:
    if name in PLACES or name.startswith(("（", "(")):
        return False
    if name.count("（") != name.count("）"):
        return False
    return 2 <= len(name) <= _LONGEST and not _NO_NAME.search(name) and not TOOL.match(name)  # noqa: PLR2004


def _worth(piece: _Piece) -> float:
    """What a piece's place, its form, and the names of its elements say for it."""
    inner, outer = _names_around(piece.owner)
    form = worth_of_form(piece.text)
    worth = piece.place + (max(form, 0.0) if piece.followed else form) - 1.5 * piece.text.endswith("公司")
    worth += max(2.5 * bool(_NAMED_SOURCE.search(inner)), 0.8 * bool(_NAMED_SOURCE.search(outer)))
    worth += max(2.0 * bool(_NAMED_ACCOUNT.search(inner)), 1.2 * bool(_NAMED_ACCOUNT.search(outer)))
    worth -= 2.0 * bool(_NAMED_ELSE.search(inner))
    worth += 0.4 * (piece.owner.within("a") is not None)
    return worth - 3.0 * (piece.owner.within("figure", "figcaption") is not None)


def _names_around(owner: Node) -> tuple[str, str]:
    """The names of the nearest named element around a piece, and those of the element around that."""
    named = (node for node in owner.ancestors() if len(node.names) > 1)
    inner = next(named, owner)
    return inner.names, inner.parent.names if inner.parent else ""
