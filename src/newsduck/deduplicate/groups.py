"""Articles of the same letters, taken as one: their text is compared once for all of them (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from newsduck.addresses import key
from newsduck.deduplicate.pairs import is_live
from newsduck.deduplicate.rules import SMALLEST
from newsduck.deduplicate.shingles import Text
from newsduck.fold import fold
from newsduck.items import Known, Signature


@dataclass(frozen=True)
class Member:
    """What the rules ask of an article beside its letters, made when they ask."""

    article: Known

    @property
    def article_id(self) -> int:
        """Whose it is."""
        return self.article.article_id

    @cached_property
    def title(self) -> str:
        """Folded."""
        return fold(self.article.title)

    @cached_property
    def is_live(self) -> bool:
        """Whether it says that it grows while it is read."""
        return is_live(self.article.title, self.article.body)


@dataclass(frozen=True)
class Group:
    """All articles of the same letters, the earliest first."""

    sample: tuple[int, ...]
    members: list[Member] = field(default_factory=list)

    @cached_property
    def text(self) -> Text:
        """The letters; most groups meet no other, and are never asked."""
        return Text(fold(self.members[0].article.body))


def same_texts(articles: Iterable[Known], signed: Mapping[int, Signature]) -> list[Group]:
    """The articles that have a text, grouped by it, in the order of each group's earliest.

    `signed` holds what is known of some of them already.
    """
    groups: dict[int, Group] = {}
    for article in articles:
        signature = signed.get(article.article_id) or sign(article.article_id, article.title, article.body)
        if signature.bands:
            group = groups.setdefault(signature.text_key, Group(signature.bands))
            group.members.append(Member(article))
    return list(groups.values())


def sign(article_id: int, title: str, body: str) -> Signature:
    """The fingerprint of an article's text; a body too short to prove anything meets nobody.

    The title is not signed: most copies change it.
    """
    del title
    text = Text(fold(body))
    if len(text.folded) < SMALLEST:
        return Signature(article_id=article_id, text_key=key("too short", str(article_id)))
    return Signature(article_id=article_id, text_key=key(text.folded), bands=text.sample)
