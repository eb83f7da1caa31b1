"""Items as Arrow tables, ready to be staged: keys made, texts folded, column by column (pure)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

import numpy as np
import pyarrow as pa

from newsduck.addresses import PARTS, canonical, key, keys
from newsduck.items import Article, Outcome, ParsedPage, Run, Verdict
from newsduck.portals import Portal
from newsduck.warehouse.folds import OPENING, letters_of, wordings

Columns = Mapping[str, Any]
"""Name → all values of that column, as a list or an array."""
Address = Callable[[str, str], str]
"""(portal, url) → the canonical address."""

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
    "parser_version", number="number",
)  # fmt: skip
OPENINGS = _schema(key="article_id opening_key", text="portal part opening", when="told_at")
LISTS = _schema(key="list_id", text="portal list_url kind", when="seen_at")
ENTRIES = _schema(
    key="headline_id list_id address_id opening_key", number="number rank position", when="seen_at listed_at",
    claim="is_truncated", text="portal text url listed_raw folded section",
)  # fmt: skip
VERDICTS = _schema(key="article_id story_id copy_of nearest", text="copy_rule", ratio="copy_similarity")
PORTALS = _schema(text="portal name timezone", texts="front_pages")
FRONTS = _schema(key="list_id", text="portal url", number="place")
RUNS = _schema(
    text="run_id flow_run_id status trigger code_version", when="started_at finished_at",
)  # fmt: skip


def addresses(portals: Sequence[Portal]) -> Address:
    """Canonical addresses for these portals, each worked out once."""
    by_id = {portal.id: portal for portal in portals}

    @cache
    def address(portal: str, url: str) -> str:
        return canonical(url, by_id.get(portal))

    return address


def outcome_columns(outcomes: Sequence[Outcome], address: Address) -> Columns:
    """One row an outcome."""
    told = _columns(outcomes, _OUTCOME_FIELDS)
    return told | {"address_id": keys(map(address, told["portal"], told["url"]))}


def page_columns(pages: Sequence[ParsedPage], address: Address) -> Columns:
    """One row a page: whether it held an article, and how many list entries."""
    told = _columns(pages, ("portal", "url"))
    return told | {
        "address_id": keys(map(address, told["portal"], told["url"])),
        "read_at": [page.fetched_at for page in pages],
        "has_article": [page.article is not None for page in pages],
        "entries": [len(page.headlines) for page in pages],
    }


def article_columns(pages: Sequence[ParsedPage], address: Address, run: Run) -> Columns:
    """One row a page that holds an article, with the keys of its wording and of all its fields.

    A wording is title and body, white space and width aside.
    """
    pages = [page for page in pages if page.article is not None]
    told = _columns([page.article for page in pages], _ARTICLE_FIELDS)
    records = zip(*(told[name] for name in _SORTED_FIELDS), strict=True)
    texts = zip(wordings(told["title"]), wordings(told["body"]), strict=True)
    portals, urls = ([getattr(page, name) for page in pages] for name in ("portal", "url"))
    return told | {
        "number": np.arange(len(pages)),
        "article_id": keys(map(address, portals, urls)),
        "portal": portals,
        "url": [canonical(url) for url in urls],  # people follow it: a portal's bare story id leads nowhere
        "content_hash": keys(map(PARTS.join, texts)),
        "record_hash": keys(repr(list(zip(_SORTED_FIELDS, record, strict=True))) for record in records),
        "seen_at": [page.fetched_at for page in pages],
        "run_id": [run.run_id] * len(pages),
        "parser_version": [run.code_version] * len(pages),
    }


def opening_columns(pages: Sequence[ParsedPage], address: Address) -> Columns:
    """How each article's title and first paragraphs begin."""
    parts = [(page, *part) for page in pages if page.article is not None for part in _parts(page.article)]
    letters = letters_of([text for _, _, text in parts])
    told = [
        (address(page.portal, page.url), page.portal, part, text, _told_at(page))
        for (page, part, _), text in zip(parts, letters, strict=True)
        if len(text) >= OPENING
    ]
    found, portals, kinds, texts, times = zip(*told, strict=True) if told else ((),) * 5
    return {
        "article_id": keys(found),
        "portal": portals,
        "part": kinds,
        "opening": [text[:OPENING_LETTERS] for text in texts],
        "opening_key": keys(text[:OPENING] for text in texts),
        "told_at": times,
    }


def _parts(article: Article) -> list[tuple[str, str]]:
    """The texts that a teaser may be cut from, each with its kind."""
    paragraphs = article.body.split("\n", LEADS)[:LEADS]
    return [("title", article.title), *(("lead", text[:200]) for text in paragraphs)]


def _told_at(page: ParsedPage) -> object:
    """When a page's article was published, or read."""
    return (page.article and page.article.published_at) or page.fetched_at


def verdict_columns(verdicts: Sequence[Verdict]) -> Columns:
    """One row a verdict."""
    return _columns(verdicts, VERDICTS.names)


def portal_columns(portals: Sequence[Portal]) -> Columns:
    """One row a portal."""
    return _columns(portals, ("name", "timezone", "front_pages")) | {"portal": [one.id for one in portals]}


def front_columns(portals: Iterable[Portal]) -> Columns:
    """One row a front page."""
    fronts = [(portal, *front) for portal in portals for front in enumerate(portal.front_pages)]
    return {
        "portal": [portal.id for portal, _, _ in fronts],
        "url": [url for _, _, url in fronts],
        "list_id": [key(canonical(url, portal)) for portal, _, url in fronts],
        "place": [place for _, place, _ in fronts],
    }


def run_columns(run: Run) -> Columns:
    """The run's own columns, one row."""
    return _columns([run], RUNS.names)


def table(columns: Columns, schema: pa.Schema) -> pa.Table:
    """Columns as one Arrow table with exactly the schema's names and types."""
    return pa.Table.from_arrays(
        [pa.array(columns[field.name], field.type) for field in schema], schema=schema
    )


def _columns(things: Sequence[object], names: Iterable[str]) -> dict[str, list[Any]]:
    """The attributes of these names, column by column."""
    return {name: list(map(attrgetter(name), things)) for name in names}


_ARTICLE_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Article))
_SORTED_FIELDS = sorted(_ARTICLE_FIELDS)
_OUTCOME_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Outcome))
