"""Display width: columns as a fixed-width screen or a Chinese editing system counts them (pure)."""

import re
from typing import Final

_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    "\u00b7\u2014\u2015\u2018\u2019\u201c\u201d\u2026\u2460-\u24ff\u2500-\u26ff\U0001f300-\U0001faff\U00020000-\U0003fffd]+"
)
"""East-Asian wide and full-width characters, and the punctuation that GB fonts draw wide as well."""
_ELLIPSES: Final = ("…", "..", "。。。", "⋯")
MIN_CUT_WIDTH: Final = 24
"""Lists cut shorter than this are menus."""
MIN_PILED: Final = 3
"""So many entries of one width are no chance …"""
PILED_SHARE: Final = 0.4
"""… where they are this much of their list."""

MIN_TEASER_WIDTH: Final = 56
TEASER_BAND: Final = 6
MIN_TEASERS: Final = 8
TEASER_SHARE: Final = 0.7
"""Wider than headlines are: where most of many entries end within so few columns, they open stories.

Cut before marks and blanks were dropped, they no longer end at one column, but near it.
"""


def width(text: str) -> int:
    """Columns that a text takes: two for a Chinese character, one for a Latin letter."""
    return len(text) if text.isascii() else len(text) + len("".join(_WIDE.findall(text)))


def ends_in_ellipsis(text: str) -> bool:
    """Whether a text is visibly cut."""
    return text.rstrip().endswith(_ELLIPSES)


def cut_width(widths: list[int]) -> int | None:
    """The column at which a list's entries are cut; None where they just end.

    Entries pile up at the widest column (or one short of it, where a wide character did not fit any more).
    """
    if len(widths) < MIN_PILED:
        return None
    widest = max(widths)
    piled = sum(value >= widest - 1 for value in widths)
    if widest < MIN_CUT_WIDTH or piled < max(MIN_PILED, PILED_SHARE * len(widths)):
        return None
    return widest


def teaser_width(widths: list[int]) -> int | None:
    """The same for lists without links, whose entries may be openings of stories and end near one column."""
    widest = max(widths, default=0)
    near = sum(value >= widest - TEASER_BAND for value in widths)
    if widest >= MIN_TEASER_WIDTH and near >= max(MIN_TEASERS, TEASER_SHARE * len(widths)):
        return widest - TEASER_BAND + 1
    return cut_width(widths)
