"""Headline lists: every entry with its address, section, rank and time."""

from newsduck.items import Headline
from newsduck.parse.document import Document, Outline


def find_headlines(document: Document, outline: Outline | None) -> tuple[Headline, ...]:
    """All headlines of the page; `outline` is None where it holds no story."""
    del document, outline
    return ()
