"""Bytes → text, without mojibake (pure).

Order: BOM, HTTP charset, `<meta>`, strict trial of UTF-8 and GB18030 over the whole document, Big5. A
declaration that does not fit the bytes is overruled. Labels are read as browsers read them (WHATWG
Encoding): gb2312, gbk and their kin are GB18030, latin-1 is windows-1252. Whatever is not certain is said
in `problems`.
"""

import codecs
import re
from dataclasses import dataclass

_FAMILIES = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8 utf_8 utf-16 utf-16le utf-16be unicode",
    "gb18030": "gb18030 gb2312 gbk gb_2312 gb_2312-80 csgb2312 x-gbk chinese iso-ir-58 cp936 ms936 euc-cn gb",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950 big-5",
    "cp1252": "iso-8859-1 iso8859-1 latin1 latin-1 l1 ascii us-ascii windows-1252 cp1252 iso_8859-1",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j csshiftjis",
    "euc_jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
    "iso2022_jp": "iso-2022-jp csiso2022jp",
    "cp949": "euc-kr ks_c_5601-1987 korean ksc5601 windows-949 cseuckr iso-ir-149",
    "cp874": "windows-874 tis-620 iso-8859-11",
    "koi8_r": "koi8-r koi8 koi",
    "koi8_u": "koi8-u koi8-ru",
} | {f"cp125{n}": f"windows-125{n} cp125{n}" for n in (0, 1, 3, 4, 5, 6, 7, 8)}
# A page that can say "utf-16" in ASCII letters is not UTF-16: browsers read such a label as UTF-8.
_CODECS = {label: codec for codec, labels in _FAMILIES.items() for label in labels.split()}
_CODECS |= {f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)}
_CODECS["iso-8859-9"] = "cp1254"
_CHINESE = ("gb18030", "big5hkscs")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTTP = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"charset(?<!\wcharset)\s*=\s*[\"']?\s*([\w.:-]+)")
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)")
_HEAD_BYTES = 8192
_ASCII = bytes(range(128))
_FREQUENT = frozenset(
    "的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着"
    "家学學对對可后後小心多天而能好都没沒日于於起发發成事只作看文无無开開手十用主行方前所本经經头頭面"
    "公同三月新报報市民，。、：“”（）"
)
_SAMPLE, _SAMPLE_BYTES = 10_000, 1_000_000
"""So many characters, markup and all, spread over a page: a tenth and more of them are text."""
_REACH = 400_000
_TELLING = 200
_PLAUSIBLE = 0.06
"""Share of frequent characters: Chinese prose has 0.2 to 0.5, mojibake below 0.02."""
_FEW = 24
_BROKEN = 0.02
"""Share of unreadable characters up to which a text is a damaged one rather than one in another charset."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page's bytes, the charset that they turned out to be in, and what was wrong with them."""

    text: str
    charset: str
    problems: tuple[str, ...] = ()
    utf8: bytes | None = None
    """The bytes, where they are the text's UTF-8 as they are."""


def decode(body: bytes, content_type: str | None) -> Decoded:
    """The text of a body. Never raises: bytes that fit no charset are replaced, with a problem."""
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _damaged(body[len(mark) :], charset, ())
    if body.isascii():
        return _ascii(body)
    declared = _declared(body, content_type)
    problems = tuple(f"unknown charset {label!r} declared" for label, codec in declared if codec is None)
    labels = {codec: label for label, codec in reversed(declared) if codec is not None}
    wanted = [codec for _, codec in declared if codec is not None]
    found = _fitting(body, wanted)
    if found is None:
        return _least_damaged(body, wanted, problems)
    charset, text = found
    if wanted and charset != wanted[0]:
        problems += (f"declared charset {labels[wanted[0]]!r} does not fit the bytes: read as {charset}",)
    elif charset not in wanted and charset != "utf-8" and _plausibility(text) < _PLAUSIBLE:
        problems += (f"no charset is declared, and {charset} is a guess",)
    return Decoded(text, charset, problems, body if charset == "utf-8" else None)


def is_wide(body: bytes) -> bool:
    """Whether bytes are UTF-16: by their mark, or by the zeros between letters."""
    head = body[:_HEAD_BYTES]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    odd, even = head[1::2].count(0), head[::2].count(0)
    return max(odd, even) * 3 > len(head) // 2 and min(odd, even) * 20 < max(odd, even)


def _ascii(body: bytes) -> Decoded:
    """Seven-bit bytes: the same in all our charsets, unless they are UTF-16 without a mark."""
    if is_wide(body):
        return _damaged(body, "utf-16-le" if body[1:2] == b"\0" else "utf-16-be", ())
    if b"\x1b$" in body:
        return _damaged(body, "iso2022_jp", ())
    return Decoded(body.decode("ascii"), "utf-8", utf8=body)


def _declared(body: bytes, content_type: str | None) -> list[tuple[str, str | None]]:
    """Declared labels with their codecs, HTTP first."""
    head = body[:_HEAD_BYTES].lower()
    labels = [match.group(1) for match in [_HTTP.search(content_type or "")] if match]
    xml = _XML.match(head)
    found = [xml] if xml else []
    found += [match for match in _META.finditer(head) if _is_in_meta(head, match.start())]
    labels.extend(match.group(1).decode("ascii") for match in found)
    unique = dict.fromkeys(label.lower().strip(".:_-") for label in labels)
    return [(label, _CODECS.get(label)) for label in unique]


def _is_in_meta(head: bytes, at: int) -> bool:
    """Whether a place of the page's head, in lower case, lies in a `<meta>` element."""
    opened = head.rfind(b"<", 0, at)
    return head[opened + 1 : opened + 5] == b"meta" and b">" not in head[opened:at]


def _fitting(body: bytes, wanted: list[str]) -> tuple[str, str] | None:
    """The charset that the whole body fits, and its text."""
    text = _strict(body, "utf-8")
    # Longer Chinese text in another charset is never valid UTF-8; a word or two may be.
    if text is not None and (not wanted or wanted[0] == "utf-8" or _wide_bytes(body) >= _FEW):
        return "utf-8", text
    for charset in dict.fromkeys((*wanted, "utf-8", *_CHINESE)):
        text = _strict(body, charset)
        if text is not None:
            return _likelier(body, charset, text)
    return None


def _likelier(body: bytes, charset: str, text: str) -> tuple[str, str]:
    """The Chinese charset that a body fits as well, if its text makes far more sense."""
    best, best_score = (charset, text), _plausibility(text)
    if charset == "utf-8" or best_score > 2 * _PLAUSIBLE or _wide_bytes(body) < _FEW:
        return best
    for other in _CHINESE:
        other_text = _strict(body, other) if other != charset else None
        score = _plausibility(other_text) if other_text is not None else 0.0
        if other_text is not None and score > max(2 * best_score, _PLAUSIBLE):
            best, best_score = (other, other_text), score
    return best


def _least_damaged(body: bytes, wanted: list[str], problems: tuple[str, ...]) -> Decoded:
    """A body that fits no charset as a whole: the one that loses least."""
    order = list(dict.fromkeys((*wanted, "utf-8", *_CHINESE)))
    sample = body[:_SAMPLE_BYTES]
    losses = {charset: round(_loss(sample.decode(charset, "replace")), 3) for charset in order}
    charset = min(order, key=losses.__getitem__)
    if losses[charset] > _BROKEN and wanted:
        charset = wanted[0]
    return _damaged(body, charset, problems)


def _damaged(body: bytes, charset: str, problems: tuple[str, ...]) -> Decoded:
    """A body in a known charset, broken bytes replaced."""
    text = body.decode(charset, "replace")
    count = text.count("\ufffd")
    if count and _strict(body, charset) is None:
        problems += (f"{count} bytes do not fit {charset} and were replaced",)
    return Decoded(text, charset, problems)


def _strict(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None


def _wide_bytes(body: bytes) -> int:
    """The number of bytes that are not ASCII, in the first half megabyte."""
    return len(body[: 64 * _HEAD_BYTES].translate(None, _ASCII))


def _plausibility(text: str) -> float:
    """The share of the most frequent Chinese characters among those that are not ASCII, in a sample."""
    wide = _wide(text[:: len(text) // _SAMPLE + 1])
    if len(wide) < _TELLING:
        wide = _wide(text[:_REACH])[:_SAMPLE]
    return sum(map(_FREQUENT.__contains__, wide)) / len(wide) if wide else 1.0


def _wide(text: str) -> str:
    """The characters that are not ASCII."""
    # By way of bytes, whose `translate` drops markup ten times as fast as a pattern finds the rest.
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def _loss(text: str) -> float:
    """The share of unreadable characters among those that are not ASCII."""
    return text.count("\ufffd") / max(len(_wide(text)), 1)
