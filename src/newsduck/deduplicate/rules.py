"""Why one article is a copy of another: a short list of rules, asked in order; the first answer decides.

A new rule is one function here, its place in RULES, and one test. A rule gets two articles side by side and
answers with a Mark, with REFUSED (no copy, whatever later rules think), or with None: no opinion.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from newsduck.deduplicate.pairs import Pair

SMALLEST = 30
"""Letters: a shorter body is a caption, a notice or a failed reading, and proves nothing."""
SHORT = 60
"""Letters: what is shorter may be a stock sentence; then the titles must be related as well."""


class Mark(NamedTuple):
    """An answer: a copy, by which rule, and how alike."""

    rule: str
    similarity: float

    @property
    def is_whole(self) -> bool:
        """Whether the two tell the same story, and not one a part of the other."""
        return self.rule in WHOLE


FIGURES = re.compile(r"[\d.]+")
WHOLE = frozenset({"same-text", "near-copy"})
REFUSED: Final = "refused"
Answer = Mark | Literal["refused"] | None


def too_short(pair: Pair) -> Answer:
    """Empty and tiny bodies are no copies of each other: they say nothing that could be copied."""
    return REFUSED if len(pair.likeness.shorter.folded) < SMALLEST else None


def stock_sentence(pair: Pair) -> Answer:
    """A few sentences under titles that have nothing in common: a notice, a disclaimer, a wall."""
    small = len(pair.likeness.longer.folded) < SHORT
    return REFUSED if small and pair.titles_alike < RELATED_TITLES else None


def same_text(pair: Pair) -> Answer:
    """The same letters in the same order, however they are spelled, spaced and punctuated."""
    same = pair.likeness.shorter.folded == pair.likeness.longer.folded
    return Mark("same-text", 1.0) if same else None


def nothing_shared(pair: Pair) -> Answer:
    """Most candidates that met by chance end here, before anything costly is asked."""
    return REFUSED if pair.likeness.contained < QUOTED_SHARE else None


def next_instalment(pair: Pair) -> Answer:
    """The same title with another number, day or hour: the next part of a series, not the same part again."""
    one, other = _without_figures(pair.title), _without_figures(pair.other_title)
    if one != other or not one or pair.title == pair.other_title:
        return None
    corrected = pair.likeness.covered >= CORRECTED_SHARE and not pair.likeness.figures_changed
    return None if corrected else REFUSED


def next_update(pair: Pair) -> Answer:
    """Related titles over texts that have much to themselves: two reports on one event, not one report."""
    related = RELATED_TITLES <= pair.titles_alike < SAME_TITLES
    return REFUSED if related and pair.likeness.contained < UPDATE_SHARE else None


def live_text(pair: Pair) -> Answer:
    """A text that grows while it is read: another state of it is the next report, not a copy of the last."""
    live = all(pair.live) or (any(pair.live) and pair.titles_alike >= SAME_EVENT_TITLES)
    return REFUSED if live and pair.likeness.covered < CORRECTED_SHARE else None


def other_subject(pair: Pair) -> Answer:
    """A name exchanged for another in title and text, and figures with it: the same form about someone else.

    A name alone proves nothing: 特朗普 is 川普 in a re-print from Taiwan.
    """
    exchanged = pair.likeness.figures_changed and any(_in_titles(pair, change) for change in _names(pair))
    return REFUSED if exchanged else None


def same_form(pair: Pair) -> Answer:
    """The same words around other figures and names: a form filled in again (lottery, weather, filings)."""
    likeness = pair.likeness
    if likeness.contained > SAME_FORM_SHARE:
        return None
    figures, words = likeness.figures_changed, likeness.words_changed
    renamed = any(times > 1 or _in_titles(pair, change) for change, times in words.items())
    names = sum(words.values()) if renamed else 0
    if (figures + names) * FORM_SPACING < likeness.characters:
        return None
    changed_most = figures >= FORM_FIGURES * (figures + likeness.figures_kept) and figures > 0
    return REFUSED if changed_most or names else None


def same_notice(pair: Pair) -> Answer:
    """One passage that begins both texts, or ends both, and nothing else: a notice, a lead, a background."""
    likeness = pair.likeness
    alone = NOTICE > likeness.longest.size >= NOTICE_SHARE * likeness.characters
    much_else = likeness.contained < UPDATE_SHARE
    return REFUSED if much_else and alone and likeness.is_at_one_edge else None


def near_copy(pair: Pair) -> Answer:
    """Each holds at least half of the other: re-titled, bylined, corrected, a paragraph dropped or moved."""
    alike = pair.likeness.contained >= NEAR_SHARE and pair.likeness.covered >= NEAR_SHARE
    return Mark("near-copy", round(pair.likeness.contained, 4)) if alike else None


def excerpt(pair: Pair) -> Answer:
    """One stands almost wholly in the other: abridged, extended, or merged with something else."""
    inside = pair.likeness.contained >= EXCERPT_SHARE and pair.likeness.covered >= EXCERPT_COVER
    return Mark("excerpt", round(pair.likeness.contained, 4)) if inside else None


def background(pair: Pair) -> Answer:
    """A paragraph or a piece of one, and not much of either text: what a company does, what a warning means.

    Who quotes takes more; where it is as little, nothing tells a quotation from what both looked up.
    """
    long = [passage for passage in pair.likeness.passages if passage.size >= SENTENCE]
    much = sum(passage.size for passage in long) >= BACKGROUND_SHARE * len(pair.likeness.shorter.folded)
    if much or not long or not all(pair.bodies):
        return None
    return REFUSED if pair.is_within_a_paragraph(long) else None


def quotation(pair: Pair) -> Answer:
    """A long passage word for word, not at the same edge of both: there stand notices and background."""
    likeness = pair.likeness
    long_enough = likeness.longest.size >= QUOTED_PASSAGE and likeness.covered >= QUOTED_COVER
    if not long_enough or likeness.is_at_one_edge:
        return None
    return Mark("quotation", round(likeness.contained, 4))


RELATED_TITLES, SAME_TITLES = 0.25, 0.9
SAME_EVENT_TITLES = 0.5
UPDATE_SHARE = 0.75
"""Under an edited title a re-print keeps more of the text than background and last entries make up."""
NEAR_SHARE = 0.5
"""Half: what two texts that share less have in common need not be what they are about."""
EXCERPT_SHARE, EXCERPT_COVER = 0.6, 0.12
"""Six tenths leave room for slips of recognition; an eighth of a long text is the least that is its story."""
CORRECTED_SHARE = 0.9
"""Under a title with another figure, a text that is the same and keeps its figures is a correction."""
QUOTED_SHARE, QUOTED_COVER, QUOTED_PASSAGE = 0.15, 0.08, 48
SENTENCE, BACKGROUND_SHARE = 32, 0.4
"""Letters of a passage that is no coincidence, and the share of the shorter text that stays background."""
NAME = 2
"""Letters of the shortest name."""
NOTICE, NOTICE_SHARE = 160, 0.9
"""Letters that a notice or a lead stays below, and the share of all that is common that it must be."""
FORM_SPACING, FORM_FIGURES, SAME_FORM_SHARE = 100, 0.4, 0.97
"""A form changes something every hundred characters or more often, and so some grams in every hundred; and
four of its figures in ten at least."""

RULES: tuple[Callable[[Pair], Answer], ...] = (
    too_short,
    stock_sentence,
    same_text,
    nothing_shared,
    next_instalment,
    next_update,
    live_text,
    other_subject,
    same_form,
    same_notice,
    near_copy,
    excerpt,
    background,
    quotation,
)


def decide(pair: Pair) -> Mark | None:
    """What the first rule with an opinion says of two articles."""
    for rule in RULES:
        answer = rule(pair)
        if isinstance(answer, Mark):
            return answer
        if answer == REFUSED:
            return None
    return None


@lru_cache(maxsize=65536)
def _without_figures(title: str) -> str:
    """A folded title with every figure taken out."""
    return FIGURES.sub("", title)


def _names(pair: Pair) -> Iterator[tuple[str, str]]:
    """What stands for what in two texts, without the figures around it, where it may be a name."""
    for change in pair.likeness.changes:
        here, there = (FIGURES.sub("", wording) for wording in (change.here, change.there))
        if min(len(here), len(there)) >= NAME and here != there:
            yield here, there


def _in_titles(pair: Pair, change: tuple[str, str]) -> bool:
    """Whether one title has the one name and not the other, and the other title the other way round."""
    here, there = change
    for one, other in ((pair.title, pair.other_title), (pair.other_title, pair.title)):
        if here in one and there in other and here not in other and there not in one:
            return True
    return False
