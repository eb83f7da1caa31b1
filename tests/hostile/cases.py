"""Everything that a web site may do to its reader: what is served, and what must become of it."""

import asyncio
import gzip
import zlib
from dataclasses import dataclass

import brotli

from hostile.site import Asked, Handler, answer, page, says
from newsduck.items import Disposition, Truncation

CAP = 200_000
"""The size cap under which the cases are played."""
ZEROS = bytes(20_000_000)
TEXT = page("新闻" * 200)


@dataclass(frozen=True)
class Case:
    """A path, what it serves, and the disposition that it must end in."""

    path: str
    serve: Handler
    disposition: Disposition
    detail: str = ""
    """Words that the outcome's detail must contain."""
    body: bytes | None = None
    """What the archive must hold, where the page is read."""
    leads_to: str | None = None
    """The path that must have answered in the end."""
    cut: Truncation | None = None
    """What the archive must say of a body that is not whole."""
    is_answered: bool = True
    """Whether there was an answer to archive: a head that could be read."""


def fine(path: str, data: bytes, body: bytes = TEXT, leads_to: str | None = None) -> Case:
    return Case(path, says(data), "loaded", body=body, leads_to=leads_to)


def redirect(location: str, status: str = "302 Found", **headers: str) -> bytes:
    return answer(b"", status, location=location, **headers)


def refresh(markup: str) -> bytes:
    return answer(f"<html><head>{markup}</head><body>请稍候</body></html>".encode())


def body_of(data: bytes) -> bytes:
    return data.partition(b"\r\n\r\n")[2]


async def drip(asked: Asked) -> None:
    await asked.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        await asked.send(b"<")
        await asyncio.sleep(0.05)


async def drip_headers(asked: Asked) -> None:
    await asked.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await asked.send(b"X-More: and more\r\n")
        await asyncio.sleep(0.05)


async def silent(asked: Asked) -> None:
    del asked
    await asyncio.sleep(3600)


async def endless(asked: Asked) -> None:
    await asked.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await asked.send(b"2000\r\n" + b"<p>more</p> <p>" * 546 + b"12\r\n")


async def reset(asked: Asked) -> None:
    asked.abort()


async def better_the_third_time(asked: Asked) -> None:
    await asked.send(
        answer(TEXT) if asked.count > 2 else answer(b"", "503 Service Unavailable", retry_after="0")
    )


async def reset_once(asked: Asked) -> None:
    if asked.count == 1:
        asked.abort()
    else:
        await asked.send(answer(TEXT))


async def deeper(asked: Asked) -> None:
    await asked.send(redirect(f"/deeper?{asked.path[7:]}x"))


async def cookie_wall(asked: Asked) -> None:
    if "pass=1" in asked.headers.get("cookie", ""):
        await asked.send(answer(TEXT))
    else:
        await asked.send(redirect("/cookie-wall", set_cookie="pass=1; Path=/"))


def raw(*lines: bytes, body: bytes = TEXT, end: bytes = b"\r\n") -> bytes:
    return end.join((*lines, b"", b"")) + body


LENGTH = b"Content-Length: %d" % len(TEXT)
HTML = b"Content-Type: text/html"
OK = b"HTTP/1.1 200 OK"
CHUNKED = b"Transfer-Encoding: chunked"


def packed(data: bytes, coding: str) -> Handler:
    return says(answer(data, content_encoding=coding))


GZIPPED = gzip.compress(TEXT)
PACKING = [
    Case("/gzip", packed(GZIPPED, "gzip"), "loaded", body=TEXT),
    Case("/x-gzip", packed(GZIPPED, "x-gzip"), "loaded", body=TEXT),
    Case(
        "/gzip-members",
        packed(gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), "gzip"),
        "loaded",
        body=TEXT,
    ),
    Case("/gzip-and-rubbish", packed(GZIPPED + b"rubbish", "gzip"), "loaded", body=TEXT),
    Case("/deflate", packed(zlib.compress(TEXT), "deflate"), "loaded", body=TEXT),
    Case("/raw-deflate", packed(zlib.compress(TEXT, wbits=-15), "deflate"), "loaded", body=TEXT),
    Case("/br", packed(brotli.compress(TEXT), "br"), "loaded", body=TEXT),
    Case("/twice", packed(brotli.compress(GZIPPED), "gzip, br"), "loaded", body=TEXT),
    Case("/not-really-gzip", packed(TEXT, "gzip"), "loaded", body=TEXT),
    Case(
        "/broken-gzip",
        packed(GZIPPED[:10] + b"\x07rubbish", "gzip"),
        "http-error",
        "broken",
        cut="unspecified",
    ),
    Case("/cut-gzip", packed(GZIPPED[:-12], "gzip"), "http-error", "too early", cut="unspecified"),
    Case("/cut-br", packed(brotli.compress(TEXT)[:-3], "br"), "http-error", "too early", cut="unspecified"),
    Case("/unasked-coding", packed(TEXT, "zstd"), "http-error", "zstd", cut="unspecified"),
    Case("/charset-as-coding", packed(TEXT, "utf-8"), "loaded", body=TEXT),
    Case("/gzip-bomb", packed(gzip.compress(ZEROS), "gzip"), "too-large", str(CAP), cut="length"),
    Case("/br-bomb", packed(brotli.compress(ZEROS, quality=1), "br"), "too-large", str(CAP), cut="length"),
    Case(
        "/bomb-in-bomb", packed(gzip.compress(gzip.compress(ZEROS)), "gzip, gzip"), "too-large", cut="length"
    ),
    Case("/says-it-is-large", says(answer(b"<html>", content_length="999999999")), "too-large", cut="length"),
    Case("/endless", endless, "too-large", cut="length"),
]
HANGING = [
    Case("/drip", drip, "timeout", cut="time"),
    Case("/drip-headers", drip_headers, "timeout", is_answered=False),
    Case("/silent", silent, "timeout", is_answered=False),
]
LOSING = [
    Case("/reset", reset, "http-error", is_answered=False),
    Case("/half", says(answer(TEXT, content_length="9999")), "http-error", cut="disconnect"),
    Case(
        "/bad-chunk",
        says(raw(OK, HTML, b"Transfer-Encoding: chunked", body=b"zz\r\nrubbish")),
        "http-error",
        cut="disconnect",
    ),
    Case("/reset-once", reset_once, "loaded", body=TEXT),
]
STATUSES = [
    Case("/404", says(answer(TEXT, "404 Not Found")), "http-error", "404 Not Found"),
    Case("/410", says(answer(TEXT, "410 Gone")), "http-error", "410"),
    Case("/500", says(answer(TEXT, "500 Internal Server Error")), "http-error", "500"),
    Case("/299", says(answer(TEXT, "299 Whatever")), "loaded", body=TEXT),
    Case("/799", says(answer(TEXT, "799 Whatever")), "http-error"),
    Case(
        "/206",
        says(answer(TEXT, "206 Partial Content", content_range="bytes 0-99/9999")),
        "http-error",
        "206",
    ),
    Case("/204", says(answer(b"", "204 No Content", content_length=None)), "loaded", body=b""),
    Case("/304-unasked", says(answer(b"", "304 Not Modified")), "http-error", "304"),
    Case(
        "/error-as-pdf", says(answer(b"%PDF-", "404 Not Found", content_type="application/pdf")), "http-error"
    ),
]
TIRED = [
    Case("/better-the-third-time", better_the_third_time, "loaded", body=TEXT),
    Case("/503", says(answer(TEXT, "503 Service Unavailable", retry_after="0")), "http-error", "503"),
    Case("/429", says(answer(TEXT, "429 Too Many Requests", retry_after="0")), "http-error", "429"),
]
LEADING = [
    fine("/plain", answer(TEXT)),
    fine("/redirect", redirect("/plain"), leads_to="/plain"),
    fine("/redirect-308", redirect("/plain", "308 Permanent Redirect"), leads_to="/plain"),
    fine("/redirect-fragment", redirect("/plain#top"), leads_to="/plain"),
    fine("/redirect-backslash", redirect("\\plain?a\\b"), leads_to="/plain?a\\b"),
    fine("/redirect-relative", redirect("plain"), leads_to="/plain"),
    Case(
        "/redirect-gbk",
        says(b"HTTP/1.1 302 Found\r\nLocation: /\xd0\xc2\xce\xc5\r\n\r\n"),
        "loaded",
        body=TEXT,
        leads_to="/%D0%C2%CE%C5",
    ),
    Case(
        "/redirect-utf-8",
        says(b"HTTP/1.1 302 Found\r\nLocation: /%b\r\n\r\n" % "新闻".encode()),
        "loaded",
        body=TEXT,
        leads_to="/新闻",
    ),
    fine("/%D0%C2%CE%C5", answer(TEXT)),
    fine("/%E6%96%B0%E9%97%BB", answer(TEXT)),
    Case("/cookie-wall", cookie_wall, "loaded", body=TEXT),
    Case("/redirect-nowhere", says(answer(b"", "302 Found")), "http-error", "302"),
    Case("/redirect-to-itself", says(redirect("/redirect-to-itself")), "http-error", "circle"),
    Case("/ping", says(redirect("/pong")), "http-error", "circle"),
    Case("/pong", says(redirect("/ping")), "http-error", "circle"),
    Case("/deeper", deeper, "http-error", "more than 5"),
    Case("/redirect-away", says(redirect("http://elsewhere.example/")), "off-scope", "elsewhere.example"),
    Case("/redirect-to-file", says(redirect("file:///etc/passwd")), "unsafe-address", "file"),
    Case("/redirect-to-ftp", says(redirect("ftp://ftp.example/")), "unsafe-address", "ftp"),
    Case("/redirect-to-script", says(redirect("javascript:alert(1)")), "unsafe-address"),
    Case("/redirect-to-nonsense", says(redirect("http://[::1/")), "unsafe-address", "valid"),
    Case(
        "/redirect-with-password",
        says(redirect("http://me:pw@else.example/")),
        "unsafe-address",
        "credentials",
    ),
    Case("/redirect-to-forbidden", says(redirect("/forbidden/page")), "robots", "forbids"),
    fine("/refresh", refresh('<meta http-equiv="refresh" content="0; url=/plain">'), leads_to="/plain"),
    fine("/refresh-bare", refresh("<META content='1;URL=plain' HTTP-EQUIV=Refresh>"), leads_to="/plain"),
    fine(
        "/refresh-references",
        refresh('<meta http-equiv="refresh" content="0;url=&#x2F;plain?&#26032;=1&amp;copy=2">'),
        leads_to="/plain?新=1&copy=2",
    ),
    fine("/refresh-half", refresh('<meta http-equiv="refresh" content=".5; url=/plain">'), leads_to="/plain"),
    *(
        fine(path, refresh(markup), body_of(refresh(markup)))
        for path, markup in {
            "/refresh-comment": '<!--[if IE 9]><meta http-equiv=refresh content="0;url=/plain"><![endif]-->',
            "/refresh-revealed": '<![if lt IE 9]><meta http-equiv=refresh content="0;url=/plain"><![endif]>',
            "/refresh-noscript": '<noscript><meta http-equiv=refresh content="0;url=/plain"></noscript>',
            "/refresh-script": "<script>'<meta http-equiv=refresh content=\"0;url=/plain\">'</script>",
            "/refresh-later": '<meta http-equiv=refresh content="300;url=/plain">',
            "/refresh-itself": '<meta http-equiv=refresh content="0;url=/refresh-itself">',
            "/refresh-no-goal": '<meta http-equiv=refresh content="60">',
        }.items()
    ),
]
KINDS = [
    fine("/xhtml", answer(TEXT, content_type="application/xhtml+xml")),
    fine("/text", answer("通讯员来稿".encode(), content_type="text/plain"), "通讯员来稿".encode()),
    fine("/no-type", answer(TEXT, content_type=None)),
    fine("/octets", answer(TEXT, content_type="application/octet-stream")),
    fine("/type-twice", answer(TEXT, content_type="text/html, text/html; charset=utf-8")),
    Case(
        "/type-after-type",
        says(answer(b"%PDF-1.7", content_type="text/html, application/pdf")),
        "not-html",
        cut="length",
    ),
    fine("/odd-type", answer(TEXT, content_type="html")),
    fine("/gbk", answer("<html>要闻".encode("gbk")), "<html>要闻".encode("gbk")),
    fine("/utf-16", answer("<html>要闻".encode("utf-16")), "<html>要闻".encode("utf-16")),
    Case(
        "/pdf",
        says(answer(b"%PDF-1.7", content_type="application/pdf")),
        "not-html",
        "application/pdf",
        cut="length",
    ),
    Case(
        "/picture",
        says(answer(b"\xff\xd8\xff\xe0", content_type="image/jpeg")),
        "not-html",
        "image/jpeg",
        cut="length",
    ),
    Case("/picture-as-html", says(answer(b"\xff\xd8\xff\xe0" + bytes(99))), "not-html", "JPEG"),
    Case("/pdf-as-html", says(answer(b"%PDF-1.7 ...")), "not-html", "PDF"),
    Case(
        "/zip-as-octets",
        says(answer(b"PK\x03\x04", content_type="binary/octet-stream")),
        "not-html",
        "zip",
    ),
    Case("/json", says(answer(b"{}", content_type="application/json")), "not-html", "json", cut="length"),
    Case(
        "/feed",
        says(answer(b"<?xml version='1.0'?><rss><title>x</title></rss>", content_type="text/xml")),
        "not-html",
        "XML",
    ),
    fine(
        "/xhtml-as-xml",
        answer(b"<?xml version='1.0'?>" + TEXT, content_type="text/xml"),
        b"<?xml version='1.0'?>" + TEXT,
    ),
    Case("/video", says(answer(bytes(9), content_type="video/mp4")), "not-html", "video/mp4", cut="length"),
    Case("/binary-no-type", says(answer(b"\x00\x01\x02" * 99, content_type=None)), "not-html", "binary"),
]
HEADERS = [
    fine("/no-reason", raw(b"HTTP/1.1 200", HTML, LENGTH)),
    fine("/http-1.0", raw(b"HTTP/1.0 200 OK", HTML)),
    fine("/only-lf", raw(OK, HTML, LENGTH, end=b"\n")),
    fine("/chinese-header", raw(OK, HTML, LENGTH, "X-Kanal: 要闻".encode("gbk"))),
    fine("/line-without-colon", raw(OK, HTML, b"this is no header", LENGTH)),
    fine("/space-in-name", raw(OK, HTML, b"X Powered By: hope", LENGTH)),
    fine("/space-before-colon", raw(OK, b"Content-Type : text/html", LENGTH)),
    fine("/empty-name", raw(OK, HTML, b": nothing", LENGTH)),
    fine("/control-character", raw(OK, HTML, b"X-Bell: \x07ding", LENGTH)),
    fine("/folded", raw(OK, HTML, b"X-Long: begins", b"  goes on", LENGTH)),
    fine("/same-length-twice", raw(OK, HTML, LENGTH, LENGTH)),
    fine("/two-lengths", raw(OK, HTML, b"Content-Length: 5", LENGTH)),
    fine("/length-is-a-word", raw(OK, HTML, b"Content-Length: unknown")),
    fine("/many-headers", raw(OK, HTML, LENGTH, *(b"X-%d: y" % n for n in range(500)))),
    Case(
        "/giant-header", says(raw(OK, HTML, LENGTH, b"X: " + b"y" * 500_000)), "http-error", is_answered=False
    ),
    Case("/no-http", says(b"220 ftp.example ready\r\n" * 9), "http-error", is_answered=False),
    Case("/nothing", says(b""), "http-error", is_answered=False),
]
GROUPS = [PACKING, HANGING, LOSING, STATUSES, TIRED, LEADING, KINDS, HEADERS]
CASES = [case for group in GROUPS for case in group]
