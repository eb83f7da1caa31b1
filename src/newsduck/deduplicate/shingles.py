"""Texts as sets of character n-grams, and the small sample of them by which copies find each other (pure).

The sample is a bottom-k sketch (Broder 1997): the k smallest keys of a text's distinct shingles. A passage
that two texts share puts about the same share of its keys into both samples, whichever of the two is longer:
that finds a story within a longer one, which bands of MinHash values (they look for *alike* sets) miss.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]

BANDS = 40
"""Keys in a sample: a fifth of a text still shares eight of them on average."""
GRAM, LATIN_GRAM = 5, 15
"""Characters in a gram that texts are compared by; three times as many where letters spell words."""
SHINGLE, LATIN_SHINGLE = 8, 24
"""Characters in a sampled shingle: longer, so that stock phrases bring few strangers together."""
MARKS = 1 << 14
"""Two strangers of 600 letters set some twenty of them both; of long texts they tell nothing, at no cost."""
LATIN, MIXED = 0.7, (0.5, 0.85)
"""From this share of letters on a text consists of words; between these two it may be taken either way."""
FIRST_HAN = 0x2E80
"""Below it are alphabets, from it on characters that say a syllable or a word each."""
BASE = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True)
class Grams:
    """The grams of one text: a key for each place where one begins."""

    width: int
    keys: Keys

    @cached_property
    def order(self) -> npt.NDArray[np.int64]:
        """Their places by ascending key, equal ones in the text's order."""
        return np.argsort(self.keys, kind="stable")

    @cached_property
    def ordered(self) -> Keys:
        """All of them, ascending."""
        return self.keys[self.order]

    @cached_property
    def distinct(self) -> Keys:
        """The set of them, ascending."""
        return self.ordered[_first_ones(self.ordered)]


@dataclass(frozen=True)
class Text:
    """A folded text, with what comparisons need, each made once and only when asked for."""

    folded: str

    @cached_property
    def codes(self) -> Keys:
        """One code point a character."""
        return np.frombuffer(self.folded.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)

    @cached_property
    def latin(self) -> float:
        """Share of the characters that are letters of an alphabet or figures, 0 to 1."""
        return int(np.count_nonzero(self.codes < FIRST_HAN)) / max(1, self.codes.size)

    @cached_property
    def grams(self) -> Grams:
        """The grams by which texts are compared."""
        return Grams(GRAM, windows(self.codes, GRAM))

    @cached_property
    def marks(self) -> Keys:
        """MARKS bits, one set for each gram: what two texts have in common cannot be much more than these."""
        marks = np.zeros(MARKS, dtype=np.bool_)
        marks[self.grams.keys >> np.uint64(64 - MARKS.bit_length() + 1)] = True
        return np.packbits(marks).view(np.uint64)

    @cached_property
    def latin_grams(self) -> Grams:
        """The grams by which two texts are compared that both consist of words."""
        return Grams(LATIN_GRAM, windows(self.codes, LATIN_GRAM))

    @cached_property
    def sample(self) -> tuple[int, ...]:
        """The sketch: up to BANDS keys of 32 bits; a text of two scripts gives half of them to each."""
        lowest, highest = MIXED
        if self.latin < lowest:
            return self._sample(SHINGLE, BANDS)
        if self.latin > highest:
            return self._sample(LATIN_SHINGLE, BANDS)
        return self._sample(SHINGLE, BANDS // 2) + self._sample(LATIN_SHINGLE, BANDS // 2)

    def _sample(self, width: int, size: int) -> tuple[int, ...]:
        """The smallest distinct keys of the shingles of that width."""
        keys = np.sort((_mixed(windows(self.codes, width)) >> np.uint64(32)).astype(np.uint32))
        return tuple(keys[_first_ones(keys)][:size].tolist())


def windows(codes: Keys, width: int) -> Keys:
    """A polynomial key for each window of so many codes, made from windows of half the width.

    Empty where the text is shorter than one window.
    """
    if codes.size < width:
        return np.empty(0, dtype=np.uint64)
    if width == 1:
        return codes
    half = width // 2
    right = windows(codes, width - half)
    left = windows(codes, half) if width % 2 else right
    power = np.uint64(pow(int(BASE), width - half, 1 << 64))
    return left[: right.size - half] * power + right[half:]


def _first_ones(ascending: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Of equal neighbours, the first."""
    first = np.ones(ascending.size, dtype=np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return first


def _mixed(keys: Keys) -> Keys:
    """Keys whose order has nothing to do with the characters (splitmix64's finisher)."""
    keys = (keys ^ (keys >> np.uint64(30))) * MIX_1
    keys = (keys ^ (keys >> np.uint64(27))) * MIX_2
    return keys ^ (keys >> np.uint64(31))
