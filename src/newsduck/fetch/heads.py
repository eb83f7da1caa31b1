"""Untidy heads of HTTP/1 answers, made such as a strict parser reads them: the web is full of them (pure)."""

import re

MAX_HEAD = 256_000
"""Bytes after which a head is given up; h11 gives up earlier, but we let it say so."""
END = re.compile(rb"\r?\n\r?\n")
LINE_END = re.compile(rb"\r?\n")
STATUS = re.compile(rb"HTTP/(\d)(?:\.(\d))?[ \t]+(\d{3})(?:[ \t]*([^\r\n]*))?")
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
FRAMING = {b"content-length", b"transfer-encoding"}


def is_whole(data: bytes) -> bool:
    """Whether a head has ended, or will never."""
    return len(data) > MAX_HEAD or END.search(data) is not None


def tidied(data: bytes) -> bytes:
    """An answer's first bytes with a tidy head; as they are where it is none, or goes on.

    Lines that are no headers are left out, folded ones joined, control characters made spaces. A length
    that is no number, or is given in two ways, is left out: then the body ends with the connection
    (RFC 9112, 6.3).
    """
    end = END.search(data)
    status = STATUS.match(data)
    if end is None or status is None:
        return data
    _, *lines = LINE_END.split(data[: end.start()])
    headers = [header for line in _unfolded(lines) if (header := _header(line)) is not None]
    minor = b"0" if (status[1], status[2]) == (b"1", b"0") else b"1"
    head = [b"HTTP/1.%b %b %b" % (minor, status[3], CONTROL.sub(b" ", status[4]))]
    head += [b"%b: %b" % header for header in _framed(headers)]
    return b"\r\n".join([*head, b"", b""]) + data[end.end() :]


def _unfolded(lines: list[bytes]) -> list[bytes]:
    whole: list[bytes] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and whole:
            whole[-1] += b" " + line.strip()
        else:
            whole.append(line)
    return whole


def _header(line: bytes) -> tuple[bytes, bytes] | None:
    name, colon, value = line.partition(b":")
    name = name.strip()
    return (name, CONTROL.sub(b" ", value).strip()) if colon and TOKEN.fullmatch(name) else None


def _framed(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with at most one statement about where the body ends."""
    is_chunked = any(
        name.lower() == b"transfer-encoding" and value.lower().endswith(b"chunked") for name, value in headers
    )
    rest = [header for header in headers if header[0].lower() not in FRAMING]
    if is_chunked:
        return [*rest, (b"Transfer-Encoding", b"chunked")]
    told = {value for name, value in headers if name.lower() == b"content-length"}
    length = next(iter(told)) if len(told) == 1 else b""
    return [*rest, (b"Content-Length", length)] if length.isdigit() else rest
