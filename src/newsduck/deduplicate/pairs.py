"""Two articles side by side, as the rules see them: texts, titles, paragraphs (pure)."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from newsduck.deduplicate.likeness import EDGE, Likeness, Passage
from newsduck.fold import fold

LIVE = re.compile(
    r"更新(?:中|至|[）)】\]]|\s*\d)|[（(【\[](?:持续|滚动|实时)?(?:更新|滚动|直播|实时)|^直播|直播[:：|｜]"
)
STAMP = re.compile(
    r"^\W{0,3}(?:\d+月\d+日\s*)?\d{1,2}(?:[:：]\d\d|[时時点點](?:\d{1,2}分)?)(?=\D)", re.MULTILINE
)
STAMPS = 3


@dataclass(frozen=True)
class Pair:
    """Two articles side by side: their texts compared, and their titles folded."""

    likeness: Likeness
    title: str
    other_title: str
    live: tuple[bool, bool] = (False, False)
    """Whether the one and the other are texts that grow while they are read."""
    bodies: tuple[str, str] = ("", "")
    """As printed, in paragraphs; each is the shorter text or the longer."""

    @cached_property
    def titles_alike(self) -> float:
        """Share of the shorter title's two-character pieces that stand in the other, 0 to 1."""
        one, other = _pieces(self.title), _pieces(self.other_title)
        smaller = min(len(one), len(other))
        return len(one & other) / smaller if smaller else 0.0

    def is_within_a_paragraph(self, passages: Sequence[Passage]) -> bool:
        """Whether these passages stand in one paragraph of the one text, and in one of the other."""
        one, other = (_paragraphs(body) for body in self.bodies)
        if "".join(one) != self.likeness.shorter.folded:
            one, other = other, one
        here = [(passage.here, passage.here + passage.size) for passage in passages]
        there = [(passage.there, passage.there + passage.size) for passage in passages]
        return _in_one_paragraph(one, here) and _in_one_paragraph(other, there)


def is_live(title: str, body: str) -> bool:
    """Whether an article says that it is a live blog, or its paragraphs begin with hours and minutes."""
    return bool(LIVE.search(title)) or len(STAMP.findall(body)) >= STAMPS


@lru_cache(maxsize=1024)
def _paragraphs(body: str) -> tuple[str, ...]:
    """Its paragraphs, folded."""
    return tuple(fold(paragraph) for paragraph in body.split("\n"))


def _in_one_paragraph(paragraphs: Iterable[str], spans: Iterable[tuple[int, int]]) -> bool:
    """Whether spans of a folded text, longer than two edges, lie in one of its paragraphs, edges aside."""
    ends = list(accumulate(map(len, paragraphs)))
    places = {bisect_right(ends, at) for start, end in spans for at in (start + EDGE, end - EDGE)}
    return len(places) == 1


@lru_cache(maxsize=65536)
def _pieces(title: str) -> frozenset[str]:
    """Two-character pieces of a folded title."""
    return frozenset(title[at : at + 2] for at in range(len(title) - 1))
