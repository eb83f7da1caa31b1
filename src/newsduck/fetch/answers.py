"""What an answer is: a page or not, and whether it sends its reader elsewhere (pure)."""

import html
import re
import string
from urllib.parse import quote, urljoin

REDIRECTS = {301, 302, 303, 307, 308}
PAGES = {"text/html", "application/xhtml+xml", "text/plain", "application/vnd.wap.xhtml+xml"}
UNSAID = {
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/x-unknown",
    "text/xml",
    "application/xml",
}
"""Types that say nothing about a page, or that hold XHTML as well: the first bytes decide."""
MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"Rar!\x1a", "a rar file"),
    (b"7z\xbc\xaf", "a 7z file"),
    (b"\x1f\x8b\x08", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"\x1aE\xdf\xa3", "a Matroska file"),
    (b"FLV\x01", "a Flash video"),
    (b"CWS", "a Flash film"),
    (b"wOF", "a font"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
SNIFFED = 1024
"""Bytes that are looked at, as browsers do (MIME Sniffing Standard: 1445)."""
MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|title|meta|script|table|div|p|a|h1|br|font|center)[\s>/]",
    re.IGNORECASE,
)
DOCUMENT = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
WIDE = (b"\xff\xfe", b"\xfe\xff")


def not_html(content_type: str | None) -> str | None:
    """Why the declared type is none that can be read, in words; None where it may be a page."""
    kind = media_type(content_type)
    if kind in PAGES or kind in UNSAID or "/" not in kind:
        return None
    return f"the type is {kind}"


def not_html_inside(content_type: str | None, start: bytes) -> str | None:
    """Why a body that begins so is no page, whatever its declared type; None where it is one."""
    head = start[:SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = next((name for magic, name in MAGIC if start.startswith(magic)), None)
    if found is None and start[4:8] == b"ftyp":
        found = "an MP4 file"
    if found is not None:
        return f"the bytes are {found}"
    kind = media_type(content_type)
    if kind in PAGES or not head or start.startswith(WIDE):
        return None
    if kind.endswith("/xml") or head.startswith(b"<?xml"):  # a feed has titles and links as well
        return None if DOCUMENT.search(head) else "the bytes are XML, and no page"
    if MARKUP.search(head):
        return None
    if kind in UNSAID - {""} or head.startswith((b"{", b"[")):
        return f"the type is {kind or 'not declared'}, and no markup of a page is in sight"
    return "the type is not declared, and the bytes are binary" if b"\0" in head else None


def media_type(content_type: str | None) -> str:
    """`text/html` of `Text/HTML; charset=gbk`; of several the last, as browsers take it."""
    said = [part.partition(";")[0].strip().lower() for part in (content_type or "").split(",")]
    return next((kind for kind in reversed(said) if "/" in kind), said[0])


HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[if\b.*?(?:<!\[endif\]>|\Z)"
    r"|<(noscript|script|style|template|textarea|title|xmp)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
"""What no browser of today reads as its own markup, conditional comments of both kinds among it."""
META = re.compile(r"<meta\b(?:[^>\"']|\"[^\"]{0,999}\"|'[^']{0,999}'){0,999}>", re.IGNORECASE)
"""Bounded, so that hostile markup costs no more than other markup."""
ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
REFRESH = re.compile(r"\s*(\d++|(?=\.))[\d.]*+\s*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"']+)", re.IGNORECASE)
REFERENCE = re.compile(r"&#?\w{1,32};")
REFRESH_WITHIN = 64_000
MAX_REFRESH_SECONDS = 5
"""A longer delay lets people read: then the page is the page."""


def refresh(body: bytes, url: str) -> str | None:
    """Where an unconditional `<meta http-equiv=refresh>` leads at once, if that is another address."""
    head = body[:REFRESH_WITHIN].decode("latin-1")
    if "refresh" not in head.lower():
        return None
    for tag in META.findall(HIDDEN.sub(" ", head)):
        said = {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(tag)}
        found = REFRESH.match(_text(said.get("content", "")))
        if said.get("http-equiv", "").strip().lower() == "refresh" and found:
            goal = join(url, found[2].strip())
            return (
                goal if int(found[1] or 0) <= MAX_REFRESH_SECONDS and goal != without_fragment(url) else None
            )
    return None


def _text(value: str) -> str:
    """An attribute's value; references to characters beyond ASCII stay bytes, as the rest of it is."""
    return REFERENCE.sub(lambda found: html.unescape(found[0]).encode().decode("latin-1"), value)


def join(base: str, reference: str) -> str:
    """An absolute address without fragment; unquoted bytes are read as UTF-8, or sent back.

    A backslash before the query is a slash, as browsers have it.
    """
    try:
        reference = reference.encode("latin-1").decode("utf-8")
    except UnicodeError:  # GBK, most likely: its very bytes are sent back, as browsers do
        reference = quote(reference.encode("latin-1", "replace"), safe=string.punctuation)
    path, mark, query = reference.strip().partition("?")
    try:
        return without_fragment(urljoin(base, path.replace("\\", "/") + mark + query))
    except ValueError:
        return reference


def without_fragment(url: str) -> str:
    """An address as it is asked."""
    return url.partition("#")[0]
