"""Headline lists: every entry with its address, section, rank and time.

`gather` finds the links that could be headlines (`wording`: what they say; `shapes`: where they lead; `places`:
where they stand), `judge` weighs them, `around` reads heading and time beside each, `unlinked` finds lists that
have times but no links; `widths` tells where a list cuts its texts.
"""

from collections import Counter

from newsduck.items import Headline
from newsduck.parse.document import Document, Outline
from newsduck.parse.lists.around import Surroundings
from newsduck.parse.lists.gather import Candidate, gather, text_runs
from newsduck.parse.lists.judge import score
from newsduck.parse.lists.widths import cut_width, ends_in_ellipsis

__all__ = ["find_headlines"]


def find_headlines(document: Document, outline: Outline | None) -> tuple[Headline, ...]:
    """All headlines of the page in document order, each once per list; `outline` is None where it holds no story."""
    runs = text_runs(document)
    body = frozenset(outline.body_blocks) if outline is not None else frozenset()
    kept = [candidate for candidate in gather(document, runs, body) if score(candidate) > 0]
    around = Surroundings(document, runs, kept)
    cuts = _cut_widths(kept)
    seen: set[tuple[str | None, str, str]] = set()
    ranks: Counter[str | None] = Counter()
    found = []
    for entry, section, time in zip(kept, around.sections(), around.times(), strict=True):
        if (section, entry.text, entry.url) in seen:
            continue
        seen.add((section, entry.text, entry.url))
        ranks[section] += 1
        found.append(
            Headline(
                text=entry.text,
                url=entry.url,
                published_at=time.at if time else None,
                published_raw=time.raw if time else None,
                section=section,
                rank=ranks[section],
                is_truncated=ends_in_ellipsis(entry.text) or entry.width + 1 >= cuts[entry.role],
            )
        )
    return tuple(found)


def _cut_widths(kept: list[Candidate]) -> dict[str, float]:
    """For each role the width that its texts are cut at; infinity where they are not."""
    widths: dict[str, list[int]] = {}
    for entry in kept:
        widths.setdefault(entry.role, []).append(entry.width)
    return {role: cut_width(values) or float("inf") for role, values in widths.items()}
