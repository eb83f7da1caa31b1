"""Texts folded for comparison: width, script, case, white space and punctuation set aside (pure)."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from opencc import OpenCC

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


def simplify(text: str) -> str:
    """Half width, simplified script and lower case, character by character; length never changes."""
    return text.translate(_SIMPLE)


def letters_of(texts: Sequence[str]) -> list[str]:
    """Only letters and digits, simplified: `306.4万股` and `306 4 万股` become equal; all texts at once."""
    codes = _letter_codes()[_codes("".join(texts))]
    kept = codes != 0
    ends = np.append(0, np.cumsum(kept))[np.cumsum([len(text) for text in texts], dtype=np.int64)].tolist()
    joined = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
    return [joined[begin:end] for begin, end in pairwise([0, *ends])]


def wording(text: str) -> str:
    """What makes two texts the same wording: white space and width do not count, all else does."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def wordings(texts: Sequence[str]) -> list[str]:
    """The wording of each text, all at once; NUL combines with nothing and is no white space."""
    joined = "\x00".join(texts)
    if joined.count("\x00") >= len(texts):  # one of them holds it: then one by one
        return [wording(text) for text in texts]
    return wording(joined).split("\x00")


def _codes(text: str) -> npt.NDArray[np.uint32]:
    """A text as code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@cache
def _letter_codes() -> npt.NDArray[np.uint32]:
    """Code point → folded code point, or 0 where that is no letter and no digit."""
    codes = np.arange(0x110000, dtype=np.uint32)
    codes[:HIGHEST] = [code if chr(code).isalnum() else 0 for code in _SIMPLE]
    return codes


@cache
def fold_codes() -> npt.NDArray[np.uint32]:
    """Code point → folded code point, as an array for whole texts at once."""
    codes = np.arange(0x110000, dtype=np.uint32)
    codes[[ord(c) for c in FOLD_FROM]] = [ord(c) for c in FOLD_TO]
    return codes
