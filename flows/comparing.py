"""Field by field, what a better parser changes: articles as they are published beside articles read now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flows.asking import ask
from newsduck.addresses import canonical, key
from newsduck.items import Article, ParsedPage
from newsduck.portals import Portal
from newsduck.settings import Settings

FIELDS = ("title", "body", "published_at", "source", "authors", "editors", "keywords", "channel")
BATCH = 500
"""Articles that one question asks for."""


@dataclass(slots=True)
class Comparison:
    """What was read, by article: a key a field (0: empty), so that a month's articles fit into memory."""

    _read: dict[int, tuple[datetime, tuple[int, ...]]] = field(default_factory=dict)

    def add(self, pages: Iterable[ParsedPage], portals: Iterable[Portal]) -> None:
        """Remember the youngest reading of each article."""
        by_id = {portal.id: portal for portal in portals}
        for page in pages:
            if page.article is None:
                continue
            article_id = key(canonical(page.url, by_id.get(page.portal)))
            before = self._read.get(article_id)
            if before is None or before[0] <= page.fetched_at:
                self._read[article_id] = (page.fetched_at, _keys(page.article))

    def rows(self, settings: Settings) -> list[dict[str, Any]]:
        """A row a field: articles that had it in the published copy, have it now, and had another value.

        What was published from a later reading is left out: the page itself may have changed since.
        """
        had, has, differs = Counter[str](), Counter[str](), Counter[str]()
        published = _published(settings, list(self._read))
        for article_id, (read_at, now) in self._read.items():
            seen_at, before = published.get(article_id, (read_at, (0,) * len(FIELDS)))
            if seen_at > read_at:
                continue
            for name, old, new in zip(FIELDS, before, now, strict=True):
                had[name] += old != 0
                has[name] += new != 0
                differs[name] += old not in (0, new)
        return [
            {"field": name, "before": had[name], "after": has[name], "changed": differs[name]}
            for name in FIELDS
        ]


def in_words(rows: Iterable[dict[str, Any]]) -> str:
    """`source 210 → 240 (12 changed)`, only for fields of which something is different."""
    told = [
        f"{row['field']} {row['before']} → {row['after']} ({row['changed']} changed)"
        for row in rows
        if row["before"] != row["after"] or row["changed"]
    ]
    return "fields: " + (", ".join(told) or "no difference")


def _published(settings: Settings, ids: list[int]) -> dict[int, tuple[datetime, tuple[int, ...]]]:
    """When each article was last seen, and a key a field."""
    found = {}
    for start in range(0, len(ids), BATCH):
        numbers = ", ".join(map(str, ids[start : start + BATCH]))
        for article_id, seen_at, *values in ask(settings, "articles_by_id", ids=numbers):
            found[int(article_id)] = seen_at, tuple(_key(value) for value in values)
    return found


def _keys(article: Article) -> tuple[int, ...]:
    return tuple(_key(getattr(article, name)) for name in FIELDS)


def _key(value: Any) -> int:
    """A number for a value, the same for what Python and DuckDB have; 0 for none."""
    if not value:
        return 0
    if isinstance(value, datetime):
        value = value.astimezone(UTC).isoformat()
    return key(*value) if isinstance(value, list | tuple) else key(str(value))
