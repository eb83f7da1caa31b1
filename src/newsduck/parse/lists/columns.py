"""What a table's first row says of its columns (pure)."""

from typing import Final

from newsduck.parse.tree import Node, Tree

_CELLS: Final = frozenset({"td", "th"})
_MOST: Final = 60
"""No row of heads has more elements; one that has holds the whole page."""


class Columns:
    """The heads of a page's tables, each read once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._heads: dict[int, list[str]] = {}
        """By table."""

    def head(self, node: Node) -> str:
        """The text in the first row of its table, over the cell that an element stands in; "" for none."""
        cell = node.within("td")
        row = cell.parent if cell is not None else None
        table = row.within("table") if row is not None else None
        if row is None or table is None:
            return ""
        heads = self._heads.get(table.index)
        if heads is None:
            heads = self._heads[table.index] = self._read(table)
        place = next((at for at, one in enumerate(self._cells(row)) if one is cell), len(heads))
        return heads[place] if place < len(heads) else ""

    def _read(self, table: Node) -> list[str]:
        within = self._tree.nodes[table.index + 1 : min(table.end, table.index + _MOST)]
        first = next((node for node in within if node.tag == "tr"), None)
        if first is None or first.end - first.index > _MOST:
            return []
        return [self._tree.text(cell) for cell in self._cells(first)]

    def _cells(self, row: Node) -> list[Node]:
        return [node for node in self._tree.children(row) if node.tag in _CELLS]
