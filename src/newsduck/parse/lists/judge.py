"""Is a link a headline? A sum of a few plain claims about its words, its mates and its address (pure).

The weights are the rounded ones of a logistic regression over hand-labelled front pages, every page counting
alike and a second time with all its digits hidden, so that nothing rests on dates in addresses. Leaving each
page out of the fit in turn costs about one point of F1 (0.99 → 0.98), with the digits hidden or not.
"""

from typing import Final

from newsduck.parse.lists.gather import Candidate

FULL_WIDTH: Final = 40
"""Columns from which a text is as long as a headline needs to be."""
START: Final = -2.7
OWN_WIDTH: Final = 2.0
ROLE_WIDTH: Final = 3.5
FAMILY_WIDTH: Final = 2.5
A_WORD: Final = -0.6
A_WORD_COLUMNS: Final = 7
A_FEW_WORDS: Final = -2.2
FEW_WORDS_COLUMNS: Final = 12
DOCUMENT: Final = 1.1
NUMBERED: Final = 0.5
NUMBERED_DIGITS: Final = 6
DATED: Final = 0.5
DATED_DOCUMENT: Final = 1.0
"""Not fitted: outside of menus, a date and a document's name lead to a story, however short its text."""
AMONG_HEADLINES: Final = 1.8
LONG_FAMILY: Final = 24
KNOWN_DIGITS: Final = 3
FIVE_COLUMNS: Final = 10
"""Not fitted either: what a numbered address of the same form as those of long texts leads to."""
PICTURED: Final = 2.5
PICTURED_COLUMNS: Final = 8
"""Nor this: a few words under a picture, at a numbered address."""
INDEX: Final = -3.2
FURNITURE: Final = -3.5
SERVICE: Final = -1.9
FOREIGN: Final = -1.5


def score(link: Candidate) -> float:
    """Above zero: more likely a headline than not."""
    shape = link.shape
    columns = link.width
    return (
        START
        + OWN_WIDTH * _share(columns)
        + ROLE_WIDTH * _share(link.role_width)
        + FAMILY_WIDTH * _share(link.family_width)
        + (A_WORD if columns <= A_WORD_COLUMNS else 0.0)
        + (A_FEW_WORDS if columns <= FEW_WORDS_COLUMNS else 0.0)
        + (DOCUMENT if shape.is_document else 0.0)
        + (NUMBERED if shape.digits >= NUMBERED_DIGITS else 0.0)
        + (DATED if shape.is_dated else 0.0)
        + (DATED_DOCUMENT if shape.is_dated and shape.is_document and not link.in_furniture else 0.0)
        + (AMONG_HEADLINES if _is_among_headlines(link) else 0.0)
        + (PICTURED if _is_under_picture(link) else 0.0)
        + (INDEX if shape.is_index else 0.0)
        + (FURNITURE if link.in_furniture else 0.0)
        + (SERVICE if shape.is_service else 0.0)
        + (FOREIGN if link.is_foreign else 0.0)
    )


def _is_among_headlines(link: Candidate) -> bool:
    shape = link.shape
    is_numbered = shape.is_document and shape.digits >= KNOWN_DIGITS and link.width >= FIVE_COLUMNS
    return is_numbered and link.family_width >= LONG_FAMILY and not (link.in_furniture or shape.is_index)


def _is_under_picture(link: Candidate) -> bool:
    if not link.is_pictured or not PICTURED_COLUMNS <= link.width <= FEW_WORDS_COLUMNS:
        return False
    shape = link.shape
    return shape.is_document and shape.digits >= KNOWN_DIGITS and not (link.in_furniture or link.is_foreign)


def _share(columns: float) -> float:
    return columns / FULL_WIDTH if columns < FULL_WIDTH else 1.0
