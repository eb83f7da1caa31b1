"""The links of a page that could be headlines, with what their neighbourhood tells."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from newsduck.parse.document import Document
from newsduck.parse.lists.places import Place, Places
from newsduck.parse.lists.runs import Run
from newsduck.parse.lists.shapes import Shape, shape_of, site
from newsduck.parse.lists.widths import width
from newsduck.parse.lists.wording import displayed_text, leads_on, uncut
from newsduck.parse.tree import Block, Node

PROSE_CHARS = 30
"""A line with this much text beside its links is prose, not a list entry."""
MIN_WIDTH = 6
"""Narrower texts are no headlines: two Chinese characters, a short English word."""
MIN_FURNITURE_WIDTH = 13
"""Nothing short becomes a headline in a menu."""
LEAD_WIDTH = 16
"""A single link of this width that opens a line is an entry even so: its summary follows."""


@dataclass(slots=True)
class Candidate:
    """A link that could be a headline."""

    node: Node
    text: str
    is_whole: bool
    """The text is that of the `title` attribute, because the displayed one is cut."""
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
    """Leads neither to the page's own site nor to the one that most of its links lead to."""


def gather(document: Document, runs: Sequence[Run], skipped: frozenset[int] = frozenset()) -> list[Candidate]:
    """All candidates in document order; `skipped` are indexes of lines that are a story's body."""
    here = _bare(document.url)
    ending = here.rpartition("/")[2]
    absolute = _addresses(document)
    places = Places()
    widths: dict[str, list[int]] = {}
    found = []
    for node, at in _link_runs(document, runs, skipped).items():
        displayed, used = displayed_text([runs[i] for i in at], node)
        columns = width(displayed)
        place = places.of(node)
        widths.setdefault(place.role, []).append(columns)
        if columns < MIN_WIDTH or (columns < MIN_FURNITURE_WIDTH and place.in_furniture):
            continue
        url = absolute(node.attrs["href"])
        if url is None or (ending in url and _bare(url) == here):
            continue
        candidate = _candidate(node, displayed, url, place=place, at=at, used=used)
        if not candidate.shape.is_advert:
            found.append(candidate)
    _compare_with_mates(found, widths, own=site(here.partition("/")[0]))
    return found


def entries_of(document: Document, runs: Sequence[Run], elements: Sequence[Node]) -> list[Candidate]:
    """Of each element its longest link as an entry, unjudged; elements without a link are left out."""
    places = Places()
    links = _link_runs(document, runs, frozenset())
    found = []
    for element in elements:
        within = [node for node in links if element.index <= node.index < element.end]
        texts = [(*displayed_text([runs[i] for i in links[node]], node), node) for node in within]
        text, used, node = max(texts, key=lambda entry: width(entry[0]), default=("", [], element))
        url = document.absolute(node.attrs["href"]) if text else None
        if url is not None:
            found.append(_candidate(node, text, url, place=places.of(node), at=links[node], used=used))
    return found


def _candidate(
    node: Node, displayed: str, url: str, *, place: Place, at: list[int], used: list[int]
) -> Candidate:
    text = uncut(displayed, node.attrs.get("title", ""))
    return Candidate(
        node=node,
        text=text,
        is_whole=text != displayed,
        url=url,
        width=width(text),
        shape=shape_of(url),
        role=place.role,
        in_furniture=place.in_furniture,
        first=at[0],
        last=at[-1],
        used=frozenset(at if len(at) == len(used) else [at[i] for i in used]),
    )


def is_announced(runs: Sequence[Run], link: Candidate) -> bool:
    """Whether the words before a link say that it leads to the story before or after this one."""
    for run in reversed(runs[max(link.first - 3, 0) : link.first]):
        if any(map(str.isalnum, run.text)):
            return run.link is None and leads_on(run.text)
    return False


def _addresses(document: Document) -> Callable[[str], str | None]:
    """As `document.absolute`, without taking apart what need not be."""
    scheme, mark, rest = document.base_url.partition("://")
    root = f"{scheme}://{rest.partition('/')[0]}"

    def absolute(href: str) -> str | None:
        href = href.strip()
        if href.startswith(("http://", "https://")):
            return href
        if not mark or not href.startswith("/") or "/." in href:
            return document.absolute(href)
        return f"{scheme}:{href}" if href.startswith("//") else root + href

    return absolute


def _bare(url: str) -> str:
    """An address without scheme, fragment and last slash: what makes a link lead to its own page."""
    address = url.partition("#")[0].rstrip("/")
    return address.partition("://")[2] or address


def _link_runs(document: Document, runs: Sequence[Run], skipped: frozenset[int]) -> dict[Node, list[int]]:
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


def _compare_with_mates(candidates: list[Candidate], widths: dict[str, list[int]], *, own: str) -> None:
    """Fill in what each candidate's role, address family and site say about it."""
    families: dict[str, list[int]] = {}
    sites = Counter(candidate.shape.site for candidate in candidates)
    home = sites.most_common(1)[0][0] if sites else ""
    for candidate in candidates:
        families.setdefault(candidate.shape.family, []).append(candidate.width)
    by_role = {role: median(widths[role]) for role in {candidate.role for candidate in candidates}}
    by_family = {family: median(values) for family, values in families.items()}
    for candidate in candidates:
        candidate.role_width = by_role[candidate.role]
        candidate.family_width = by_family[candidate.shape.family]
        candidate.is_foreign = candidate.shape.site not in (home, own)
