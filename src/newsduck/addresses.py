"""Canonical addresses and the 64-bit keys made of them (pure).

Two addresses get one form only if no site tells them apart: what names a story is never dropped. So the query
is cleaned by a list of what to drop, not of what to keep (`__biz`, `mid`, `idx` and `sn` *are* the story's
name at WeChat), and paths keep their case and their last slash.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import SplitResult, quote, urlsplit

import numpy as np
import numpy.typing as npt

from newsduck.portals import Portal
from newsduck.tracking import is_tracking

SCHEMES = ("http", "https", "")
PORTS = (None, 80, 443)
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE)
SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
PLAIN = re.compile(
    r"https?://([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(/(?:[A-Za-z0-9_~-][A-Za-z0-9_.~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)?)"
)
"""Nine addresses of ten: a host and a path of which only the scheme and the name of an index page may go."""
IN_PATH, IN_QUERY = "%!$&'()*+,;=:@/", "%!$'()*,;:@/?="
PARTS = "\x1f"
"""Stands between the parts of a key."""
ROUTES = ("!", "/")
"""A fragment that begins so is a page of a site that runs in the browser; all others are places on a page."""


def canonical(url: str, portal: Portal | None = None) -> str:
    """The one form of an address under which a story is kept; a malformed address comes back stripped.

    Of `http` and `https` it says `http`, whichever a site speaks: this is a name, not an address to ask.
    With a portal, its `same_hosts` are one host, and where its `article_id` finds an id, that alone counts.
    Applied twice it changes nothing; the order of the query does not matter. Never raises.
    """
    if portal is None or not (portal.same_hosts or portal.article_id):
        plain = PLAIN.fullmatch(url)
        if plain is not None:
            return f"http://{plain[1]}{INDEX.sub('/', plain[2])}"
    stripped = url.strip()
    try:
        parts = urlsplit(stripped)
        port = parts.port
        host = _host(parts.hostname or "", portal)
    except ValueError:
        return stripped
    if parts.scheme not in SCHEMES or not HOST.fullmatch(host):
        return stripped
    story = _story_id(parts, host, portal)
    if story is not None:
        return f"http://{story}"
    netloc = host if port in PORTS else f"{host}:{port}"
    return f"http://{netloc}{_path(parts.path)}{_query(parts.query, host)}{_fragment(parts.fragment)}"


def key(*parts: str | None) -> int:
    """An unsigned 64-bit key of some texts: blake2b, which never changes (`hash()` may)."""
    packed = PARTS.join(["\x00" if part is None else part for part in parts])
    return int.from_bytes(blake2b(packed.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def keys(texts: Iterable[str]) -> npt.NDArray[np.uint64]:
    """The keys of many texts at once, each the one that `key` makes of it; parts are joined by `PARTS`."""
    digests = [blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts]
    return np.frombuffer(b"".join(digests), dtype=">u8").astype(np.uint64)


def _host(name: str, portal: Portal | None) -> str:
    """A host in its ASCII form (IDNA), under the name that its portal calls it by."""
    host = name.lower().rstrip(".")
    if ":" in host:
        return f"[{host}]"
    if not host.isascii():
        host = host.encode("idna").decode("ascii").lower().rstrip(".")
    seen = set()
    while portal is not None and host in portal.same_hosts and host not in seen:
        seen.add(host)
        host = portal.same_hosts[host].lower()
    return min(seen) if host in seen else host


def _story_id(parts: SplitResult, host: str, portal: Portal | None) -> str | None:
    """The site and the story's id, where the portal says how ids are printed."""
    if portal is None or portal.article_id is None:
        return None
    site = min(portal.sites, default=host)
    names = {*portal.sites, *portal.same_hosts.values()}
    if not any(host == name or host.endswith("." + name) for name in names):
        return None
    found = re.search(portal.article_id, parts._replace(fragment="").geturl())
    if found is None or not found.group(1):
        return None
    return f"{site}/{_escaped(found.group(1), IN_PATH.replace('/', ''))}"


def _path(path: str) -> str:
    """A path without dot segments, empty segments, session ids and the name of an index page."""
    segments: list[str] = []
    names = _escaped(SESSION.sub("", path), IN_PATH).split("/")
    for name in names:
        if name == "..":
            del segments[-1:]
        elif name not in (".", ""):
            segments.append(name)
    last = "/" if segments and names[-1] in (".", "..", "") else ""
    return INDEX.sub("/", "/" + "/".join(segments) + last)


def _query(query: str, host: str) -> str:
    """The question mark and the parameters that are not for tracking, sorted; or nothing."""
    pairs = (_escaped(pair.replace("+", "%20"), IN_QUERY) for pair in query.split("&") if pair)
    kept = [pair for pair in pairs if pair != "=" and not is_tracking(*pair.partition("=")[::2], host)]
    return "?" + "&".join(sorted(kept)) if kept else ""


def _fragment(fragment: str) -> str:
    """The part after `#` where it names a page, and not a place on one."""
    return "#" + _escaped(fragment, IN_QUERY + "&+") if fragment.startswith(ROUTES) else ""


@lru_cache(maxsize=65536)
def _escaped(text: str, safe: str) -> str:
    """The one way to write a text with per cent signs: letters plain, all others escaped, in capitals."""
    if UNRESERVED.issuperset(text):
        return text
    text = ESCAPE.sub(_unescaped, LONE_PERCENT.sub("%25", text))
    return quote(text, safe=safe + "~", errors="surrogatepass")


def _unescaped(escape: re.Match[str]) -> str:
    """The letter that an escape stands for, where it need not be escaped."""
    letter = chr(int(escape[1], 16))
    return letter if letter in UNRESERVED else escape[0].upper()
