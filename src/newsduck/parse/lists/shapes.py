"""What an address alone tells: its shape, and whether it can lead to a story (pure)."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

_DIGITS = re.compile(r"\d")
_EXTENSION = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|do|pdf)$", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default|home|main|list|all)(?:\.\w+)?$", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_DATE = re.compile(r"20[0-3]\d[-/_]?[01]\d|/\d\d/[01]\d[0-3]\d/|/\d\d-\d\d/\d\d/")
_SERVICE = re.compile(
    r"/(?:users?|authors?|profile|space|tags?|search|so|log-?in|register|passport|downloads?|app|apps|feedback|"
    r"subscribe|account|shop|store|help|about|contact|services?)(?:[/.?]|$)|/(?:user|author|tag)_",
    re.IGNORECASE,
)
_ADVERT_HOST = re.compile(r"(?:^|\.)(?:ads?|adx?|click|sax|union|cpro|tanx|track(?:ing)?|e|game)\d*\.", re.IGNORECASE)
SLUG_HYPHENS = 3
"""A last path part with this many hyphens spells out a headline."""
ID_DIGITS = 5
"""A number this long behind `#` names a clip or a post on a page that shows any of them."""
LONG_NAME = 24
"""So does one this long, or it is an opaque id."""


@lru_cache(maxsize=4096)
def site(host: str) -> str:
    """The registered name of a host, roughly: `news.sina.com.cn` → `sina.com.cn`."""
    parts = host.split(".")
    country = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL  # noqa: PLR2004
    return ".".join(parts[-3:] if country else parts[-2:])


class Shape:
    """An address taken apart, as far as the search for headlines needs it."""

    __slots__ = ("digits", "family", "is_dated", "is_document", "is_index", "is_root", "is_service", "site")

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        path = [part for part in parts.path.split("/") if part]
        last = path[-1] if path else ""
        stem = _EXTENSION.sub("", last)
        tail = f"{parts.path}?{parts.query}"
        number = parts.fragment.isdecimal() and len(parts.fragment) >= ID_DIGITS
        self.site = site(parts.netloc.lower())
        self.digits = len(_DIGITS.findall(tail)) + len(parts.fragment) * number
        self.is_dated = _DATE.search(tail) is not None
        self.is_root = not path and not number
        self.is_service = _SERVICE.search(parts.path) is not None or _ADVERT_HOST.search(parts.netloc) is not None
        self.is_document = bool(_EXTENSION.search(last)) or _spells_a_story(stem)
        is_folder = bool(_INDEX.match(last)) or _is_folder(parts.path, last)
        self.is_index = not number and not self.is_dated and (self.is_root or is_folder)
        folders = ["0" if _DIGITS.search(part) else "w" for part in path[:-1]]
        self.family = f"{self.site}/{'/'.join(folders)}/{_mark(last, stem)}?{_names(parts.query)}"
        """What siblings share: site, depth, where digits stand, the kind of the last part."""


def _spells_a_story(stem: str) -> bool:
    return stem.count("-") >= SLUG_HYPHENS or len(stem) >= LONG_NAME


def _is_folder(path: str, last: str) -> bool:
    return path.endswith("/") and not _DIGITS.search(last) and not _spells_a_story(last)


def _mark(last: str, stem: str) -> str:
    kind = "0" if _DIGITS.search(stem) else "-" if _spells_a_story(stem) else "w"
    return kind + last[len(stem) :]


def _names(query: str) -> str:
    return "&".join(sorted({pair.partition("=")[0] for pair in query.split("&")})) if query else ""
