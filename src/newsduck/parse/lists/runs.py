"""The pieces of text that a page is made of, each with the link around it (pure)."""

from newsduck.parse.document import Document
from newsduck.parse.tree import Node


class Runs:
    """All pieces of text of a page in document order, but for blank ones: `texts[i]` lies in `links[i]`.

    Four lists and not one of objects, because a page has hundreds of pieces, and to make an object of each
    takes longer than all that is then asked of them.
    """

    __slots__ = ("blocks", "links", "owners", "texts")

    def __init__(self, document: Document) -> None:
        self.texts: list[str] = []
        self.blocks: list[int] = []
        """Of each piece its line …"""
        self.owners: list[Node] = []
        """… its innermost element …"""
        self.links: list[Node | None] = []
        """… and the link that it lies in."""
        self._fill(document)

    def _fill(self, document: Document) -> None:
        texts, blocks, owners, links = self.texts, self.blocks, self.owners, self.links
        for block in document.blocks:
            line = block.index
            for text, owner in block.runs:
                if not text.isspace():
                    texts.append(text)
                    blocks.append(line)
                    owners.append(owner)
                    links.append(owner.link)

    def by_link(self, skipped: frozenset[int]) -> dict[Node, list[int]]:
        """Each link with the indexes of its pieces; `skipped` are indexes of lines to leave out."""
        found: dict[Node, list[int]] = {}
        blocks = self.blocks
        for index, link in enumerate(self.links):
            if link is not None and blocks[index] not in skipped:
                at = found.get(link)
                if at is None:
                    found[link] = [index]
                else:
                    at.append(index)
        return found
