"""The name of a medium out of what is printed behind 来源 and the like."""

import re
from typing import Final

_DOMAIN: Final = re.compile(r"(?:https?://|www\.)\S*|^[\w-]+(?:\.[\w-]+)+/?$", re.IGNORECASE)
_SITE: Final = re.compile(r"(?!www\.)[A-Za-z0-9][\w-]*\.[A-Za-z]{2,4}(?:\.cn)?$")
"""A medium that is named like its address: `Example.COM`."""
_ACCOUNT: Final = re.compile(r"^(?:微信)?公[众眾][号號]\s*[:：]?")
_ACCOUNT_ID: Final = re.compile(r"[（(]?\s?(?:ID|id|微信号|微信公众号|公众号)\s?[:：]|[，,；;]")
_DATE: Final = re.compile(r"(?:19|20)\d\d\s?[-/.年]|\d\d:\d\d|\d{1,2}月\d")
_INSIDE_QUOTES: Final = re.compile(r"(?<=[《“])\s+|\s+(?=[》”])")
_GAP: Final = re.compile(r"(?<![A-Za-z&.,'’]) | (?![A-Za-z&(])|[|｜]")
_HANGING: Final = re.compile(r"[\[【][^\]】]*[\]】]?$|[（(]$")
_SENTENCE: Final = re.compile("[。！？]")
EDGES: Final = " \t[]【】|｜丨/／·•∙▪-—–:：,，;；。.、>＞<»\"“”'\u3000"
_PAIRS: Final = (("《", "》"), ("（", "）"), ("(", ")"), ("“", "”"), ("「", "」"), ("『", "』"))
_LONGEST: Final = 30


def clean_source(value: str) -> str | None:
    """The medium's name out of what stands behind 来源; None where nothing sensible does."""
    for piece in value.split("\t"):
        bare = _ACCOUNT.sub("", piece.strip(EDGES)).strip(EDGES)
        name = bare if _SITE.match(bare) else cut_source(bare)
        if name:
            return name if len(name) <= 2 * _LONGEST and not _SENTENCE.search(name) else None
    return None


def cut_source(piece: str) -> str:
    """The piece up to a date, an address or a gap that is none between Latin words."""
    if piece.isalpha():
        return piece.strip(EDGES)
    for pattern in (_DATE, _DOMAIN, _ACCOUNT_ID):
        found = pattern.search(piece)
        if found:
            piece = piece[: found.start()]
    piece = _GAP.split(_INSIDE_QUOTES.sub("", piece).strip(EDGES), maxsplit=1)[0]
    piece = _HANGING.sub("", piece).strip(EDGES)
    piece = piece if "（" in piece or "(" in piece else piece.rstrip("）)")
    for opening, closing in _PAIRS:
        if piece.startswith(opening) and piece.endswith(closing) and piece.count(opening) == 1:
            piece = piece[1:-1].strip(EDGES)
    return piece
