"""Headline lists: every entry with its address, section, rank and time.

`gather` finds the links that could be headlines (`runs`: the page's pieces of text; `wording`: what they say;
`ranks`: what of that counts; `shapes`: where they lead; `places`: where they stand), `judge` weighs them,
`sections` reads the heading above each list and `beside` the time at each entry (`entries`: which element is
one; `signs`: which lines may hold a time; `columns`: what tables call theirs; `clocks`: times without a day),
`unlinked` finds lists that have times but no links; `widths` tells where lists are cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Final

from newsduck.items import Headline
from newsduck.parse.document import Document, Outline
from newsduck.parse.lists.beside import Beside, ListedTime
from newsduck.parse.lists.clocks import Row, with_clocks, with_days
from newsduck.parse.lists.gather import Candidate, entries_of, gather, is_announced
from newsduck.parse.lists.judge import score
from newsduck.parse.lists.runs import Runs
from newsduck.parse.lists.sections import find_sections, offers_else
from newsduck.parse.lists.signs import lines_with_signs
from newsduck.parse.lists.unlinked import bare_time, find_unlinked
from newsduck.parse.lists.widths import cut_width, ends_in_ellipsis, teaser_width, width
from newsduck.parse.lists.wording import is_no_headline
from newsduck.parse.tree import Node

__all__ = ["find_headlines", "headlines_of"]

SUMMARY_WIDTH: Final = 90
"""Columns from which a text may be the summary beside a headline."""


class _Entry:
    """A headline without its rank."""

    def __init__(
        self,
        section: str | None,
        text: str,
        url: str | None,
        time: ListedTime | None,
        *,
        is_truncated: bool,
    ) -> None:
        self.section = section
        self.text = text
        self.url = url
        self.time = time
        self.is_truncated = is_truncated


def find_headlines(document: Document, outline: Outline | None) -> tuple[Headline, ...]:
    """All headlines of the page in document order, each once per list.

    `outline` tells which lines are the story's; it is None where the page holds none.
    """
    story = _story_lines(outline)
    runs = Runs(document)
    likely = [link for link in gather(document, runs, story) if score(link) > 0]
    kept = _without_summaries(
        [link for link in likely if not is_no_headline(link.text) and not is_announced(runs, link)]
    )
    signed = lines_with_signs(document.blocks)
    taken = story.union(runs.blocks[i] for entry in kept for i in entry.used)
    linked = (e for e in _linked(document, runs, kept, outline, signed) if not offers_else(e.section))
    found = [*linked, *_unlinked(document, taken, signed)]
    return tuple(_ranked(found))


def headlines_of(document: Document, elements: Sequence[Node]) -> tuple[Headline, ...]:
    """Each of these elements as one entry, in document order: what a portal's rule says is a list."""
    runs = Runs(document)
    kept = entries_of(document, runs, elements)
    linked = list(_linked(document, runs, kept, None, lines_with_signs(document.blocks)))
    nodes = [entry.node for entry in kept]
    found = []
    for element in elements:
        at = next((i for i, node in enumerate(nodes) if element.index <= node.index < element.end), None)
        found.append(linked[at] if at is not None else _without_link(document, element))
    return tuple(_ranked(entry for entry in found if entry.text))


def _without_link(document: Document, element: Node) -> _Entry:
    """An entry of the lines in an element: the first that is no time is its text."""
    lines = [block.text for block in document.tree.blocks_in(element)]
    times = [bare_time(document, line) for line in lines]
    text = next((line for line, time in zip(lines, times, strict=True) if time is None), "")
    time = next((time for time in times if time is not None), None)
    return _Entry(None, text, None, time, is_truncated=ends_in_ellipsis(text))


def _story_lines(outline: Outline | None) -> frozenset[int]:
    if outline is None:
        return frozenset()
    return frozenset(outline.body_blocks)


def _without_summaries(kept: list[Candidate]) -> list[Candidate]:
    """Without the long texts that lead where a headline leads already."""
    shortest: dict[str, int] = {}
    for entry in kept:
        shortest[entry.url] = min(entry.width, shortest.get(entry.url, entry.width))
    return [entry for entry in kept if entry.width < SUMMARY_WIDTH or entry.width < 2 * shortest[entry.url]]


def _linked(
    document: Document, runs: Runs, kept: Sequence[Candidate], outline: Outline | None, signed: frozenset[int]
) -> Iterator[_Entry]:
    cuts = _cut_widths(kept)
    sections = find_sections(document, runs, kept, outline)
    beside = Beside(document, runs, kept, signed)
    rows = [Row(entry.role, runs.blocks[entry.first]) for entry in kept]
    times = with_clocks(beside.times(), beside.clocks(), rows, document)
    times = with_days(times, rows, document, signed)
    for entry, section, time in zip(kept, sections, times, strict=True):
        is_cut = _is_cut(entry, cuts[entry.role])
        yield _Entry(section, entry.text, entry.url, time, is_truncated=is_cut)


def _is_cut(entry: Candidate, column: float) -> bool:
    return ends_in_ellipsis(entry.text) or (not entry.is_whole and entry.width + 1 >= column)


def _cut_widths(kept: Iterable[Candidate]) -> dict[str, float]:
    """For each role the width that its texts are cut at; infinity where they are not.

    A list that marks its cuts with an ellipsis cuts nothing without one.
    """
    roles: dict[str, list[tuple[str, int]]] = {}
    for entry in kept:
        roles.setdefault(entry.role, []).append((entry.text, entry.width))
    return {role: _cut_width(mates) for role, mates in roles.items()}


def _cut_width(entries: Sequence[tuple[str, int]]) -> float:
    if any(ends_in_ellipsis(text) for text, _ in entries):
        return inf
    return cut_width([columns for _, columns in entries]) or inf


def _unlinked(document: Document, taken: frozenset[int], signed: frozenset[int]) -> Iterator[_Entry]:
    entries = find_unlinked(document, taken, signed)
    marked = any(ends_in_ellipsis(entry.text) for entry in entries)
    cut = inf if marked else teaser_width([width(entry.text) for entry in entries]) or inf
    for entry in entries:
        is_truncated = ends_in_ellipsis(entry.text) or width(entry.text) + 1 >= cut
        yield _Entry(None, entry.text, None, entry.time, is_truncated=is_truncated)


def _ranked(entries: Iterable[_Entry]) -> Iterator[Headline]:
    """Each (section, text, address) once, with its place in the section; the one with a time is kept."""
    found: dict[tuple[str | None, str, str | None], _Entry] = {}
    for entry in entries:
        place = (entry.section, entry.text, entry.url)
        if place not in found or found[place].time is None:
            found[place] = entry
    ranks: dict[str | None, int] = {}
    for entry in found.values():
        time = entry.time
        ranks[entry.section] = rank = ranks.get(entry.section, 0) + 1
        yield Headline(
            text=entry.text,
            url=entry.url,
            published_at=time.at if time else None,
            published_raw=time.raw if time else None,
            section=entry.section,
            rank=rank,
            is_truncated=entry.is_truncated,
        )
