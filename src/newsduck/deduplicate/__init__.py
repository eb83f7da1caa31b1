"""Which article is a copy of which: nothing is dropped, every copy is marked, each mark says why (pure).

1. `fold`       one spelling for the same characters                         (newsduck.fold)
2. `shingles`   a text as a set of 5-grams, and a small sample of it
3. `groups`     articles of the same letters, taken as one
4. `meetings`   texts whose samples meet are worth comparing
5. `likeness`   two texts compared exactly: shared, contained, changed
6. `pairs`      two articles as the rules see them: texts, titles, paragraphs
7. `rules`      why one is a copy of the other, or why it is not             ← add a rule here
8. `stories`    which of them is first, and the pointers to it
9. `teasers`    which list entries are one headline
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from newsduck.deduplicate.groups import Group, Member, same_texts, sign
from newsduck.deduplicate.likeness import Likeness, compare
from newsduck.deduplicate.meetings import meetings, related
from newsduck.deduplicate.pairs import Pair
from newsduck.deduplicate.rules import QUOTED_SHARE, decide
from newsduck.deduplicate.stories import Forest, moment
from newsduck.items import Known, Signature, Verdict

__all__ = ["judge", "sign"]


def judge(
    new: Sequence[Known], known: Sequence[Known], signatures: Iterable[Signature] = ()
) -> list[Verdict]:
    """Verdicts for all new articles, and for each known one whose mark changes.

    `known` holds what may be a copy of the new ones, or copied by them, with its text, and the other articles
    of their stories, whose bodies may be left empty: those keep their marks, and only pointers move.
    An article that is new and known at once was read again: what it was marked as before stays, unless
    something better is found. The answer depends on the set of articles alone, not on any order.
    `signatures` are what `sign` gave of new ones, where it was asked: what meets nothing is not read again.
    """
    before = {article.article_id: article for article in known}
    fresh = {article.article_id: _again(article, before.get(article.article_id)) for article in new}
    articles = before | fresh
    signed = {signature.article_id: signature for signature in signatures}
    forest = Forest(articles)
    groups = same_texts(sorted(articles.values(), key=moment), signed)
    for one, other in _meetings(groups, fresh.keys()):
        _compare(one, other, fresh.keys(), forest)
    verdicts = [forest.verdict(article_id) for article_id in articles]
    return [v for v in verdicts if v.article_id in fresh or _is_moved(v, before[v.article_id], articles)]


def _again(article: Known, before: Known | None) -> Known:
    """A new article; one that was read before keeps the time it was first seen at, and its mark."""
    if before is None:
        return article
    return replace(
        before,
        title=article.title,
        body=article.body,
        published_at=article.published_at,
        published_precision=article.published_precision,
        first_seen_at=min(article.first_seen_at, before.first_seen_at),
    )


def _meetings(groups: Sequence[Group], fresh: Container[int]) -> Iterator[tuple[Group, Group]]:
    """The groups whose texts are to be compared, and each of several members with itself."""
    is_new = [any(member.article_id in fresh for member in group.members) for group in groups]
    yield from (
        (group, group) for group, new in zip(groups, is_new, strict=True) if new and group.members[1:]
    )
    met = meetings([group.sample for group in groups], is_new)
    if met.size:
        whose, places = np.unique(met, return_inverse=True)
        marks = np.stack([groups[at].text.marks for at in whose.tolist()])
        met = met[related(places.reshape(met.shape), marks, QUOTED_SHARE)]
    yield from ((groups[one], groups[other]) for one, other in met.tolist())


def _compare(one: Group, other: Group, fresh: Container[int], forest: Forest) -> None:
    """Offer the first of each group to all members of the other one: no earlier one can be found there."""
    likeness: Likeness | None = None
    for left, right in _pairs(one, other):
        ids = left.article_id, right.article_id
        if not (ids[0] in fresh or ids[1] in fresh) or not forest.wants(*ids):
            continue
        likeness = likeness or compare(one.text, other.text)
        mark = decide(_beside(likeness, left, right))
        if mark:
            forest.offer(*ids, mark)


def _beside(likeness: Likeness, left: Member, right: Member) -> Pair:
    """Two articles as the rules see them."""
    return Pair(
        likeness,
        left.title,
        right.title,
        live=(left.is_live, right.is_live),
        bodies=(left.article.body, right.article.body),
    )


def _pairs(one: Group, other: Group) -> Iterator[tuple[Member, Member]]:
    """The first of each group beside all members of the other; within one group, beside all others."""
    if one is other:
        yield from ((one.members[0], member) for member in one.members[1:])
    else:
        yield from ((one.members[0], member) for member in other.members)
        yield from ((other.members[0], member) for member in one.members[1:])


def _is_moved(verdict: Verdict, known: Known, articles: Container[int]) -> bool:
    """Whether a verdict says something else than what is known."""
    nearest = known.nearest if known.nearest in articles else known.copy_of
    return (
        verdict.story_id,
        verdict.copy_of,
        verdict.copy_rule,
        verdict.copy_similarity,
        verdict.nearest,
    ) != (
        known.story_id,
        known.copy_of,
        known.copy_rule,
        known.copy_similarity,
        nearest,
    )
