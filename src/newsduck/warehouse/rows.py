"""Items as Arrow tables, ready to be staged: keys made, texts folded, one row each (pure)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any

import pyarrow as pa

from newsduck.addresses import canonical, key
from newsduck.items import Article, Outcome, ParsedPage, Run, Verdict
from newsduck.portals import Portal
from newsduck.warehouse.folds import OPENING, letters_of, wording

Row = dict[str, Any]
AddressId = Callable[[str, str], tuple[int, str]]
"""(portal, url) → the key of the canonical address, and that address."""

OPENING_LETTERS = 64  # a teaser is cut at 66 columns: 33 Han characters, or up to 66 Latin ones
LEADS = 2  # a first paragraph is often a caption or a dateline

_WHEN = pa.timestamp("us", tz="UTC")
_TYPES: dict[Any, pa.DataType] = {
    "key": pa.uint64(), "text": pa.string(), "number": pa.int32(), "long": pa.int64(),
    "when": _WHEN, "claim": pa.bool_(), "texts": pa.list_(pa.string()), "ratio": pa.float64(),
}  # fmt: skip


def _schema(**columns: str) -> pa.Schema:
    """A schema in short: the name of a type, then the columns of that type."""
    return pa.schema([(name, _TYPES[kind]) for kind, names in columns.items() for name in names.split()])


OUTCOMES = _schema(
    key="address_id", number="status elapsed_ms", long="bytes archive_offset", when="fetched_at",
    text="portal url kind final_url disposition charset archive_file etag last_modified body_digest detail",
)  # fmt: skip
PAGES = _schema(key="address_id", text="portal url", when="read_at", claim="has_article", number="entries")
ARTICLES = _schema(
    key="article_id content_hash record_hash", texts="authors editors keywords", when="published_at seen_at",
    text="portal url title body published_raw published_precision published_rule source channel run_id "
    "parser_version",
)  # fmt: skip
OPENINGS = _schema(key="article_id opening_key", text="portal part opening", when="told_at")
ENTRIES = _schema(
    key="headline_id list_id address_id opening_key", number="rank position", when="seen_at listed_at",
    claim="is_truncated", text="portal text url listed_raw folded list_url section kind",
)  # fmt: skip
VERDICTS = _schema(key="article_id story_id copy_of nearest", text="copy_rule", ratio="copy_similarity")
PORTALS = _schema(text="portal name timezone", texts="front_pages")
FRONTS = _schema(key="list_id", text="portal url", number="place")
RUNS = _schema(
    text="run_id flow_run_id status trigger code_version", when="started_at finished_at",
)  # fmt: skip


def address_ids(portals: Sequence[Portal]) -> AddressId:
    """Address keys for these portals, each address worked out once."""
    by_id = {portal.id: portal for portal in portals}
    seen: dict[tuple[str, str], tuple[int, str]] = {}

    def address_id(portal: str, url: str) -> tuple[int, str]:
        found = seen.get((portal, url))
        if found is None:
            address = canonical(url, by_id.get(portal))
            found = seen[portal, url] = (key(address), address)
        return found

    return address_id


def outcome_rows(outcomes: Iterable[Outcome], address_id: AddressId) -> Iterator[Row]:
    """One row an outcome."""
    for outcome in outcomes:
        row = {name: getattr(outcome, name) for name in _OUTCOME_FIELDS}
        yield row | {"address_id": address_id(outcome.portal, outcome.url)[0]}


def page_rows(pages: Iterable[ParsedPage], address_id: AddressId) -> Iterator[Row]:
    """One row a page: whether it held an article, and how many list entries."""
    for page in pages:
        yield {
            "portal": page.portal,
            "url": page.url,
            "address_id": address_id(page.portal, page.url)[0],
            "read_at": page.fetched_at,
            "has_article": page.article is not None,
            "entries": len(page.headlines),
        }


def article_rows(pages: Iterable[ParsedPage], address_id: AddressId, run: Run) -> Iterator[Row]:
    """One row a page that holds an article, with the keys of its wording and of all its fields."""
    for page in pages:
        if page.article is None:
            continue
        article_id, _ = address_id(page.portal, page.url)
        record = {name: getattr(page.article, name) for name in _ARTICLE_FIELDS}
        yield record | {
            "article_id": article_id,
            "portal": page.portal,
            "url": canonical(page.url),  # people follow it: a portal's bare story id leads nowhere
            "content_hash": content_hash(page.article),
            "record_hash": key(repr(sorted(record.items()))),
            "seen_at": page.fetched_at,
            "run_id": run.run_id,
            "parser_version": run.code_version,
        }


def content_hash(article: Article) -> int:
    """The key of a wording: title and body, white space and width aside."""
    return key(wording(article.title), wording(article.body))


def opening_rows(pages: Iterable[ParsedPage], address_id: AddressId) -> Iterator[Row]:
    """How each article's title and first paragraphs begin."""
    parts = [(page, *part) for page in pages if page.article is not None for part in _parts(page.article)]
    for (page, part, _), text in zip(parts, letters_of([text for _, _, text in parts]), strict=True):
        if page.article is not None and len(text) >= OPENING:
            yield {
                "article_id": address_id(page.portal, page.url)[0],
                "portal": page.portal,
                "part": part,
                "opening": text[:OPENING_LETTERS],
                "opening_key": key(text[:OPENING]),
                "told_at": page.article.published_at or page.fetched_at,
            }


def _parts(article: Article) -> list[tuple[str, str]]:
    """The texts that a teaser may be cut from, each with its kind."""
    paragraphs = article.body.split("\n", LEADS)[:LEADS]
    return [("title", article.title), *(("lead", text[:200]) for text in paragraphs)]


def verdict_rows(verdicts: Iterable[Verdict]) -> Iterator[Row]:
    """One row a verdict."""
    return (asdict(verdict) for verdict in verdicts)


def portal_rows(portals: Iterable[Portal]) -> Iterator[Row]:
    """One row a portal."""
    for portal in portals:
        yield {
            "portal": portal.id,
            "name": portal.name,
            "timezone": portal.timezone,
            "front_pages": portal.front_pages,
        }


def front_rows(portals: Iterable[Portal]) -> Iterator[Row]:
    """One row a front page."""
    for portal in portals:
        for place, url in enumerate(portal.front_pages):
            yield {
                "portal": portal.id,
                "url": url,
                "list_id": key(canonical(url, portal)),
                "place": place,
            }


def run_row(run: Run) -> Row:
    """The run's own columns."""
    return asdict(run)


def table(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """Rows as one Arrow table with exactly the schema's columns."""
    listed = list(rows)
    columns = [pa.array([row.get(name) for row in listed], schema.field(name).type) for name in schema.names]
    return pa.Table.from_arrays(columns, schema=schema)


_ARTICLE_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Article))
_OUTCOME_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Outcome))
