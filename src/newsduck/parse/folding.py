"""Texts without white space and typographic variance, to be compared (pure)."""

import re
import unicodedata
from typing import Final

from newsduck.parse.memo import Memo

_WIDE: Final = (("…", "..."), *zip("，：（）！？；\u3000", ",:()!?; ", strict=True))
"""What NFKC makes of the usual wide signs: with these replaced, it finds nothing to do in most texts."""
_SAME: Final = tuple(zip("“”‘’—–―·•", "\"\"''---..", strict=True))
_UNFOLDED: Final = re.compile("[\u4e00-\u9fa5。、]")
"""Characters that fold to themselves."""


def fold(text: str) -> str:
    """A text without white space and typographic variance, to be compared."""
    if text.isascii():
        return "".join(text.split())
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    text = unicodedata.normalize("NFKC", text)
    for variant, plain in _SAME:
        text = text.replace(variant, plain)
    return "".join(text.split())


_FOLDED: Final = Memo(fold, most=1024)


def fold_line(text: str) -> str:
    """`fold` of a short text that is asked for several times."""
    return _FOLDED.of(text)


def reads_like(line: str, folded: str) -> bool:
    """Whether a line is the same as a folded text; its first and last character tell mostly."""
    for letter, other in ((line[:1], folded[:1]), (line[-1:], folded[-1:])):
        if letter != other and _UNFOLDED.match(letter):
            return False
    return fold_line(line) == folded
