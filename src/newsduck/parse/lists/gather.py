"""The links of a page that could be headlines, with what their neighbourhood tells."""

import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urldefrag, urlsplit

from newsduck.parse.document import Document
from newsduck.parse.lists.shapes import Shape
from newsduck.parse.lists.wording import clean, displayed_text, is_no_headline, uncut
from newsduck.parse.lists.widths import width
from newsduck.parse.tree import Block, Node

_FURNITURE_TAGS = frozenset({"nav", "footer", "menu"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:(?:top|main|sub|site|channel|global|quick)?-?nav(?:i|bar|igation)?|menu|foot(?:er)?|bottom-?bar|"
    r"copy-?right|bread-?crumbs?|crumbs?|log-?in|share|tags?|key-?words?|pag(?:er|es|ination)|"
    r"friend-?links?|tool-?bar|site-?map|lang(?:uage)?s?|hot-?words?|search)(?:$|[\s_\d-])"
)
_TIME_HINT = re.compile(r"\d{1,2}[-/.月]\d{1,2}|\d:\d\d|\d\s*(?:分钟|小时|天|分鐘|小時)前|昨天|今天|刚刚| ago\b")
ROLE_DEPTH = 3
"""Ancestors that make up a role: deeper ones differ between lists of one kind."""
PROSE_CHARS = 30
"""A line with this much text beside its links is prose, not a list entry."""


@dataclass(slots=True)
class Candidate:
    """A link that could be a headline."""

    node: Node
    block: int
    """Index of the line that its text begins in."""
    text: str
    url: str
    width: int
    shape: Shape
    role: str
    in_furniture: bool
    in_heading: bool
    timed: bool = False
    """Something like a time follows before the next link."""
    role_width: float = 0.0
    """Median width of the links of its role."""
    family_width: float = 0.0
    """Median width of the links whose addresses have its shape."""
    is_foreign: bool = False
    """Leads to another site than most links of the page do."""
    role_timed: float = 0.0
    """Share of its role's links that a time follows."""


@dataclass(slots=True)
class _Pieces:
    """The text of one link as runs, and what stands after it."""

    block: int
    runs: list[tuple[int, str, Node]] = field(default_factory=list)
    after: str = ""


def gather(document: Document, skipped: frozenset[int] = frozenset()) -> list[Candidate]:
    """All candidates in document order; `skipped` are indexes of lines that are a story's body."""
    here = _bare(document.url)
    places = _Places(document.nodes)
    found = []
    for node, pieces in _links_with_pieces(document, skipped):
        url = document.absolute(node.attrs["href"])
        if url is None or _bare(url) == here:
            continue
        text = uncut(clean(displayed_text(pieces.runs, node)), node.attrs.get("title", ""))
        if not text or is_no_headline(text):
            continue
        candidate = _candidate(node, pieces, text=text, url=url, places=places)
        if candidate is not None:
            found.append(candidate)
    _compare_with_mates(found)
    return found


def _candidate(
    node: Node, pieces: _Pieces, *, text: str, url: str, places: "_Places"
) -> Candidate | None:
    try:
        shape = Shape(url)
    except ValueError:  # a bracketed host that is none
        return None
    return Candidate(
        node=node,
        block=pieces.block,
        text=text,
        url=url,
        width=width(text),
        shape=shape,
        role=places.role(node),
        in_furniture=places.in_furniture(node),
        in_heading=places.in_heading(node) or any(places.in_heading(owner) for _, _, owner in pieces.runs),
        timed=_TIME_HINT.search(pieces.after) is not None,
    )


def _bare(url: str) -> str:
    parts = urlsplit(urldefrag(url).url)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}"


def _links_with_pieces(document: Document, skipped: frozenset[int]) -> list[tuple[Node, _Pieces]]:
    """Each link with the runs of its text, in one pass over the page's lines."""
    link_of = _nearest_links(document.nodes)
    found: dict[int, tuple[Node, _Pieces]] = {}
    last: _Pieces | None = None
    for block in document.blocks:
        if block.index in skipped or _is_prose(block):
            last = None
            continue
        for text, owner in block.runs:
            link = link_of[owner.index]
            if link is None:
                if last is not None and len(last.after) < 80:  # noqa: PLR2004 - a time stands near
                    last.after += " " + text
                continue
            if link.index not in found:
                if not text.strip():
                    continue
                found[link.index] = (link, _Pieces(block.index))
            last = found[link.index][1]
            last.runs.append((block.index, text, owner))
    return list(found.values())


def _nearest_links(nodes: list[Node]) -> list[Node | None]:
    """For each element the link that it lies in, by index."""
    found: list[Node | None] = []
    for node in nodes:
        if node.tag == "a" and "href" in node.attrs:
            found.append(node)
        else:
            found.append(found[node.parent.index] if node.parent is not None else None)
    return found


def _is_prose(block: Block) -> bool:
    """A line of running text whose links are references, not entries."""
    beside = len(block.text) - block.link_chars
    return beside > PROSE_CHARS and beside > block.link_chars


class _Places:
    """Where elements stand; answers are kept, because links share their ancestors."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.furniture: dict[int, bool] = {}
        self.labels: dict[int, str] = {}

    def in_furniture(self, node: Node) -> bool:
        """Whether an ancestor is navigation, a footer, a tag cloud or the like, by its tag or name."""
        path = []
        current: Node | None = node
        while current is not None and current.index not in self.furniture:
            path.append(current)
            current = current.parent
        known = self.furniture[current.index] if current is not None else False
        for element in reversed(path):
            known = known or _is_furniture(element)
            self.furniture[element.index] = known
        return known

    def role(self, node: Node) -> str:
        """Tags and classes of the nearest ancestors: links of one role are mates."""
        labels = []
        current = node.parent
        while current is not None and len(labels) < ROLE_DEPTH:
            label = self.labels.get(current.index)
            if label is None:
                label = self.labels[current.index] = _label(current)
            labels.append(label)
            current = current.parent
        return "<".join(labels)

    @staticmethod
    def in_heading(node: Node) -> bool:
        """Whether it lies in a heading element, or is one."""
        return any(
            element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}
            for element, _ in zip(node.ancestors(), range(4), strict=False)
        )


def _is_furniture(node: Node) -> bool:
    if node.tag in _FURNITURE_TAGS:
        return True
    if node.tag in {"html", "body"} or not ("class" in node.attrs or "id" in node.attrs):
        return False
    return _FURNITURE.search(node.names) is not None


def _label(node: Node) -> str:
    classes = node.attrs.get("class", "")
    return f"{node.tag}.{re.sub('[0-9]+', '0', classes)}" if classes else node.tag


def _compare_with_mates(candidates: list[Candidate]) -> None:
    roles: dict[str, list[Candidate]] = {}
    families: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        roles.setdefault(candidate.role, []).append(candidate)
        families.setdefault(candidate.shape.family, []).append(candidate)
    home = Counter(candidate.shape.site for candidate in candidates).most_common(1)
    for candidate in candidates:
        candidate.is_foreign = candidate.shape.site != home[0][0]
    for mates in roles.values():
        usual = median(mate.width for mate in mates)
        timed = sum(mate.timed for mate in mates) / len(mates)
        for mate in mates:
            mate.role_width, mate.role_timed = usual, timed
    for mates in families.values():
        usual = median(mate.width for mate in mates)
        for mate in mates:
            mate.family_width = usual
