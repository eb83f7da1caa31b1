"""Who copied whom: each article hangs on the earliest one that it is like, and a story is such a tree (pure).

Being a copy is not transitive: B may be like A and like C, which have nothing in common (a digest of both, or
a text edited from print to print). So no rule ever joins two stories through a third text. Each article hangs
on *one* article that is earlier than itself: the earliest that tells the same story whole, else the earliest
of which it is, or holds, a part. The root of the tree is the original, its id is the story's, and `copy_of`
of all others points to it. What is earliest depends on the articles alone, never on the order in which they
came in; that is why any order ends in the same stories, and why an older text that turns up late moves
exactly the pointers that it must.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsduck.deduplicate.rules import Mark
from newsduck.items import Known, Verdict

Moment = tuple[datetime, datetime, int]
EARLIEST: Moment = (datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC), 0)
"""For originals that are not at hand: nothing that is can be earlier."""
SPAN = {"day": timedelta(days=1), "minute": timedelta(minutes=1), "second": timedelta(0)}


def moment(article: Known) -> Moment:
    """Where an article stands in time: the latest moment at which it can have been published.

    A day may end at midnight and a minute at its sixtieth second, but nothing is published after we saw it.
    Then the time at which it was seen, then its id.
    """
    seen = article.first_seen_at
    told = seen
    if article.published_at is not None:
        told = min(seen, article.published_at + SPAN[article.published_precision or "second"])
    return told, seen, article.article_id


@dataclass(frozen=True, slots=True)
class Link:
    """An article hangs on an earlier one."""

    parent: int
    mark: Mark


class Forest:
    """The trees of a set of articles; grows by comparisons, in any order, to the same end."""

    def __init__(self, articles: Mapping[int, Known]) -> None:
        """Articles by id, hanging as they were judged before."""
        self._articles = articles
        self._moments = {key: moment(article) for key, article in articles.items()}
        links = ((key, _judged(article, articles)) for key, article in articles.items())
        self._links = {key: link for key, link in links if link and self._is_earlier(link.parent, key)}

    def wants(self, one: int, other: int) -> bool:
        """Whether the later of two articles could hang on the earlier one, were it like it.

        What tells its story whole already, and is earlier still, is not outdone by anything.
        """
        parent, child = self._in_time(one, other)
        present = self._links.get(child)
        return self._is_earlier(parent, child) and (
            present is None or (False, self._moments[parent]) < self._rank(present.parent, present.mark)
        )

    def offer(self, one: int, other: int, mark: Mark) -> None:
        """Hang the later of two articles on the earlier, if that is better than where it hangs.

        Better is what tells the same story whole, then what is earlier.
        """
        parent, child = self._in_time(one, other)
        present = self._links.get(child)
        if self._is_earlier(parent, child) and (
            present is None or self._rank(parent, mark) < self._rank(present.parent, present.mark)
        ):
            self._links[child] = Link(parent, mark)

    def verdict(self, article_id: int) -> Verdict:
        """The mark of one article."""
        link = self._links.get(article_id)
        if link is None:
            return Verdict(article_id=article_id, story_id=article_id)
        root = self._root(article_id)
        return Verdict(
            article_id=article_id,
            story_id=root,
            copy_of=root,
            copy_rule=link.mark.rule,
            copy_similarity=link.mark.similarity,
            nearest=link.parent,
        )

    def _rank(self, parent: int, mark: Mark) -> tuple[bool, Moment]:
        return not mark.is_whole, self._moments.get(parent, EARLIEST)

    def _in_time(self, one: int, other: int) -> tuple[int, int]:
        """Both, the earlier first."""
        return (one, other) if self._is_earlier(one, other) else (other, one)

    def _is_earlier(self, parent: int, child: int) -> bool:
        return self._moments.get(parent, EARLIEST) < self._moments[child]

    def _root(self, article_id: int) -> int:
        """Where the tree begins; links lead back in time, so there is always an end."""
        while article_id in self._links:
            article_id = self._links[article_id].parent
        return article_id


def _judged(article: Known, articles: Container[int]) -> Link | None:
    """Where an article was hung before; on its original, if what it was recognised by is not at hand."""
    parent = article.nearest if article.nearest in articles else article.copy_of
    if parent is None or article.copy_rule is None:
        return None
    return Link(parent, Mark(article.copy_rule, article.copy_similarity or 0.0))
