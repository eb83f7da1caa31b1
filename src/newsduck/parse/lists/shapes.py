"""What an address alone tells: its shape, and whether it can lead to a story (pure)."""

import re
from typing import Final, NamedTuple

from newsduck.parse.memo import Memo

_DIGITS: Final = re.compile(r"\d")
_ANY_DIGIT: Final = bytes.maketrans(b"123456789", b"000000000")
_NUMBER: Final = re.compile(r"\d{4}")
_EXTENSION: Final = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|do|pdf)$", re.IGNORECASE)
_INDEX: Final = re.compile(r"(?:index|default|home|main|list|all)(?:\.\w+)?$", re.IGNORECASE)
_DATE: Final = re.compile(r"20[0-3]\d[-/_]?[01]\d|/\d\d/[01]\d[0-3]\d/|/\d\d-\d\d/\d\d/")
_SERVICE: Final = re.compile(
    r"/(?:users?|authors?|profile|space|tags?|key-?words?|search|so|log-?in|register|passport|downloads?|apps?|"
    r"feedback|subscribe|account|shop|store|help|about|contact|services?)(?:[/.?]|$)|/(?:user|author|tag)_",
    re.IGNORECASE,
)
_ADVERT: Final = re.compile(
    r"(?:^|\.)(?:ads?|adx?|adclick|click|clk|sax|cpro|tanx|doubleclick|track(?:ing)?)\d*\."
    r"|(?:^|\.)(?:g|go|goto|deliver|utrack)\.(?=[\w-]+\.)|[/.](?:ad)?click(?:[/.]|$)",
    re.IGNORECASE,
)
_SEARCH: Final = re.compile(r"(?:^|&)(?:q|query|wd|kw|words?|keywords?|search\w*)=", re.IGNORECASE)
_SECOND_LEVEL: Final = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_ROUTES: Final = frozenset("/!")
"""With one of these begins a fragment that a script makes a page of."""
ID_DIGITS: Final = 5
"""A number this long behind `#` names a clip or a post on a page that shows any of them."""
PLACE_DIGITS: Final = 2
"""A folder whose name has no more digits is a channel, a topic, a page of a list."""
SLUG_HYPHENS: Final = 3
"""A last path part with this many hyphens spells out a headline."""
LONG_NAME: Final = 24
"""So does one this long, or it is an opaque id."""


class Shape(NamedTuple):
    """An address taken apart, as far as the search for headlines needs it.

    A tuple, because every link of a page has one and a frozen dataclass takes three times as long to make.
    """

    site: str
    digits: int
    is_dated: bool
    is_document: bool
    """The last part has an extension or spells out a headline."""
    is_index: bool
    """A front page, a channel, a folder."""
    is_service: bool
    """A person, a tag, a search, a shop."""
    is_advert: bool
    """Counted by somebody who is paid for clicks."""
    family: str
    """What siblings share: site, depth, where digits stand, the kind of the last part."""


def shape_of(url: str) -> Shape:
    """The shape of an absolute address; a fragment that is one itself counts as a path."""
    address, query, number = _parts(url)
    scheme, _, rest = address.partition("://")
    folder, slash, last = (rest or scheme).rstrip("/").rpartition("/")
    if not slash:
        folder, last = last, ""
    names_day = "20" in last and _DATE.search(last) is not None
    shape = _PATHS.of((folder, _zeros(last), address.endswith("/"), names_day))
    if not (query or number):
        return shape
    asked = _QUERIES.of(query)
    names_page = number or asked.is_dated or (asked.has_number and not last)
    return Shape(
        shape.site,
        shape.digits + asked.digits + number,
        shape.is_dated or asked.is_dated,
        shape.is_document,
        shape.is_index and not names_page,
        shape.is_service or asked.is_search,
        shape.is_advert,
        shape.family + asked.names,
    )


def _parts(url: str) -> tuple[str, str, int]:
    """Of an address what stands before its query, the query, and the digits of a number behind `#`."""
    address, query, number = url, "", 0
    if "#" in url:
        address, _, fragment = url.partition("#")
        if fragment[:1] in _ROUTES:
            address = f"{address.partition('?')[0].rstrip('/')}/{fragment.lstrip('!/')}"
        elif fragment.isdecimal() and len(fragment) >= ID_DIGITS:
            number = len(fragment)
    if "?" in address:
        address, _, query = address.partition("?")
    return address, query, number


def _zeros(last: str) -> str:
    """A last part with its digits as zeros."""
    # By way of bytes: `str.translate` raises and clears an error for each letter that its table lacks.
    return last.encode("utf-8", "surrogatepass").translate(_ANY_DIGIT).decode("utf-8", "surrogatepass")


def _shape_of_path(path: tuple[str, str, bool, bool]) -> Shape:
    """The shape of a path, whatever the digits of its last part.

    Its folder and its last part; whether a slash follows, and whether those digits are a date's. Siblings
    have one and the same, so it is worth remembering; so are its parts, for the next day's siblings.
    """
    folder, last, is_folder, names_day = path
    place = _FOLDERS.of(folder)
    name = _NAMES.of((last, is_folder))
    is_dated = place.is_dated or names_day
    return Shape(
        place.site,
        place.digits + name.digits,
        is_dated,
        name.is_document,
        name.is_index and not is_dated,
        place.is_service or name.is_service,
        place.is_advert or name.is_advert,
        f"{place.family}/{name.kind}?",
    )


_PATHS: Final = Memo(_shape_of_path, most=4096)


class _Folder(NamedTuple):
    """All of an address but its last part."""

    site: str
    digits: int
    is_dated: bool
    is_service: bool
    is_advert: bool
    family: str


def _folder(text: str) -> _Folder:
    host, _, path = text.partition("/")
    name = site(host.lower())
    parts = ["0" if _DIGITS.search(part) else "w" for part in path.split("/") if part]
    return _Folder(
        site=name,
        digits=len(_DIGITS.findall(path)),
        is_dated=_DATE.search(f"/{path}/") is not None,
        is_service=_SERVICE.search(f"/{path}/") is not None,
        is_advert=_ADVERT.search(text) is not None,
        family=f"{name}/{'/'.join(parts)}",
    )


_FOLDERS: Final = Memo(_folder, most=4096)


def site(host: str) -> str:
    """The registered name of a host, roughly: `news.sina.com.cn` → `sina.com.cn`."""
    parts = host.split(".")
    country = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL  # noqa: PLR2004
    return ".".join(parts[-3:] if country else parts[-2:])


class _Name(NamedTuple):
    """The last part of an address, whatever its digits."""

    digits: int
    is_document: bool
    is_index: bool
    """Names a place of many pages; `?p=12345` behind a bare host names one."""
    is_service: bool
    is_advert: bool
    kind: str


def _name(part: tuple[str, bool]) -> _Name:
    """What a last part tells; and whether a slash follows it."""
    last, is_folder = part
    stem = _EXTENSION.sub("", last)
    is_story = _spells_a_story(stem)
    is_bare = is_folder and not _spells_a_story(last) and len(_DIGITS.findall(last)) <= PLACE_DIGITS
    kind = "0" if _DIGITS.search(stem) else "-" if is_story else "w"
    return _Name(
        digits=len(_DIGITS.findall(last)),
        is_document=stem != last or is_story,
        is_index=not last or is_bare or _INDEX.match(last) is not None,
        is_service=_SERVICE.match(f"/{last}") is not None,
        is_advert=last.startswith(("click", "adclick")),
        kind=kind + last[len(stem) :],
    )


_NAMES: Final = Memo(_name, most=4096)


def _spells_a_story(stem: str) -> bool:
    return len(stem) >= LONG_NAME or stem.count("-") >= SLUG_HYPHENS


class _Query(NamedTuple):
    """What follows the question mark: most addresses of a list have the same, that of the list."""

    digits: int
    is_dated: bool
    has_number: bool
    is_search: bool
    names: str


def _query(query: str) -> _Query:
    return _Query(
        digits=len(_DIGITS.findall(query)),
        is_dated=_DATE.search(query) is not None,
        has_number=_NUMBER.search(query) is not None,
        is_search=_SEARCH.search(query) is not None,
        names="&".join(sorted({pair.partition("=")[0] for pair in query.split("&")})) if query else "",
    )


_QUERIES: Final = Memo(_query, most=4096)
