"""How two texts are alike, exactly: what they share, and what stands changed in between (pure)."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from newsduck.deduplicate.shingles import Text

LONGEST_CHANGE = 24
"""Characters: what stands between two shared passages and is longer was rewritten, not filled in."""
NUMERALS = frozenset("零一二三四五六七八九十百千万亿两")
FIGURE = re.compile(r"\d+(?:\.\d+)*")


class Change(NamedTuple):
    """What one text has in the place where the other has something else, between the same words."""

    here: str
    there: str

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
    def shared(self) -> int:
        """Distinct grams that both have."""
        small, large = self.shorter.distinct, self.longer.distinct
        if self.shorter.gram != self.longer.gram or not small.size or not large.size:
            return 0
        places = np.minimum(np.searchsorted(large, small), large.size - 1)
        return int(np.count_nonzero(large[places] == small))

    @cached_property
    def contained(self) -> float:
        """Share of the shorter text's grams that stand in the longer, 0 to 1."""
        size = min(self.shorter.distinct.size, self.longer.distinct.size)
        return self.shared / size if size else 0.0

    @cached_property
    def covered(self) -> float:
        """Share of the longer text's grams that stand in the shorter, 0 to 1."""
        size = max(self.shorter.distinct.size, self.longer.distinct.size)
        return self.shared / size if size else 0.0

    @cached_property
    def passages(self) -> list[tuple[int, int, int]]:
        """Shared passages in the shorter text's order: place here, place there, characters."""
        gram, ordered = self.shorter.gram, self.longer.ordered
        if not self.shared:
            return []
        found = np.minimum(np.searchsorted(ordered, self.shorter.grams), ordered.size - 1)
        here = np.flatnonzero(ordered[found] == self.shorter.grams)
        there = self.longer.order[found[here]]
        ends = np.flatnonzero((np.diff(here) != 1) | (np.diff(there) != 1))
        starts, ends = np.append(0, ends + 1), np.append(ends, here.size - 1)
        sizes = here[ends] - here[starts] + gram
        return list(zip(here[starts].tolist(), there[starts].tolist(), sizes.tolist(), strict=True))

    @cached_property
    def longest(self) -> int:
        """Characters of the longest passage that both have word for word."""
        return max((size for _, _, size in self.passages), default=0)

    @cached_property
    def changes(self) -> list[Change]:
        """What stands changed between neighbouring passages, whole figures taken together."""
        pairs = zip(self.passages, self.passages[1:], strict=False)
        return [change for before, after in pairs if (change := self._change(before, after))]

    def _change(self, before: tuple[int, int, int], after: tuple[int, int, int]) -> Change | None:
        """The two wordings between two passages; None where one is empty, long, or elsewhere."""
        here, there, size = before
        gaps = after[0] - here - size, after[1] - there - size
        if max(gaps) > LONGEST_CHANGE or min(gaps) < -LONGEST_CHANGE:
            return None
        one, other = self.shorter.folded, self.longer.folded
        left = _figure_end(one[max(0, here + size - LONGEST_CHANGE) : here + size])
        right = _figure_start(one[after[0] : after[0] + LONGEST_CHANGE])
        change = Change(
            one[here + size - left : after[0] + right], other[there + size - left : after[1] + right]
        )
        return change if change.here and change.there and change.here != change.there else None

    @cached_property
    def figures_changed(self) -> int:
        """Places where both have a figure, and not the same one."""
        return sum(change.is_of_figures for change in self.changes)

    @cached_property
    def figures_kept(self) -> int:
        """Figures that stand unchanged in the shared passages."""
        text = self.shorter.folded
        found = sum(len(FIGURE.findall(text, here, here + size)) for here, _, size in self.passages)
        return max(0, found - 2 * self.figures_changed)

    @cached_property
    def words_changed(self) -> Counter[Change]:
        """Words that became others, and how often."""
        return Counter(change for change in self.changes if change.is_of_words)

    @cached_property
    def characters(self) -> int:
        """Characters in shared passages."""
        return sum(size for _, _, size in self.passages)


def _figure_end(text: str) -> int:
    """Characters of the figure with which a text ends."""
    return len(text) - len(text.rstrip("0123456789."))


def _figure_start(text: str) -> int:
    """Characters of the figure with which a text begins."""
    return len(text) - len(text.lstrip("0123456789."))


def compare(one: Text, other: Text) -> Likeness:
    """Two texts side by side, whichever way round they come."""
    if (one.distinct.size, one.folded) > (other.distinct.size, other.folded):
        one, other = other, one
    return Likeness(shorter=one, longer=other)
