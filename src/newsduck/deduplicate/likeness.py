"""How two texts are alike, exactly: what they share, and what stands changed in between (pure)."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsduck.deduplicate.shingles import LATIN, Grams, Keys, Text

Places = npt.NDArray[np.int64]

LONGEST_CHANGE = 24
"""Characters: what stands between two shared passages and is longer was rewritten, not filled in."""
EDGE = 12
"""Characters: a dateline, a name or a mark may stand between a passage and the edge of its text."""
NUMERALS = frozenset("零一二三四五六七八九十百千万亿两")
FIGURE = re.compile(r"\d+(?:\.\d+)*")


class Passage(NamedTuple):
    """Where a shared passage begins in the shorter text and in the longer, and its characters."""

    here: int
    there: int
    size: int


class Change(NamedTuple):
    """What one text has in the place where the other has something else, between the same words."""

    here: str
    there: str
    at: int
    """Where it begins in the shorter text."""

    @property
    def is_of_figures(self) -> bool:
        """Whether a figure became another one: 3人 → 5人, 三人 → 五人."""
        here, there = FIGURE.findall(self.here), FIGURE.findall(self.there)
        if here and there:
            return bool(here != there)
        return bool(self.here and self.there) and NUMERALS.issuperset(self.here + self.there)

    @property
    def is_of_words(self) -> bool:
        """Whether a word became another one; slips of recognition leave some characters in place."""
        if min(len(self.here), len(self.there)) < 2:  # noqa: PLR2004 - single characters are slips
            return False
        pairs = zip(self.here, self.there, strict=False)
        return len(self.here) != len(self.there) or all(one != other for one, other in pairs)


@dataclass(frozen=True)
class Likeness:
    """Two texts side by side; each figure is made once and only when a rule asks for it."""

    shorter: Text
    longer: Text

    @cached_property
    def _grams(self) -> tuple[Grams, Grams]:
        """The grams of both; longer ones where both texts consist of words."""
        if min(self.shorter.latin, self.longer.latin) > LATIN:
            return self.shorter.latin_grams, self.longer.latin_grams
        return self.shorter.grams, self.longer.grams

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        """Distinct grams of the smaller set and of the larger."""
        one, other = (grams.distinct.size for grams in self._grams)
        return min(one, other), max(one, other)

    @cached_property
    def shared(self) -> int:
        """Distinct grams that both have."""
        small, large = (grams.distinct for grams in self._grams)
        if not small.size or not large.size:
            return 0
        places = np.minimum(np.searchsorted(large, small), large.size - 1)
        return int(np.count_nonzero(large[places] == small))

    @cached_property
    def contained(self) -> float:
        """Share of the shorter text's grams that stand in the longer, 0 to 1."""
        return self.shared / max(1, self._sizes[0])

    @cached_property
    def covered(self) -> float:
        """Share of the longer text's grams that stand in the shorter, 0 to 1."""
        return self.shared / max(1, self._sizes[1])

    @cached_property
    def passages(self) -> list[Passage]:
        """Shared passages in the shorter text's order."""
        if not self.shared:
            return []
        here, there = self._places()
        breaks = np.flatnonzero((np.diff(here) != 1) | (np.diff(there) != 1))
        starts, ends = np.append(0, breaks + 1), np.append(breaks, here.size - 1)
        sizes = here[ends] - here[starts] + self._grams[0].width
        places = zip(here[starts].tolist(), there[starts].tolist(), sizes.tolist(), strict=True)
        return [Passage(*place) for place in places]

    def _places(self) -> tuple[Places, Places]:
        """Where each shared gram begins in the shorter text, and where in the longer.

        A gram that stands in several places there is taken where the passage before it goes on.
        """
        wanted, given, ordered = self._grams[0].keys, self._grams[1].keys, self._grams[1].ordered
        found = np.minimum(np.searchsorted(ordered, wanted), ordered.size - 1)
        here = np.flatnonzero(ordered[found] == wanted)
        there = self._grams[1].order[found[here]]
        for at in (np.flatnonzero((np.diff(here) == 1) & (np.diff(there) != 1)) + 1).tolist():
            follows = int(there[at - 1]) + 1
            if follows < given.size and given[follows] == wanted[here[at]] and there[at] != follows:
                going_on = _common(wanted[here[at] :], given[follows:])
                there[at : at + going_on] = np.arange(follows, follows + going_on)
        return here, there

    @cached_property
    def longest(self) -> Passage:
        """The longest passage that both have word for word; one of no characters if there is none."""
        return max(self.passages, key=lambda passage: passage.size, default=Passage(0, 0, 0))

    @cached_property
    def changes(self) -> list[Change]:
        """What stands changed between neighbouring passages, whole figures taken together."""
        pairs = zip(self.passages, self.passages[1:], strict=False)
        return [change for before, after in pairs if (change := self._change(before, after))]

    def _change(self, before: Passage, after: Passage) -> Change | None:
        """The two wordings between two passages; None where one is empty, long, or elsewhere."""
        here, there = before.here + before.size, before.there + before.size
        gaps = after.here - here, after.there - there
        if max(gaps) > LONGEST_CHANGE or min(gaps) < -LONGEST_CHANGE:
            return None
        one, other = self.shorter.folded, self.longer.folded
        left = _figure_end(one[max(0, here - LONGEST_CHANGE) : here])
        right = _figure_start(one[after.here : after.here + LONGEST_CHANGE])
        change = Change(
            one[here - left : after.here + right], other[there - left : after.there + right], here - left
        )
        return change if change.here and change.there and change.here != change.there else None

    @cached_property
    def figures_changed(self) -> int:
        """Places where both have a figure, and not the same one."""
        return sum(change.is_of_figures for change in self.changes)

    @cached_property
    def figures_kept(self) -> int:
        """Figures that stand unchanged in the shared passages."""
        kept = np.zeros(len(self.shorter.folded) + 1, dtype=np.bool_)
        for passage in self.passages:
            kept[passage.here : passage.here + passage.size] = True
        for change in self.changes:
            kept[change.at : change.at + len(change.here)] = False
        return sum(bool(kept[slice(*found.span())].all()) for found in FIGURE.finditer(self.shorter.folded))

    @cached_property
    def words_changed(self) -> Counter[tuple[str, str]]:
        """Words that became others, and how often."""
        return Counter((change.here, change.there) for change in self.changes if change.is_of_words)

    @cached_property
    def characters(self) -> int:
        """Characters in shared passages."""
        return sum(passage.size for passage in self.passages)

    @property
    def is_at_one_edge(self) -> bool:
        """Whether the longest passage begins both texts, or ends both."""
        here, there, size = self.longest
        left = len(self.shorter.folded) - here - size, len(self.longer.folded) - there - size
        return max(here, there) <= EDGE or max(left) <= EDGE


def _common(one: Keys, other: Keys) -> int:
    """How many keys two rows of them have in common from the start."""
    size = min(one.size, other.size)
    differing = np.flatnonzero(one[:size] != other[:size])
    return int(differing[0]) if differing.size else size


def _figure_end(text: str) -> int:
    """Characters of the figure with which a text ends."""
    return len(text) - len(text.rstrip("0123456789."))


def _figure_start(text: str) -> int:
    """Characters of the figure with which a text begins."""
    return len(text) - len(text.lstrip("0123456789."))


def compare(one: Text, other: Text) -> Likeness:
    """Two texts side by side, whichever way round they come."""
    if (len(one.folded), one.folded) > (len(other.folded), other.folded):
        one, other = other, one
    return Likeness(shorter=one, longer=other)
