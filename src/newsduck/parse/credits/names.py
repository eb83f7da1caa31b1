"""Names of people: what is one, where a run of names comes apart, what is printed around them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from newsduck.parse.credits.words import COMPOUND, NOT_NAMES, SURNAMES, TOWNS

_HAN: Final = re.compile(r"[\u3400-\u9fff]+\Z")
_BORROWED: Final = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•・][\u3400-\u9fff]{1,10}){1,3}\Z")
_MEDIUM: Final = re.compile(r"(?:网|站|社|报|台|新闻|频道|中心|联盟|记者|编辑|通讯员)(?:[·•・]|$)")
"""Media and their branches have dots in their names as well."""
_LATIN: Final = re.compile(r"[A-Za-zÀ-ÿ][\w.'’-]*(?: [A-Za-zÀ-ÿ][\w.'’-]*){0,3}\Z")
_AROUND: Final = re.compile(
    r"^(?:[【\[〔（(《“\"'·•\-—–:：|｜丨/／@<>＞]|by\b|\s)+|[】\]〕）)》”\"'·•\-—–:：|｜丨/／<>＞。.\s]+$",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]*[)）\]】〕]?")
_ISLANDS: Final = frozenset(["台灣", "台湾", "臺灣"])
"""Papers abroad print it before the town that they write from."""
_PRESS_OFFICE: Final = frozenset("宣轩萱")
"""Press offices of the province, the court, the police write as 粤法宣 and the like."""
_MEDIA: Final = frozenset("报報网網社刊")
"""Last characters of media, and of nobody."""
_LETTER: Final = re.compile(r"\w")
_CLOSED: Final = re.compile(r"(?<=[^\s])[)）\]】〕]")
_CODE: Final = re.compile(r"[_\s-]*(?:(?<=_)|\b)[A-Z]{1,8}\d{2,8}(?!\w)")
_BETWEEN: Final = re.compile(r"[\s\t、,，;；/／&＆|｜丨+▪●]|和(?=[\u3400-\u9fff]{2})")
_BETWEEN_LATIN: Final = re.compile(r"[\t、,，;；/／&＆|｜丨+]|\sand\s")
_TAIL: Final = re.compile(
    r"等?(?:(?:综合|摄影|采访|现场|图文|記者|通讯员)?(?:报道|報道|報導)|专访|專訪|\d{1,2}日[專专]?[電电]|文/图|图/文|文图|图文|整理|综合|整合|编译|编辑|撰文|撰写|"
    r"采写|执笔|文|发自.*|等)$"
)


def is_name(text: str) -> bool:
    """Whether a text has the form of a Chinese name: a family name and one or two characters, or borrowed."""
    if _BORROWED.match(text):
        return len(text) <= 20 and not _MEDIUM.search(text)  # noqa: PLR2004
    if not _HAN.match(text) or text in NOT_NAMES or text[:2] in NOT_NAMES or text[-1] in _MEDIA:
        return False
    if text[:2] in COMPOUND:
        return 3 <= len(text) <= 4  # noqa: PLR2004
    is_pen_name = len(text) == 3 and text[-1] in _PRESS_OFFICE  # noqa: PLR2004
    return is_pen_name or (2 <= len(text) <= 3 and text[0] in SURNAMES)  # noqa: PLR2004


def is_latin(text: str) -> bool:
    """Whether a text may be a name or an account in Latin letters."""
    return bool(_LATIN.match(text)) and len(text) <= 40  # noqa: PLR2004


def tokens(value: str) -> Iterator[str]:
    """The names that a value lists, bare of brackets, codes and marks, in their order."""
    outside = _CLOSED.split(_BRACKETS.sub(" ", value), maxsplit=1)[0]
    value = outside if _LETTER.search(outside) else value
    bare = _CODE.sub(" ", value)
    bare = bare if _LETTER.search(bare) else value
    latin = is_latin(" ".join(bare.split()))
    pieces = [_bare(piece) for piece in (_BETWEEN_LATIN if latin else _BETWEEN).split(bare)]
    for piece in _closed_up([piece for piece in pieces if piece]):
        yield " ".join(piece.split())


def _bare(piece: str) -> str:
    return _AROUND.sub("", piece).strip("_ 　")


def _closed_up(pieces: list[str]) -> Iterator[str]:
    """Names of two characters that were set apart by a blank to fill three places: `张 三` → `张三`."""
    held = ""
    for piece in pieces:
        if len(piece) == 1 and _HAN.match(piece):
            if held:
                yield held + piece
                held = ""
            else:
                held = piece
            continue
        if held:
            yield held
            held = ""
        yield piece
    if held:
        yield held


def without_tail(token: str) -> str:
    """A token without the work that is named after it: `张三报道` → `张三`."""
    return _TAIL.sub("", token)


def sure_names(token: str) -> list[str]:
    """The names that a token consists of, [] where it is none; `罗科苏盈` is two, `张三报道` one."""
    bare = without_tail(token)
    if token in NOT_NAMES or (bare != token and bare in TOWNS):
        return []
    if bare != token and _BORROWED.match(bare) and is_name(bare):
        return [bare]
    if is_name(token):
        return [token]
    if bare != token:
        return _before_place(bare) or sure_names(bare) or _before_place(bare, sure=False)
    if _HAN.match(token) and 4 <= len(token) <= 9:  # noqa: PLR2004
        return _apart(token) or []
    return []


def _before_place(run: str, *, sure: bool = True) -> list[str]:
    """The name in front of a place of writing: `张三上海`; sure where that is none."""
    for length in (2,) if sure else (2, 3):
        if is_name(run[:-length]) and not (sure and (is_name(run) or is_name(run[-length:]))):
            return [run[:-length]]
    island = is_name(run[:-4]) and run[-4:-2] in _ISLANDS
    return [run[:-4]] if island else []


def _apart(run: str) -> list[str] | None:
    """A run of names without separators, taken apart; None where it does not come out even."""
    if not run:
        return []
    for length in (3, 2, 4):
        if len(run) >= length and is_name(run[:length]):
            rest = _apart(run[length:])
            if rest is not None:
                return [run[:length], *rest]
    return None


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once, in the order of their first mention."""
    return tuple(dict.fromkeys(name for name in names if name))
