"""The writers whom a page's data names, where the page prints them as well (pure)."""

from collections.abc import Iterator
from typing import Any, Final

from newsduck.parse.credits.labels import labelled
from newsduck.parse.credits.names import is_latin, is_name, tokens, unique
from newsduck.parse.document import Document
from newsduck.parse.vicinity import Line

_META: Final = ("author", "byline", "article:author")
_MOST: Final = 10
_LONGEST: Final = 60


def told_writers(document: Document, above: list[Line]) -> tuple[str, ...]:
    """The people called authors in `<meta>` or JSON-LD who stand above the text, in a line without labels.

    The data alone will not do: it often names the site, its editor or an account.
    """
    told = unique(name for name in _told(document) if is_name(name) or (is_latin(name) and " " in name))
    if not told:
        return ()
    printed = {
        token
        for line in above
        if line.distance > 0 and len(line.text) <= _LONGEST and not labelled(line.text)
        for piece in line.text.split("\t")
        for token in tokens(piece)
    }
    return tuple(name for name in told[:_MOST] if name in printed)


def _told(document: Document) -> Iterator[str]:
    for name in _META:
        yield from tokens(document.meta.get(name, "")[:_LONGEST])
    for item in document.json_ld:
        yield from _names(item.get("author"))


def _names(value: Any) -> Iterator[str]:
    """The names in the value of `author`: a text, an object with a name, or a list of such."""
    for one in value[:_MOST] if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield from tokens(name[:_LONGEST])
