"""One spelling for texts of the same characters: full width, 繁体, case, spaces, punctuation (pure)."""

import unicodedata
from functools import cache

import numpy as np
import opencc

TOP = 0x323B0
"""Above the last Han plane there are only tags, selectors and private characters: all dropped."""
HAN = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))
"""The ideographs that 繁 and 简 are about: NFKC leaves them alone."""
RARE_HAN = (slice(0x20000, 0x2F800), slice(0x30000, TOP))
OTHERS = (*range(0x3400), *range(0x4DC0, 0x4E00), *range(0xA000, 0xD800), *range(0xE000, 0x20000))
COMPATIBLE_HAN = range(0x2F800, 0x30000)
SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors: the look of a character, not another one."""
POINT, ZERO, NINE = 0x2E, 0x30, 0x39
DROPPED = ("P", "S", "Z", "C")
"""Unicode categories without meaning for sameness: punctuation, symbols, separators, controls."""
MERGED = {"瞭": "了", "藉": "借", "徵": "征", "甚": "什", "夥": "伙", "乾": "干", "像": "象", "覆": "复"}
"""What 简 → 繁 writes in some words only, and 繁 → 简 leaves alone where the character stands by itself."""


def fold(text: str) -> str:
    """The text in one spelling: NFKC, simplified, lower case, without spaces and punctuation.

    A point between two figures stays, because 1.42 and 14.2 are different news.
    Folding twice changes nothing; lone surrogates are dropped.
    """
    folded = _mapped(text)
    while not unicodedata.is_normalized("NFKC", folded):
        folded = _mapped(unicodedata.normalize("NFKC", folded))
    return folded


def _mapped(text: str) -> str:
    """Each character by the table, and the points dropped that stand in no figure."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = _table()[np.minimum(codes, TOP)]
    points = np.flatnonzero(codes == POINT)
    if points.size:
        digit = np.pad((codes >= ZERO) & (codes <= NINE), 1)
        codes[points[~(digit[points] & digit[points + 2])]] = 0
    return bytes(codes[codes != 0]).decode("utf-32-le")


@cache
def _table() -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """Code point → code point, 0 for what is dropped; made once, in about a tenth of a second."""
    table = np.zeros(TOP + 1, dtype=np.uint32)
    simple = _simplified([chr(code) for code in HAN])
    table[[*HAN]] = [ord(target) for target in simple.values()]
    for block in RARE_HAN:
        table[block] = np.arange(block.start, block.stop)
    for character in map(chr, (*OTHERS, *COMPATIBLE_HAN)):
        table[ord(character)] = _target(character, simple)
    return table


def _target(character: str, simple: dict[str, str]) -> int:
    """What one character becomes; itself where NFKC makes several of it, for fold() sees to those."""
    if unicodedata.category(character) == "Cn" or character in SELECTORS:
        return 0
    plain = unicodedata.normalize("NFKC", character)
    plain = plain.lower() if len(plain.lower()) == 1 else plain
    if len(plain) != 1:
        return ord(character)
    if plain != "." and unicodedata.category(plain)[0] in DROPPED:
        return 0
    return ord(simple.get(plain, plain))


def _simplified(characters: list[str]) -> dict[str, str]:
    """繁 → 简 one by one, so that what any of the 简 → 繁 tables writes leads back to one character.

    着, for one, is written 著 in Taiwan, and no table of single characters brings it back.
    """
    simple = dict(zip(characters, _each("t2s", characters), strict=True))
    back = dict(simple)
    for table in ("s2t", "s2tw", "s2hk"):
        plain = [c for c in characters if simple[c] == c]
        for character, written in zip(plain, _each(table, plain), strict=True):
            if simple.get(written, written) != character:
                back[character] = simple.get(written, written)
    back |= {written: character for written, character in MERGED.items() if simple[written] == written}
    return {character: back.get(target, target) for character, target in back.items()}


def _each(table: str, characters: list[str]) -> list[str]:
    """Each character converted by itself, in one call."""
    converted: str = opencc.OpenCC(table).convert("\n".join(characters))
    return converted.split("\n")
