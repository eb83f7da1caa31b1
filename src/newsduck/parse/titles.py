"""The story's own heading."""

from newsduck.parse.document import Document


def find_title(document: Document) -> tuple[str, int | None]:
    """The title, and the index of the block that shows it (None: from metadata)."""
    for block in document.blocks:
        if block.node.tag == "h1":
            return block.text, block.index
    return document.title, None
