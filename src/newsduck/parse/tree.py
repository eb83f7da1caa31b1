"""The tree of a page as its readers see it: elements, lines of text, links; plain objects without cycles.

The objects point up and to indexes, never down, so nothing waits for the garbage collector.
"""

from collections.abc import Iterator
from typing import Final

_NAME_CHARS: Final = 200


class Node:
    """An element.

    `nodes[index + 1 : end]` are its descendants, `blocks[first_block : end_block]` the text blocks within.
    """

    __slots__ = (
        "_names", "attrs", "depth", "end", "end_block", "first_block", "hidden", "index", "is_block",
        "link", "parent", "tag",
    )  # fmt: skip
    # `hidden`: a style or attribute of it or of an element around it keeps it from being shown;
    # `link`: the innermost of itself and its ancestors that is one of the tree's links.

    def __init__(
        self,
        tag: str,
        attrs: dict[str, str],
        parent: "Node | None",
        index: int,
        first_block: int,
        is_block: bool,  # noqa: FBT001 - quicker
    ) -> None:
        self.tag = tag
        self.is_block = is_block
        self.attrs = attrs
        self.parent = parent
        self.index = index
        self.first_block = first_block
        self.end = self.end_block = 0
        self._names: str | None = None
        if parent is None:
            self.depth, self.hidden = 0, False
            self.link: Node | None = None
        else:
            self.depth = parent.depth + 1
            self.hidden = parent.hidden
            self.link = parent.link

    @property
    def names(self) -> str:
        """Its id and classes, lower case, in one text: what page authors call the thing."""
        names = self._names
        if names is None:  # no `__getattr__` instead of it: that makes every other attribute slower
            attrs = self.attrs
            if "class" in attrs or "id" in attrs:
                names = f"{attrs.get('id', '')[:_NAME_CHARS]} {attrs.get('class', '')[:_NAME_CHARS]}".lower()
            else:
                names = " "
            self._names = names
        return names

    def ancestors(self) -> Iterator["Node"]:
        """The element itself, its parent, and so on up to the root."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def within(self, *tags: str) -> "Node | None":
        """The nearest of itself and its ancestors that has one of these tags."""
        return next((node for node in self.ancestors() if node.tag in tags), None)

    def __repr__(self) -> str:
        return f"<{self.tag} {self.names.strip()} #{self.index}>"


class Block:
    """A line of text: what stands between two block-level boundaries (or `<br>`).

    `node` is the innermost block-level element around it; `runs` its pieces as (raw text, innermost element);
    `text` all of them with white space collapsed; `link_chars` how many of its characters lie in links.
    """

    __slots__ = ("hidden", "index", "link_chars", "node", "runs", "text")
    # `hidden`: a style or attribute on the page keeps it from being shown.

    def __init__(
        self, index: int, node: Node, runs: list[tuple[str, Node]], text: str, link_chars: int
    ) -> None:
        self.index = index
        self.node = node
        self.runs = runs
        self.text = text
        self.link_chars = link_chars
        self.hidden = runs[0][1].hidden

    def __repr__(self) -> str:
        return f"<{self.index} {self.node.tag} {self.text[:40]!r}>"


class Tree:
    """All that one parse of a page gives, in document order."""

    __slots__ = ("blocks", "cut", "links", "nodes", "scripts", "textareas", "title")

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.blocks: list[Block] = []
        self.links: list[tuple[Node, str]] = []
        """Every `<a href>` with its text, white space collapsed, in the order in which they begin."""
        self.scripts: list[tuple[Node, str]] = []
        """Inline scripts with their source."""
        self.textareas: list[tuple[Node, str]] = []
        self.title = ""
        """The text of `<title>`, white space collapsed."""
        self.cut: list[str] = []
        """What was left out of an outsized page, in words."""

    def tagged(self, tag: str, *, among: int | None = None) -> list[Node]:
        """The elements of a tag, in document order; only those `among` so many first ones of all."""
        nodes = self.nodes if among is None else self.nodes[:among]
        return [node for node in nodes if node.tag == tag]

    def children(self, node: Node) -> Iterator[Node]:
        """The elements directly below one."""
        nodes, index = self.nodes, node.index + 1
        while index < node.end:
            child = nodes[index]
            yield child
            index = child.end

    def descendants(self, node: Node) -> list[Node]:
        """The elements below one, in document order."""
        return self.nodes[node.index + 1 : node.end]

    def blocks_in(self, node: Node) -> list[Block]:
        """The text blocks that begin within an element."""
        return self.blocks[node.first_block : node.end_block]

    def text(self, node: Node) -> str:
        """All text of an element, white space collapsed, blocks apart by a blank.

        Of an inline element only its own runs, not the whole block around it.
        """
        first, stop = node.index, node.end
        blocks = self.blocks[max(node.first_block - 1, 0) : node.end_block + 1]
        found = (
            "".join(text for text, owner in block.runs if first <= owner.index < stop) for block in blocks
        )
        return " ".join(" ".join(found).split())
