"""Which article is a copy of which: nothing is dropped, every copy is marked, each mark says why (pure).

1. `fold`       one spelling for the same characters                         (newsduck.fold)
2. `shingles`   a text as a set of 5-grams, and a small sample of it
3. `meetings`   texts whose samples meet are worth comparing
4. `likeness`   two texts compared exactly: shared, contained, changed
5. `rules`      why one is a copy of the other, or why it is not             ← add a rule here
6. `stories`    which of them is first, and the pointers to it
7. `teasers`    which list entries are one headline
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from newsduck.addresses import key
from newsduck.deduplicate.likeness import compare
from newsduck.deduplicate.meetings import meetings
from newsduck.deduplicate.rules import SMALLEST, Pair, decide, is_live
from newsduck.deduplicate.shingles import Text
from newsduck.deduplicate.stories import Forest, moment
from newsduck.fold import fold
from newsduck.items import Known, Signature, Verdict

__all__ = ["judge", "sign"]


def sign(article_id: int, title: str, body: str) -> Signature:
    """The fingerprint of an article's text; a body too short to prove anything meets nobody.

    The title is not signed: most copies change it.
    """
    del title
    text = Text(fold(body))
    if len(text.folded) < SMALLEST:
        return Signature(article_id=article_id, text_key=key("too short", str(article_id)))
    return Signature(article_id=article_id, text_key=key(text.folded), bands=text.sample)


def judge(new: Sequence[Known], known: Sequence[Known]) -> list[Verdict]:
    """Verdicts for all new articles, and for each known one whose mark changes.

    `known` holds what may be a copy of the new ones, or copied by them, with its text, and the other articles
    of their stories, whose bodies may be left empty: those keep their marks, and only pointers move.
    An article that is new and known at once was read again: what it was marked as before stays, unless
    something better is found. The answer depends on the set of articles alone, not on any order.
    """
    before = {article.article_id: article for article in known}
    fresh = {article.article_id: _again(article, before.get(article.article_id)) for article in new}
    articles = before | fresh
    forest = Forest(articles)
    groups = _same_texts(sorted(articles.values(), key=moment))
    for one, other in _meetings(groups, fresh.keys()):
        _compare(one, other, fresh.keys(), forest)
    verdicts = [forest.verdict(article_id) for article_id in articles]
    return [v for v in verdicts if v.article_id in fresh or _is_moved(v, before[v.article_id], articles)]


class _Member(NamedTuple):
    """What the rules ask of an article beside its letters."""

    article_id: int
    title: str
    """Folded."""
    is_live: bool


class _Group(NamedTuple):
    """All articles of the same letters, the earliest first."""

    text: Text
    members: list[_Member]


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


def _same_texts(articles: Iterable[Known]) -> list[_Group]:
    """The articles that have a text, grouped by it, in the order of each group's earliest."""
    groups: dict[str, _Group] = {}
    for article in articles:
        folded = fold(article.body)
        if len(folded) >= SMALLEST:
            group = groups.setdefault(folded, _Group(Text(folded), []))
            group.members.append(
                _Member(article.article_id, fold(article.title), is_live(article.title, article.body))
            )
    return list(groups.values())


def _meetings(groups: Sequence[_Group], fresh: Container[int]) -> Iterator[tuple[_Group, _Group]]:
    """The groups whose texts are to be compared, and each of several members with itself."""
    is_new = [any(member.article_id in fresh for member in group.members) for group in groups]
    yield from (
        (group, group) for group, new in zip(groups, is_new, strict=True) if new and group.members[1:]
    )
    for one, other in meetings([group.text.sample for group in groups], is_new):
        yield groups[one], groups[other]


def _compare(one: _Group, other: _Group, fresh: Container[int], forest: Forest) -> None:
    """Offer the first of each group to all members of the other one: no earlier one can be found there."""
    likeness = compare(one.text, other.text)
    pairs = [(one.members[0], member) for member in other.members]
    if one is not other:
        pairs += [(other.members[0], member) for member in one.members[1:]]
    for left, right in pairs:
        ids = left.article_id, right.article_id
        if ids[0] == ids[1] or not (ids[0] in fresh or ids[1] in fresh):
            continue
        mark = decide(Pair(likeness, left.title, right.title, (left.is_live, right.is_live)))
        if mark:
            forest.offer(*ids, mark)
            forest.offer(*ids[::-1], mark)


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
