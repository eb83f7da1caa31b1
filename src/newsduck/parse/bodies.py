"""The story's text."""

from newsduck.parse.document import Document, Outline
from newsduck.parse.titles import find_title


def find_story(document: Document) -> Outline | None:
    """Title and body of the page's story; None where the page is a list."""
    title, heading = find_title(document)
    chosen = [b for b in document.blocks if b.node.tag == "p" and b.index > (heading or 0)]
    if not title or not chosen:
        return None
    return Outline(
        title=title,
        heading=heading,
        body="\n".join(b.text for b in chosen),
        body_blocks=tuple(b.index for b in chosen),
    )
