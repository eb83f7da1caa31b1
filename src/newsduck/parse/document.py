"""The one value that all readers of a page share, and the outline that title and body readers hand on.

A reader is a pure function `find_…(document, outline) -> value`. It looks at `document.blocks` (lines of
text in the order a person reads them), at `document.tree.links` and `document.meta`; never at markup text.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from newsduck.parse.building import build, build_lines
from newsduck.parse.tree import Block, Node, Tree
from newsduck.portals import Portal

CHINA = ZoneInfo("Asia/Shanghai")
_HEAD_NODES = 200
_HAS_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
ROUTES = ("#/", "#!/")
"""So begins a fragment that is the address of a page, where a script makes the pages."""


@dataclass(frozen=True)
class Document:
    """A page as its readers see it."""

    tree: Tree
    url: str
    """The address that answered."""
    fetched_at: datetime
    """Aware; relative and year-less times are read against it."""
    zone: ZoneInfo = CHINA
    """The portal's zone: what displayed times without one mean."""
    portal: Portal | None = None

    @property
    def blocks(self) -> list[Block]:
        """All lines of text in document order; `blocks[i].index == i`."""
        return self.tree.blocks

    @property
    def nodes(self) -> list[Node]:
        """All elements in document order; `nodes[i].index == i`."""
        return self.tree.nodes

    @property
    def title(self) -> str:
        """The text of `<title>`."""
        return self.tree.title

    @cached_property
    def base_url(self) -> str:
        """What relative addresses are resolved against: `<base href>`, or the page's own address."""
        for node in self.tree.tagged("base", among=_HEAD_NODES):
            if node.attrs.get("href"):
                return _join(self.url, node.attrs["href"])
        return self.url

    def absolute(self, href: str) -> str | None:
        """The absolute http(s) or file address of a link; None for scripts, mail, and broken ones.

        A `#` leads to a place on the page, but `#/…` to another page of a site that runs in the browser.
        """
        href = href.strip()
        scheme = _HAS_SCHEME.match(href)
        if not href or (scheme and href[: scheme.end()].lower() not in _FETCHABLE):
            return None
        if href.startswith("#") and not href.startswith(ROUTES):
            return None
        return _join(self.base_url, href) or None

    @cached_property
    def meta(self) -> dict[str, str]:
        """`<meta>` by name, property or itemprop (lower case), the first of each; white space collapsed."""
        found: dict[str, str] = {}
        for node in self.tree.tagged("meta"):
            attrs = node.attrs
            if attrs.get("content"):
                name = attrs.get("name") or attrs.get("property") or attrs.get("itemprop")
                if name:
                    found.setdefault(name.strip().lower(), " ".join(attrs["content"].split()))
        return found

    @cached_property
    def json_ld(self) -> tuple[dict[str, Any], ...]:
        """All objects of `<script type="application/ld+json">`, lists and `@graph` unfolded."""
        found: list[dict[str, Any]] = []
        for node, source in self.tree.scripts:
            if "ld+json" in node.attrs.get("type", "").lower():
                found.extend(_objects(source))
        return tuple(found)


_FETCHABLE = ("http:", "https:", "file:")


def _join(base: str, href: str) -> str:
    try:
        joined = urljoin(base, href.strip())
        urlsplit(joined)
    except ValueError:  # an unclosed [ in the host, for one
        return ""
    return joined


def _objects(source: str) -> list[dict[str, Any]]:
    try:
        value = json.loads(source.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, Any]] = []
    pending = [value]
    while pending and len(found) < 100:  # noqa: PLR2004 - a page has a handful
        item = pending.pop(0)
        if isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, dict):
            found.append(item)
            pending.extend(item["@graph"] if isinstance(item.get("@graph"), list) else [])
    return found


@dataclass(frozen=True, kw_only=True)
class Outline:
    """Where the story stands on the page: what the title and body readers found, for the readers after them.

    The meta line (time, source, authors) mostly stands in blocks between `heading` and `first`, the editors
    right after `last`; lists stand outside of `first … last`.
    """

    title: str
    heading: int | None = None
    """Index of the block that shows the title; None where it is read from metadata only."""
    body: str = ""
    body_blocks: tuple[int, ...] = ()
    """Indexes of the blocks whose text is the body; empty where it is not in the markup (JSON, textarea)."""
    container: Node | None = None
    """The innermost element that holds the body."""
    dropped_blocks: tuple[int, ...] = ()
    """Blocks in the container that are not body: captions, bylines, editor lines, share bars."""
    problems: tuple[str, ...] = field(default=())

    @property
    def first(self) -> int | None:
        """Index of the body's first block."""
        return self.body_blocks[0] if self.body_blocks else None

    @property
    def last(self) -> int | None:
        """Index of the body's last block."""
        return self.body_blocks[-1] if self.body_blocks else None


def read_document(
    markup: str | bytes, *, url: str, fetched_at: datetime, portal: Portal | None = None
) -> Document:
    """The document of a page's markup, given as text or as UTF-8."""
    return _document(build(markup), url, fetched_at, portal)


def read_lines(text: str, *, url: str, fetched_at: datetime, portal: Portal | None = None) -> Document:
    """The document of plain text, where each line is a paragraph."""
    return _document(build_lines(text), url, fetched_at, portal)


def _document(tree: Tree, url: str, fetched_at: datetime, portal: Portal | None) -> Document:
    zone = ZoneInfo(portal.timezone) if portal is not None else CHINA
    return Document(tree, url, fetched_at, zone, portal)
