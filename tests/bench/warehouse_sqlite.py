"""What newsduck's load does, as far as SQLite can do it: a line of warehouse_beside.py.

The keys and folded texts are made by newsduck's own code; rows go in by `insert … on conflict`; wordings,
stays on lists, links by address and by text, outcomes, and an FTS5 index of pairs of letters are kept. Left
out, to SQLite's advantage: readings that come late or again, better parsers, copies, assertions, idempotence.
"""

import sqlite3
import tempfile
import time
from operator import add
from pathlib import Path

import pyarrow as pa
import warehouse_rows as make

from newsduck.items import ParsedPage, Run
from newsduck.warehouse import rows
from newsduck.warehouse.entries import list_tables

SCHEMA = Path(__file__).with_suffix(".sql")

TOLD = """
    headline_id, portal, text, url, is_truncated, listed_at, listed_raw, address_id, folded, opening_key,
    first_seen_at, last_seen_at"""
HEADLINE = f"""
insert into headlines ({TOLD}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict do update set last_seen_at = excluded.last_seen_at"""
NOW = "insert or ignore into now values (?, ?, ?, ?, ?)"
VERSION = "insert or ignore into versions values (?, ?, ?, ?, ?)"
ARTICLE = """
insert into articles values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict do update set last_seen_at = excluded.last_seen_at, title = excluded.title, body = excluded.body,
    published_at = excluded.published_at, source = excluded.source, content_hash = excluded.content_hash,
    record_hash = excluded.record_hash"""
OUTCOME = "insert into outcomes values (?, ?, ?, ?, ?, ?, ?, ?)"
ADDRESS = """
insert into addresses values (?, ?, ?, ?, ?, ?)
on conflict do update set disposition = excluded.disposition, last_tried_at = excluded.last_tried_at"""
OPENING = "insert into openings values (?, ?, ?, ?, ?, ?)"
STAYS = """
update stays set last_seen_at = n.seen_at, last_rank = n.rank, best_rank = min(best_rank, n.rank),
    sightings = sightings + 1
from now n where stays.list_id = n.list_id and stays.headline_id = n.headline_id
    and stays.section is n.section and stays.off_at is null;
update stays set off_at = l.seen_at from (select distinct list_id, seen_at from now) l
where stays.list_id = l.list_id and off_at is null and last_seen_at < l.seen_at;
insert into stays
select list_id, section, headline_id, seen_at, null, seen_at, rank, rank, rank, 1 from now n
where not exists (
    select 1 from stays s where s.list_id = n.list_id and s.headline_id = n.headline_id
        and s.section is n.section and s.off_at is null
);
delete from now"""
LINKS = """
update headlines set article_id = address_id, link_rule = 'address'
where article_id is null and address_id in (select article_id from articles);
update headlines set article_id = o.article_id, link_rule = 'text'
from openings o
where headlines.article_id is null and o.opening_key = headlines.opening_key
    and substr(o.opening, 1, length(headlines.folded)) = substr(headlines.folded, 1, 64)"""
COUNTS = """
select (select count(*) from headlines), (select count(*) from articles), (select count(*) from versions),
    (select count(*) from stays), (select count(*) from stays where off_at is null),
    (select count(*) from outcomes), (select count(*) from headlines where link_rule = 'address')"""


def through_sqlite(hours: list[list[ParsedPage]]) -> tuple[list[float], tuple[int, ...]]:
    """Seconds of each hour from parsed pages, and how many rows of each kind that made."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "beside.db") as connection:
        connection.execute("pragma journal_mode = wal")
        connection.executescript(SCHEMA.read_text("utf-8"))
        for pages in hours:
            told, address = make.outcomes(pages), rows.addresses(make.portals())
            begun = time.process_time()
            outcomes = rows.table(rows.outcome_columns(told, address), rows.OUTCOMES)
            _put(
                connection,
                OUTCOME,
                outcomes,
                "address_id portal url kind disposition status fetched_at detail",
            )
            _put(connection, ADDRESS, outcomes, "address_id portal url kind disposition fetched_at")
            _load_articles(connection, pages, address)
            _load_lists(connection, pages, address)
            _run(connection, LINKS)
            connection.commit()
            seconds.append(time.process_time() - begun)
        counts = connection.execute(COUNTS).fetchone()
    return seconds, counts


def _load_articles(connection: sqlite3.Connection, pages: list[ParsedPage], address: rows.Address) -> None:
    """Articles, their wordings, how these begin, and the new ones into the index."""
    run = Run(run_id="beside", started_at=pages[0].fetched_at)
    articles = rows.table(rows.article_columns(pages, address, run), rows.ARTICLES)
    known = connection.execute("select coalesce(max(rowid), 0) from versions").fetchone()
    _put(connection, VERSION, articles, "article_id content_hash title body seen_at")
    _put(
        connection, ARTICLE, articles,
        "article_id portal url title body published_at source content_hash record_hash seen_at seen_at",
    )  # fmt: skip
    openings = rows.table(rows.opening_columns(pages, address), rows.OPENINGS)
    _put(connection, OPENING, openings, "article_id portal part opening opening_key told_at")
    new = connection.execute("select rowid, title, body from versions where rowid > ?", known).fetchall()
    connection.executemany(
        "insert into search (rowid, title, body) values (?, ?, ?)",
        [(number, _pairs(title), _pairs(body)) for number, title, body in new],
    )


def _load_lists(connection: sqlite3.Connection, pages: list[ParsedPage], address: rows.Address) -> None:
    """Headlines, and their stays on lists."""
    _, entries = list_tables(pages, address, {})
    _put(connection, HEADLINE, entries, TOLD.replace(",", ""))
    _put(connection, NOW, entries, "list_id section headline_id rank seen_at")
    _run(connection, STAYS)


def _put(connection: sqlite3.Connection, sql: str, table: pa.Table, names: str) -> None:
    """Columns of an Arrow table as rows; SQLite's whole numbers have a sign, and it has no times."""
    columns = [
        _plain(table[name.replace("first_seen", "seen").replace("last_seen", "seen")])
        for name in names.split()
    ]
    connection.executemany(sql, zip(*columns, strict=True))


def _plain(column: pa.ChunkedArray) -> list[object]:
    """Values that SQLite takes."""
    if column.type == pa.uint64():
        return column.combine_chunks().view(pa.int64()).to_pylist()
    return (column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column).to_pylist()


def _pairs(text: str) -> str:
    """Each letter with the next: what FTS5 can index of Chinese without an extension."""
    return " ".join(map(add, text, text[1:]))


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";"):
        connection.execute(statement)
