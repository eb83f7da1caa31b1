"""Times as pages print them → moments."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from newsduck.items import Precision
from newsduck.parse.document import Document, Outline


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A time that was read from a page."""

    at: datetime
    raw: str
    precision: Precision
    rule: str


def read_time(text: str, *, now: datetime, zone: ZoneInfo) -> Moment | None:
    """The time that a text holds."""
    del text, now, zone
    return None


def find_published(document: Document, outline: Outline) -> Moment | None:
    """When the story was published."""
    del document, outline
    return None
