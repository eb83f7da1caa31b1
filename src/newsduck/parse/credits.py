"""Who is credited on a page: source, authors, editors; keywords and channel."""

from dataclasses import dataclass

from newsduck.parse.document import Document, Outline


@dataclass(frozen=True, kw_only=True)
class Credits:
    """The names on a story."""

    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


def find_credits(document: Document, outline: Outline) -> Credits:
    """Source, authors and editors of the story."""
    del document, outline
    return Credits()


def find_keywords(document: Document) -> tuple[str, ...]:
    """The page's keywords."""
    del document
    return ()


def find_channel(document: Document) -> str | None:
    """The breadcrumb's path."""
    del document
    return None
