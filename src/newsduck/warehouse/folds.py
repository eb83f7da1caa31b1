"""Texts folded for comparison: width, script, case, white space and punctuation set aside (pure)."""

import re
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt
from opencc import OpenCC

_SPACE = re.compile(r"\s+")
HIGHEST = 0x32400  # planes 0 to 3 hold every letter there is
OPENING = 8  # letters that a cut headline must share with a title or a lead


def _tables() -> tuple[str, str]:
    """Characters that fold to another single one, and what to: NFKC, then simplified, then lower case."""
    ranges = (range(0x21, 0xD800), range(0xF900, 0x10000), range(0x20000, 0x2A6E0))
    before = [chr(code) for block in ranges for code in block]
    after = OpenCC("t2s").convert("\n".join(unicodedata.normalize("NFKC", c) for c in before)).lower()
    pairs = [
        (old, new) for old, new in zip(before, after.split("\n"), strict=True) if old != new and len(new) == 1
    ]
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)


FOLD_FROM, FOLD_TO = _tables()
_FOLDS = dict(zip(FOLD_FROM, FOLD_TO, strict=True))
_SIMPLE = [ord(_FOLDS.get(chr(code), chr(code))) for code in range(HIGHEST)]
_LETTERS = [code if chr(code).isalnum() else None for code in _SIMPLE]  # a list: dicts are slow at misses


def simplify(text: str) -> str:
    """Half width, simplified script and lower case, character by character; length never changes."""
    return text.translate(_SIMPLE)


def letters(text: str) -> str:
    """Only letters and digits, simplified: `306.4万股` and `306 4 万股` become equal."""
    return text.translate(_LETTERS)


def wording(text: str) -> str:
    """What makes two texts the same wording: white space and width do not count, all else does."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


@cache
def fold_codes() -> npt.NDArray[np.uint32]:
    """Code point → folded code point, as an array for whole texts at once."""
    codes = np.arange(0x110000, dtype=np.uint32)
    codes[[ord(c) for c in FOLD_FROM]] = [ord(c) for c in FOLD_TO]
    return codes
