"""Text → tree: one C parse whose events build light nodes, text blocks and links in document order.

Why not a soup of everything: 95 % of Beautiful Soup's time is its own Python per tag. Measured on 114 news
pages, one process: stock bs4 over lxml 38 ms a page, a lean builder 9-11, lxml's own tree alone 2; walking
that tree through lxml's element proxies costs as much again for every pass. Here libxml2's events go
straight into plain objects (about 2 x the bare parse), which all readers then share without a second walk.
The objects point up and to indexes, never down, so there is no reference cycle and nothing waits for the
garbage collector. A soup of the same nodes is made only when a portal's rules ask for one (`soup.py`).
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from newsduck.parse.tags import KINDS, Kind
from newsduck.parse.tree import Block, Node, Tree

MAX_BYTES: Final = 36_000_000
"""Of UTF-8. Longer pages are cut; those of 10 MB that portals serve owe that to pictures in attributes."""
MAX_NODES: Final = 20_000
"""Elements; the largest front pages have 10,000. What comes after so many is not read."""
MAX_TEXT: Final = 2_000_000
"""Characters of text, by the same measure: the longest stories have 50,000."""
MAX_DEPTH: Final = 200
"""Deeper elements are flattened into the one at this depth; libxml2 itself would give up at 2,048."""
_NO_ATTRS: Final[dict[str, str]] = {}
"""For elements without any: lxml's own empty mapping is no dict, and takes five times as long to ask."""
_CHUNK: Final = 1 << 20
_RUNS_A_NODE: Final = 8
_BIG: Final = 500_000
_CROWDED: Final = re.compile(rb"<[a-zA-Z](?:[^<>=]{0,500}=){4000}[^<>]*")
"""libxml2 compares each attribute of an element with all before it."""

_ODD: Final = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_HIDING: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)")


class _Builder:
    """The target of lxml's parser events: every line of it runs a thousand times a page."""

    __slots__ = (
        "anchor", "anchor_text", "blocks", "current", "is_kept", "known", "known_raw", "linked", "nodes",
        "runs", "silent", "silent_text", "size", "skipped", "tree",
    )  # fmt: skip

    def __init__(self) -> None:
        self.tree = Tree()
        self.nodes, self.blocks = self.tree.nodes, self.tree.blocks
        self.current: Node | None = None
        self.runs: list[tuple[str, Node]] = []
        self.linked = self.size = self.skipped = 0
        self.anchor: Node | None = None
        self.anchor_text: list[str] = []
        self.known_raw = self.known = ""
        """The last link's words, which may be the whole line's: as they came, and collapsed."""
        self.silent: Node | None = None
        self.is_kept = False
        self.silent_text: list[str] = []

    def is_full(self) -> bool:
        """Whether no page that people read has so much in it."""
        many = max(len(self.nodes), self.skipped, len(self.runs) // _RUNS_A_NODE)
        return many >= MAX_NODES or self.size > MAX_TEXT

    def start(self, tag: str, attrib: Mapping[str, str], _nsmap: Mapping[str, str] = _NO_ATTRS) -> None:
        # `_nsmap` is for lxml, which looks up for each page how many arguments this takes: of machine code
        # with a default that no text can show it cannot, and saves 0.2 ms.
        parent, nodes = self.current, self.nodes
        index = len(nodes)
        if parent is not None and (parent.depth >= MAX_DEPTH or index >= MAX_NODES):
            self.skipped += 1
            return
        kind = KINDS.get(tag) or Kind(tag)
        if kind.is_block and self.runs:
            self.flush()
        attrs = attrib if isinstance(attrib, dict) else _NO_ATTRS
        self.current = node = Node(kind.tag, attrs, parent, index, len(self.blocks), kind.is_block)
        nodes.append(node)
        if attrs and ("style" in attrs or "hidden" in attrs):
            node.hidden = node.hidden or "hidden" in attrs or _hides(attrs.get("style", ""))
        if self.silent is None:
            if kind.is_silent:
                self.silent = node
                self.is_kept = kind.is_kept
            elif "href" in attrs and kind.tag == "a":
                if self.anchor is not None:
                    self.end_anchor()
                self.anchor = node.link = node

    def end(self, _tag: str) -> None:
        node = self.current
        if node is None:
            return
        if self.skipped:  # elements end in the reverse of their order, the flattened ones first
            self.skipped -= 1
            return
        if node.is_block and self.runs:
            self.flush()
        node.end = len(self.nodes)
        node.end_block = len(self.blocks)
        self.current = node.parent
        if node is self.anchor:
            self.end_anchor()
        elif node is self.silent:
            self.end_silence(node)

    def end_anchor(self) -> None:
        pieces = self.anchor_text
        raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
        text = " ".join(raw.split())
        if text.isprintable():
            self.known_raw, self.known = raw, text
        else:
            text = _collapsed(text)
        if self.anchor is not None:
            self.tree.links.append((self.anchor, text))
        self.anchor = None
        self.anchor_text = []

    def end_silence(self, node: Node) -> None:
        text = "".join(self.silent_text)
        self.silent = None
        self.silent_text = []
        if node.tag == "script" and text:
            self.tree.scripts.append((node, text))
        elif node.tag == "textarea" and text:
            self.tree.textareas.append((node, text))
        elif node.tag == "title" and not self.tree.title:
            self.tree.title = _collapsed(text)

    def data(self, text: str) -> None:
        if self.silent is not None:
            if self.is_kept:
                self.silent_text.append(text)
        elif self.current is not None and (self.runs or not text.isspace()):
            self.runs.append((text, self.current))
            if self.anchor is not None:
                self.linked += len(text.strip())
                self.anchor_text.append(text)

    def flush(self) -> None:
        """End the line of text that is being gathered."""
        runs, self.runs = self.runs, []
        linked, self.linked = self.linked, 0
        if self.anchor is not None:
            self.anchor_text.append(" ")
        raw = runs[0][0] if len(runs) == 1 else "".join([run[0] for run in runs])
        is_known = raw is self.known_raw
        text = self.known if is_known else " ".join(raw.split())
        self.size += len(text)
        if not (is_known or text.isprintable()):
            runs = [(_ODD.sub("", piece), owner) for piece, owner in runs]
            text = _collapsed(text)
        if not text or self.size > MAX_TEXT:
            return
        holder = runs[0][1]
        while not holder.is_block and holder.parent is not None:
            holder = holder.parent
        self.blocks.append(Block(len(self.blocks), holder, runs, text, linked))

    def close(self) -> Tree:
        if self.runs:
            self.flush()
        if self.anchor is not None:
            self.end_anchor()
        tree, node = self.tree, self.current
        while node is not None:
            node.end, node.end_block = len(tree.nodes), len(tree.blocks)
            node = node.parent
        # lxml's parser and its context hold each other and us: let go of the page.
        self.tree, self.current, self.silent, self.anchor = Tree(), None, None, None
        self.nodes, self.blocks = self.tree.nodes, self.tree.blocks
        return tree


def _hides(style: str) -> bool:
    low = style.lower()  # to look for words is quicker than a pattern, and most styles have neither
    return ("display" in low or "visibility" in low) and _HIDING.search(low) is not None


def _collapsed(text: str) -> str:
    """A text without what is never seen, its white space collapsed."""
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_ODD.sub("", text).split())


def build(markup: str | bytes) -> Tree:
    """The tree of a page, given as text or as UTF-8; never raises, whatever it is."""
    raw, cut = _raw(markup)
    builder = _Builder()
    parser = etree.HTMLParser(target=builder, huge_tree=True, recover=True, encoding="utf-8")
    try:
        if len(raw) <= _CHUNK:  # of a whole, libxml2 need not look ahead whether the end of a tag is there
            tree: Tree = etree.fromstring(raw, parser)
        else:
            cut.extend(_feed(parser, raw, builder))
            tree = parser.close()
    except etree.LxmlError:
        tree = builder.close()
        cut.append("the markup ends in an error: what came after it was not read")
    tree.cut.extend(cut)
    return tree


def _feed(parser: Any, raw: bytes, builder: _Builder) -> list[str]:
    """Give the parser as much as a page may hold; what was not read, in words."""
    for start in range(0, len(raw), _CHUNK):
        parser.feed(raw[start : start + _CHUNK])
        if builder.is_full():
            return [f"the page has too much in it: what comes after {start + _CHUNK} bytes was not read"]
    return []


def _raw(markup: str | bytes) -> tuple[bytes, list[str]]:
    """The markup as libxml2 takes it, and in words what of an outsized page is not read.

    Left out is what libxml2 breaks at and no reader sees; of text, halves of characters.
    """
    raw = markup.encode("utf-8", "ignore") if isinstance(markup, str) else markup
    cut = []
    if len(raw) > MAX_BYTES:
        cut.append(f"the page is longer than {MAX_BYTES} bytes: the rest was not read")
        raw = raw[:MAX_BYTES]
    if b"\x00" in raw or b"\x0b" in raw:
        raw = raw.translate(None, b"\x00\x0b")
    if len(raw) > _BIG:
        raw, count = _CROWDED.subn(b"<", raw)
        cut.extend([f"{count} elements with thousands of attributes were not read"] if count else [])
    return raw, cut


def build_lines(text: str) -> Tree:
    """The tree of plain text: a paragraph for each line that is not blank."""
    builder = _Builder()
    builder.start("body", {})
    for line in text[: 2 * MAX_TEXT].splitlines():
        if builder.is_full():
            builder.tree.cut.append("the text has too many lines: the rest was not read")
            break
        if line.strip():
            builder.start("p", {})
            builder.data(line)
            builder.end("p")
    builder.end("body")
    return builder.close()
