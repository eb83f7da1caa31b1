"""The pieces of text that a page is made of, each with the link around it (pure)."""

from typing import NamedTuple

from newsduck.parse.document import Document
from newsduck.parse.tree import Node


class Run(NamedTuple):
    """A piece of text: its line, its innermost element, and the link that it lies in.

    A tuple, because a page has thousands and a frozen dataclass takes three times as long to make.
    """

    text: str
    block: int
    owner: Node
    link: Node | None


def text_runs(document: Document) -> list[Run]:
    """All runs of the page in document order."""
    nodes = document.nodes
    links: list[Node | None] = [None] * len(nodes)
    for link in [node for node in nodes if node.tag == "a" and "href" in node.attrs]:
        links[link.index : link.end] = [link] * (link.end - link.index)
    return [
        Run(text, block.index, owner, links[owner.index])
        for block in document.blocks
        for text, owner in block.runs
        if not text.isspace()
    ]
