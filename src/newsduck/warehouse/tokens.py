"""Texts as tokens for search: two neighbouring characters, or a Latin word, each one number (pure).

Chinese has no spaces between words, so every letter is taken with its successor (c « 21 | d); the last one
of a run stands alone (c « 21), so that one letter is found by a range. A run of a-z and 0-9 is a word: its
first twelve characters as digits of base 37, above 2⁶³. Both are exact, and SQL works them out, too.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from newsduck.warehouse.folds import HIGHEST, fold_codes

Numbers = npt.NDArray[np.uint64]

SHIFT = 21  # bits of a code point
BASE = 37
WORD_LETTERS = 12  # 37¹² < 2⁶³
WORD = 1 << 63
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NONE, _WORD, _LETTER = 0, 1, 2


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Code point → part of a word, another letter, or neither."""
    kinds = np.zeros(0x110000, np.uint8)
    kinds[[code for code in range(HIGHEST) if chr(code).isalnum()]] = _LETTER
    kinds[[ord(digit) for digit in _DIGITS]] = _WORD
    return kinds


@cache
def _digits() -> Numbers:
    """Code point below 128 → its digit in base 37."""
    digits = np.zeros(128, np.uint64)
    digits[[ord(digit) for digit in _DIGITS]] = np.arange(1, BASE)
    return digits


def tokens(texts: Sequence[str]) -> tuple[Numbers, npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """All tokens of some texts: the token, the index of its text, and its place among all characters."""
    joined = "\n".join(texts).encode("utf-32-le", "surrogatepass")
    codes = fold_codes()[np.frombuffer(joined, dtype=np.uint32)]
    kinds = _kinds()[codes]
    numbers, places = (
        np.concatenate(both) for both in zip(_pairs(codes, kinds), _words(codes, kinds), strict=True)
    )
    lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    return numbers, np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[places], places


def _pairs(
    codes: npt.NDArray[np.uint32], kinds: npt.NDArray[np.uint8]
) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Each letter with its successor, where that is a letter too."""
    places = np.flatnonzero(kinds == _LETTER)
    following = np.where(np.append(kinds[1:], _NONE) == _LETTER, np.append(codes[1:], 0), 0).astype(np.uint64)
    return (codes[places].astype(np.uint64) << np.uint64(SHIFT)) | following[places], places


def _words(
    codes: npt.NDArray[np.uint32], kinds: npt.NDArray[np.uint8]
) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Each run of a-z and 0-9 as one number."""
    places = np.flatnonzero(kinds == _WORD)
    if not places.size:
        return np.empty(0, np.uint64), places
    begins = np.flatnonzero(np.diff(places, prepend=-2) != 1)
    within = np.arange(places.size) - np.repeat(begins, np.diff(begins, append=places.size))
    powers = np.array([BASE**power for power in range(WORD_LETTERS)] + [0], dtype=np.uint64)
    worth = _digits()[codes[places]] * powers[np.minimum(within, WORD_LETTERS)]
    return np.add.reduceat(worth, begins) | np.uint64(WORD), places[begins]
