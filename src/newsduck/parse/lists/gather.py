"""The links of a page that could be headlines, with what their neighbourhood tells."""

from collections import Counter
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

from newsduck.parse.document import Document
from newsduck.parse.lists.places import Places
from newsduck.parse.lists.shapes import Shape
from newsduck.parse.lists.widths import width
from newsduck.parse.lists.wording import displayed_text, is_no_headline, uncut
from newsduck.parse.tree import Block, Node

PROSE_CHARS = 30
"""A line with this much text beside its links is prose, not a list entry."""
LEAD_WIDTH = 16
"""A single link of this width that opens a line is an entry even so: its summary follows."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text: its line, its innermost element, and the link that it lies in."""

    text: str
    block: int
    owner: Node
    link: Node | None


@dataclass(slots=True)
class Candidate:
    """A link that could be a headline."""

    node: Node
    text: str
    url: str
    width: int
    shape: Shape
    role: str
    in_furniture: bool
    first: int
    """Where its text begins in the page's runs …"""
    last: int
    """… and where it ends."""
    used: frozenset[int]
    """The runs that its text is made of; others in the link may hold its time."""
    role_width: float = 0.0
    """Median width of the links of its role."""
    family_width: float = 0.0
    """Median width of the links whose addresses have its shape."""
    is_foreign: bool = False
    """Leads to another site than most links of the page do."""


def text_runs(document: Document) -> list[Run]:
    """All runs of the page in document order, each with the link around it."""
    links: list[Node | None] = []
    for node in document.nodes:
        is_link = node.tag == "a" and "href" in node.attrs
        links.append(node if is_link else links[node.parent.index] if node.parent is not None else None)
    return [
        Run(text, block.index, owner, links[owner.index])
        for block in document.blocks
        for text, owner in block.runs
        if text and not text.isspace()
    ]


def gather(document: Document, runs: list[Run], skipped: frozenset[int] = frozenset()) -> list[Candidate]:
    """All candidates in document order; `skipped` are indexes of lines that are a story's body."""
    here = _bare(document.url)
    places = Places()
    found = []
    for node, at in _link_runs(document, runs, skipped).items():
        url = document.absolute(node.attrs["href"])
        if url is None or _bare(url) == here:
            continue
        displayed, used = displayed_text([(runs[i].block, runs[i].text, runs[i].owner) for i in at], node)
        text = uncut(displayed, node.attrs.get("title", ""))
        if not text or is_no_headline(text):
            continue
        found.append(
            Candidate(
                node=node,
                text=text,
                url=url,
                width=width(text),
                shape=Shape(url),
                role=places.role(node),
                in_furniture=places.in_furniture(node),
                first=at[0],
                last=at[-1],
                used=frozenset(at[i] for i in used),
            )
        )
    _compare_with_mates(found)
    return found


def _bare(url: str) -> str:
    """An address without scheme, fragment and last slash: what makes a link lead to its own page."""
    parts = urlsplit(url)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}"


def _link_runs(document: Document, runs: list[Run], skipped: frozenset[int]) -> dict[Node, list[int]]:
    """Each link with the indexes of its runs; links in prose are left out."""
    found: dict[Node, list[int]] = {}
    prose = {block.index for block in document.blocks if block.link_chars and _is_prose(block)} | skipped
    for index, run in enumerate(runs):
        if run.link is not None and run.block not in prose:
            found.setdefault(run.link, []).append(index)
    return found


def _is_prose(block: Block) -> bool:
    """A line of running text whose links are references, not entries."""
    beside = len(block.text) - block.link_chars
    if beside <= PROSE_CHARS or beside <= block.link_chars:
        return False
    opening = next((owner.within("a") for text, owner in block.runs if not text.isspace()), None)
    return opening is None or width(block.text[: block.link_chars]) < LEAD_WIDTH


def _compare_with_mates(candidates: list[Candidate]) -> None:
    """Fill in what each candidate's role, address family and site say about it."""
    roles: dict[str, list[int]] = {}
    families: dict[str, list[int]] = {}
    sites = Counter(candidate.shape.site for candidate in candidates)
    home = sites.most_common(1)[0][0] if sites else ""
    for candidate in candidates:
        roles.setdefault(candidate.role, []).append(candidate.width)
        families.setdefault(candidate.shape.family, []).append(candidate.width)
    by_role = {role: median(widths) for role, widths in roles.items()}
    by_family = {family: median(widths) for family, widths in families.items()}
    for candidate in candidates:
        candidate.role_width = by_role[candidate.role]
        candidate.family_width = by_family[candidate.shape.family]
        candidate.is_foreign = candidate.shape.site != home
