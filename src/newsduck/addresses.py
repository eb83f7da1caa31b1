"""Canonical addresses and the 64-bit keys made of them (pure)."""

from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

from newsduck.portals import Portal


def canonical(url: str, portal: Portal | None = None) -> str:
    """The one form of an address under which a story is kept."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower()
    if portal is not None:
        host = portal.same_hosts.get(host, host)
    netloc = host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, ""))


def key(*parts: str | None) -> int:
    """An unsigned 64-bit key of some texts: blake2b, which never changes (`hash()` may)."""
    packed = "\x1f".join("\x00" if part is None else part for part in parts)
    return int.from_bytes(blake2b(packed.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
