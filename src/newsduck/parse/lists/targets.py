"""Where links lead (pure)."""

import re
from typing import Final

from newsduck.parse.document import ROUTES, Document

_PLAIN_BASE: Final = re.compile(r"https?://[\w.:-]+(?:/\w[\w.-]*)*/(?:\w[\w.-]*)?")
_PLAIN_HREF: Final = re.compile(r"(?:\w[\w-]*/)*\w[\w-]*(?:\.\w+)?")
"""Of an address relative to such a base nothing needs to be resolved."""


class Targets:
    """What links lead to, in fewer steps than `document.absolute` where that can be."""

    def __init__(self, document: Document) -> None:
        self.document = document
        base = document.base_url
        self.scheme, self.mark, rest = base.partition("://")
        self.root = f"{self.scheme}://{rest.partition('/')[0]}"
        self.folder = base.rpartition("/")[0] if _PLAIN_BASE.fullmatch(base) else None
        self.here = bare(document.url)
        self.ending = self.here.rpartition("/")[2]

    def of(self, href: str) -> str | None:
        """The address that a link leads to; None as well where that is the page itself."""
        url = self.absolute(href)
        return None if url is None or (self.ending in url and bare(url) == self.here) else url

    def absolute(self, href: str) -> str | None:
        """As `document.absolute`."""
        href = href.strip()
        if href.startswith(("http://", "https://")):
            return href
        if not self.mark or "/." in href:
            return self.document.absolute(href)
        if href.startswith("/"):
            return f"{self.scheme}:{href}" if href.startswith("//") else self.root + href
        if self.folder is not None and _PLAIN_HREF.fullmatch(href):
            return f"{self.folder}/{href}"
        return self.document.absolute(href)


def bare(url: str) -> str:
    """An address without scheme, fragment and last slash: what makes a link lead to its own page."""
    address, mark, fragment = url.partition("#")
    address = url if f"{mark}{fragment}".startswith(ROUTES) else address.rstrip("/")
    return address.partition("://")[2] or address
