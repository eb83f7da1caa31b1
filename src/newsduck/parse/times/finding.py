"""When a story was published."""

from dataclasses import dataclass
from datetime import datetime

from newsduck.items import Precision
from newsduck.parse.document import Document, Outline


@dataclass(frozen=True, kw_only=True)
class Published:
    """A time that was read from a page."""

    at: datetime
    raw: str
    precision: Precision
    rule: str


def find_published(document: Document, outline: Outline) -> Published | None:
    """When the story was published."""
    del document, outline
    return None
