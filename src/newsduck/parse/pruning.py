"""A tree without some of its elements: what a rule's `remove` leaves (pure; the old tree stays as it is)."""

from collections.abc import Sequence
from itertools import accumulate

from newsduck.parse.tree import Block, Node, Tree


def without(tree: Tree, removed: Sequence[Node]) -> Tree:
    """The tree without these elements and all in them; indexes run on without gaps."""
    gone = bytearray(len(tree.nodes))
    for node in removed:
        gone[node.index : node.end] = b"\x01" * (node.end - node.index)
    blocks = [_rest(block, gone) for block in tree.blocks]
    kept_before = [0, *accumulate(0 if is_gone else 1 for is_gone in gone)]
    blocks_before = [0, *accumulate(1 if runs else 0 for runs in blocks)]
    pruned = Tree()
    pruned.title, pruned.cut = tree.title, list(tree.cut)
    new: dict[int, Node] = {}
    for node in tree.nodes:
        if not gone[node.index]:
            twin = _twin(node, new, kept_before, blocks_before)
            new[node.index] = twin
            pruned.nodes.append(twin)
    for block, runs in zip(tree.blocks, blocks, strict=True):
        if runs:
            moved = [(text, new[owner.index]) for text, owner in runs]
            pruned.blocks.append(_block(len(pruned.blocks), _holder(block.node, new), moved))
    pruned.links = [(new[node.index], text) for node, text in tree.links if not gone[node.index]]
    pruned.scripts = [(new[node.index], text) for node, text in tree.scripts if not gone[node.index]]
    pruned.textareas = [(new[node.index], text) for node, text in tree.textareas if not gone[node.index]]
    return pruned


def _rest(block: Block, gone: bytearray) -> list[tuple[str, Node]]:
    """The runs of a line that stay; [] where no words do."""
    runs = [(text, owner) for text, owner in block.runs if not gone[owner.index]]
    return runs if any(not text.isspace() for text, _ in runs) else []


def _twin(node: Node, new: dict[int, Node], kept_before: list[int], blocks_before: list[int]) -> Node:
    parent = new[node.parent.index] if node.parent is not None else None
    twin = Node(node.tag, node.attrs, parent, len(new), blocks_before[node.first_block], node.is_block)
    twin.end, twin.end_block = kept_before[node.end], blocks_before[node.end_block]
    twin.hidden = node.hidden
    if node.link is node:
        twin.link = twin
    return twin


def _holder(node: Node, new: dict[int, Node]) -> Node:
    """The twin of the element around a line, or of the nearest one above that is left."""
    return next(new[above.index] for above in node.ancestors() if above.index in new)


def _block(index: int, node: Node, runs: list[tuple[str, Node]]) -> Block:
    text = " ".join("".join(text for text, _ in runs).split())
    linked = sum(len(text.strip()) for text, owner in runs if owner.within("a"))
    return Block(index, node, runs, text, linked)
