"""What an address alone tells: its shape, and whether it can lead to a story (pure)."""

import re
from functools import lru_cache

_DIGITS = re.compile(r"\d")
_EXTENSION = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|do|pdf)$", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default|home|main|list|all)(?:\.\w+)?$", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_DATE = re.compile(r"20[0-3]\d[-/_]?[01]\d|/\d\d/[01]\d[0-3]\d/|/\d\d-\d\d/\d\d/")
_SERVICE = re.compile(
    r"/(?:users?|authors?|profile|space|tags?|key-?words?|search|so|log-?in|register|passport|downloads?|app|apps|feedback|"
    r"subscribe|account|shop|store|help|about|contact|services?)(?:[/.?]|$)|/(?:user|author|tag)_",
    re.IGNORECASE,
)
_ADVERT_HOST = re.compile(r"(?:^|\.)(?:ads?|adx?|click|sax|union|cpro|tanx|track(?:ing)?|e|game)\d*\.", re.IGNORECASE)
SLUG_HYPHENS = 3
"""A last path part with this many hyphens spells out a headline."""
_NUMBERED = re.compile(r"\d{4}")
DATE_DIGITS = 4
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
        address, _, fragment = url.partition("#")
        address, _, query = address.partition("?")
        host, _, path = address.partition("://")[2].partition("/")
        parts = [part for part in path.split("/") if part]
        last = parts[-1] if parts else ""
        stem = _EXTENSION.sub("", last)
        number = fragment.isdecimal() and len(fragment) >= ID_DIGITS
        self.site = site(host.lower())
        self.digits = len(_DIGITS.findall(path)) + len(_DIGITS.findall(query)) + len(fragment) * number
        self.is_dated = self.digits >= DATE_DIGITS and _DATE.search(f"/{path}?{query}") is not None
        self.is_root = not parts and not number and not _NUMBERED.search(query)
        self.is_service = _SERVICE.search(f"/{path}") is not None or _ADVERT_HOST.search(host) is not None
        self.is_document = stem != last or _spells_a_story(stem)
        is_folder = self.is_root or _INDEX.match(last) is not None or _is_folder(path, last)
        self.is_index = is_folder and not number and not self.is_dated
        folders = ["0" if _DIGITS.search(part) else "w" for part in parts[:-1]]
        self.family = f"{self.site}/{'/'.join(folders)}/{_mark(last, stem)}?{_names(query)}"
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
