"""Signs of a time: what every time has something of, so that only texts with one need be read (pure).

Two lines of three have none of the characters, and all searches but the last leap from one such character to
the next: a set that all forms begin with makes a search four times as quick as a choice of forms.
"""

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from newsduck.parse.tree import Block

_CHARACTER: Final = re.compile(r"[0-9０-９昨今前半刚剛gGyY]")
"""Every sign has one of these: a digit, a Chinese word, `ago`, `yesterday`."""
_CHINESE_SIGN: Final = re.compile(
    r"[0-9０-９昨今前半刚剛](?:(?<=\d)\s*(?:[-/.:：月]\s*\d|[秒分小个個天日周月年]\w{0,2}前)"
    r"|(?<=2)0[0-3]\d[01]\d[0-3]\d(?!\d)|(?<=半)[个個]?[小天]\w?前|(?<=[昨今前])天|(?<=[刚剛]))"
)
_ENGLISH_LETTERS: Final = re.compile(
    r"[aAdDfFjJmMnNoOsSyY](?i:go|esterday|an|un|ul|eb|ar|ay|pr|ug|ep|ct|ov|ec)"
)
_MONTH: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_ENGLISH_SIGN: Final = re.compile(
    rf"\bago\b|yesterday|\b{_MONTH}[a-z]{{0,6}}\.?\s+\d|\d\s+{_MONTH}", re.IGNORECASE
)
MAX_PIECE: Final = 60
"""A longer text beside an entry is a summary, and times in it are the story's."""


def has_sign_of_time(text: str) -> bool:
    """Whether a text has something of a time, so that it is worth reading."""
    if _CHARACTER.search(text) is None:
        return False
    if _CHINESE_SIGN.search(text) is not None:
        return True
    return _ENGLISH_LETTERS.search(text) is not None and _ENGLISH_SIGN.search(text) is not None


def lines_with_signs(lines: Iterable[Block]) -> frozenset[int]:
    """The indexes of the lines in which a text of at most MAX_PIECE characters has the sign of a time."""
    likely = [line for line in lines if len(line.text) <= MAX_PIECE or len(line.runs) > 1]
    ends = list(accumulate([len(line.text) + 1 for line in likely]))
    text = "\0".join([line.text for line in likely])  # one search through all is quicker than one each
    found = {likely[at].index for at in _hit(_CHINESE_SIGN, text, ends)}
    for at in _hit(_ENGLISH_LETTERS, text, ends):
        if likely[at].index not in found and _has_english_sign(likely[at]):
            found.add(likely[at].index)
    return frozenset(found)


def _hit(pattern: re.Pattern[str], text: str, ends: list[int]) -> list[int]:
    """Which of the lines that end at these places of a text a pattern is found in; each once."""
    found: list[int] = []
    at = passed = 0
    for match in pattern.finditer(text):
        start = match.start()
        if start < passed:
            continue
        while start >= ends[at]:
            at += 1
        found.append(at)
        passed = ends[at]
    return found


def _has_english_sign(line: Block) -> bool:
    text = line.text
    if _CHARACTER.search(text) is None:
        return False
    apart = " ".join([piece for piece, _ in line.runs])  # `Pond News` and `Mar 2`
    return _ENGLISH_SIGN.search(text) is not None or _ENGLISH_SIGN.search(apart) is not None
