"""The links of a page that could be headlines, with what their neighbourhood tells."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from newsduck.parse.document import Document
from newsduck.parse.lists.places import Places
from newsduck.parse.lists.ranks import rank_lengths
from newsduck.parse.lists.runs import Runs
from newsduck.parse.lists.shapes import Shape, shape_of, site
from newsduck.parse.lists.targets import Targets, bare
from newsduck.parse.lists.widths import width
from newsduck.parse.lists.wording import displayed_text, leads_on, uncut
from newsduck.parse.tree import Block, Node

PROSE_CHARS: Final = 30
"""A line with this much text beside its links is prose, not a list entry."""
MIN_WIDTH: Final = 6
"""Narrower texts are no headlines: two Chinese characters, a short English word."""
MIN_FURNITURE_WIDTH: Final = 13
"""Nothing short becomes a headline in a menu."""
HOME_LINKS: Final = 4
"""A page that leads to no site mostly collects other sites' stories: those that it leads to so often."""
PICTURE_WIDTH: Final = 16
"""Wider texts are headlines in their own right; a page of pictures has no more of them than its frame has."""
WIDE_SHARE: Final = 0.2
LEAD_WIDTH: Final = 16
"""A single link of this width that opens a line is an entry even so: its summary follows."""


class Candidate:
    """A link that could be a headline; no dataclass, whose `__init__` would run as Python."""

    def __init__(  # noqa: PLR0913 - all that is known of a link at first
        self,
        node: Node,
        text: str,
        columns: int,
        url: str,
        shape: Shape,
        role: str,
        at: list[int],
        used: list[int],
        *,
        in_furniture: bool,
    ) -> None:
        self.node = node
        self.text = text
        self.width = columns
        self.url = url
        self.shape = shape
        self.role = role
        self.in_furniture = in_furniture
        self.first = at[0]
        """Where its text begins in the page's runs …"""
        self.last = at[-1]
        """… and where it ends."""
        self.used = used
        """The runs that its text is made of; others in the link may hold its time."""
        self.is_whole = False
        """The text is that of the `title` attribute, because the displayed one is cut."""
        self.role_width = 0.0
        """Median width of the links of its role."""
        self.family_width = 0.0
        """Median width of the links whose addresses have its shape."""
        self.is_pictured = False
        """A picture without words leads there as well, or stands in the link."""
        self.is_foreign = False
        """Leads neither to the page's own site nor to one that many of its links lead to."""


def gather(document: Document, runs: Runs, skipped: frozenset[int] = frozenset()) -> list[Candidate]:
    """All candidates in document order; `skipped` are indexes of lines that are a story's body."""
    targets = Targets(document)
    here = f"{document.url.partition('?')[0]}/"
    places = Places()
    widths: defaultdict[str, list[int]] = defaultdict(list)
    found = []
    for node, at in runs.by_link(skipped | _prose(document)).items():
        text, used = displayed_text(runs, at, node)
        columns = width(text)
        role = places.role(node)
        widths[role].append(columns)
        if columns < MIN_WIDTH or (columns < MIN_FURNITURE_WIDTH and places.in_furniture(node)):
            continue
        url = targets.of(node.attrs["href"])
        if url is None:
            continue
        shape = _shape(url, here)
        if not shape.is_advert:
            inside = places.in_furniture(node)
            found.append(Candidate(node, text, columns, url, shape, role, at, used, in_furniture=inside))
    _drop_ranks(found)
    _complete_cut(found)
    if not skipped:
        _see_pictures(found, document)
    _compare_with_mates(found, widths, own=site(bare(document.url).partition("/")[0]))
    return found


def _see_pictures(candidates: list[Candidate], document: Document) -> None:
    """Mark the links under pictures and around them, on a page on which no other texts are long.

    Elsewhere they are accounts under their portraits, and goods.
    """
    wide = sum(candidate.width > PICTURE_WIDTH for candidate in candidates)
    if wide > WIDE_SHARE * len(candidates):
        return
    pictures = {node.attrs["href"] for node, text in document.tree.links if not text}
    for candidate in candidates:
        node = candidate.node
        within = document.nodes[node.index + 1 : node.end]
        candidate.is_pictured = node.attrs["href"] in pictures or any(one.tag == "img" for one in within)


def _shape(url: str, here: str) -> Shape:
    """The shape of an address; a folder that the page itself lies in, or its site, is an index."""
    shape = shape_of(url)
    is_above = len(url) < len(here) and here.startswith(url if url.endswith("/") else f"{url}/")
    return shape._replace(is_index=True) if is_above else shape


def entries_of(document: Document, runs: Runs, elements: Sequence[Node]) -> list[Candidate]:
    """Of each element its longest link as an entry, unjudged; elements without a link are left out."""
    places = Places()
    links = runs.by_link(frozenset(_prose(document)))
    found = []
    for element in elements:
        within = [node for node in links if element.index <= node.index < element.end]
        texts = [(*displayed_text(runs, links[node], node), node) for node in within]
        text, used, node = max(texts, key=lambda entry: width(entry[0]), default=("", [], element))
        url = document.absolute(node.attrs["href"]) if text else None
        if url is None:
            continue
        shape, role, inside, at = shape_of(url), places.role(node), places.in_furniture(node), links[node]
        found.append(Candidate(node, text, width(text), url, shape, role, at, used, in_furniture=inside))
    _drop_ranks(found)
    _complete_cut(found)
    return found


def _drop_ranks(candidates: list[Candidate]) -> None:
    """Take away what the texts of a list count from 1."""
    for candidate, length in zip(candidates, rank_lengths([one.text for one in candidates]), strict=True):
        if length:
            candidate.text = candidate.text[length:]
            candidate.width = width(candidate.text)


def _complete_cut(candidates: list[Candidate]) -> None:
    """Let the `title` attribute complete what is cut."""
    for candidate in candidates:
        hint = candidate.node.attrs.get("title")
        text = uncut(candidate.text, hint) if hint else candidate.text
        if text != candidate.text:
            candidate.text, candidate.width, candidate.is_whole = text, width(text), True


def is_announced(runs: Runs, link: Candidate) -> bool:
    """Whether the words before a link say that it leads to the story before or after this one."""
    for i in range(link.first - 1, max(link.first - 4, -1), -1):
        text = runs.texts[i]
        if text[:1].isalnum() or any(map(str.isalnum, text)):
            return runs.links[i] is None and leads_on(text)
    return False


def _prose(document: Document) -> set[int]:
    """The indexes of the lines whose links are no entries."""
    return {
        block.index
        for block in document.blocks
        if block.link_chars and len(block.text) - block.link_chars > PROSE_CHARS and _is_prose(block)
    }


def _is_prose(block: Block) -> bool:
    """A line of running text whose links are references, not entries."""
    if len(block.text) - block.link_chars <= block.link_chars:
        return False
    opening = next((owner.within("a") for text, owner in block.runs if not text.isspace()), None)
    return opening is None or width(block.text[: block.link_chars]) < LEAD_WIDTH


def _compare_with_mates(candidates: list[Candidate], widths: dict[str, list[int]], *, own: str) -> None:
    """Fill in what each candidate's role, address family and site say about it."""
    families: dict[str, list[int]] = {}
    for candidate in candidates:
        families.setdefault(candidate.shape.family, []).append(candidate.width)
    by_role = {role: _median(widths[role]) for role in {candidate.role for candidate in candidates}}
    by_family = {family: _median(values) for family, values in families.items()}
    sites: dict[str, int] = {}
    for candidate in candidates:
        sites[candidate.shape.site] = sites.get(candidate.shape.site, 0) + 1
    homes = {own, max(sites, key=sites.__getitem__, default=own)}
    if 2 * sum(sites.get(name, 0) for name in homes) < len(candidates):
        homes.update(name for name, count in sites.items() if count >= HOME_LINKS)
    for candidate in candidates:
        shape = candidate.shape
        candidate.role_width = by_role[candidate.role]
        candidate.family_width = by_family[shape.family]
        candidate.is_foreign = shape.site not in homes


def _median(values: list[int]) -> float:
    """The middle of some values, at least one; of two in the middle their mean."""
    # Not `statistics.median`, which is Python and slow to begin: there are many lists of two or three a page.
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
