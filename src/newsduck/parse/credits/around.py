"""What else stands around a story: its keywords and its channel."""

from newsduck.parse.document import Document


def find_keywords(document: Document) -> tuple[str, ...]:
    """The page's keywords."""
    del document
    return ()


def find_channel(document: Document) -> str | None:
    """The breadcrumb's path."""
    del document
    return None
