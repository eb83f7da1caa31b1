"""The same hours through newsduck's load, SQLite upserts and dlt's merge, side by side.

    python tests/bench/warehouse_beside.py [--dlt-python VENV/bin/python] [--repeats 3]

Two hours of 5,000 articles and 50,000 list entries each, the second on top of the first: three in five of its
entries and one in five of its articles are known. Seconds are the processor's, over all threads: the machine
may be shared. Two tables, for there are two questions:

- *The whole job*, from parsed pages: keys, headlines, articles and their wordings, stays on lists, links,
  outcomes, search. SQLite does as much of it as it can (warehouse_sqlite.py); dlt has nothing of the kind.
- *Two bare tables by their keys*, from rows whose keys are given: what SQLite's upserts and dlt's merge are
  made for; for newsduck its way of writing, `MERGE … BY NAME` into tables without a key, and nothing else.
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import warehouse_rows as make
from warehouse_sqlite import COUNTS, through_sqlite

from newsduck import warehouse
from newsduck.items import ParsedPage, Run
from newsduck.settings import Settings
from newsduck.warehouse import rows
from newsduck.warehouse.connect import connect
from newsduck.warehouse.entries import list_tables
from newsduck.warehouse.statements import transaction

HERE = Path(__file__).parent
HOURS = (500, 501)
HEADLINES = "headline_id portal text url is_truncated listed_at listed_raw seen_at"
ARTICLES = "article_id portal url title body published_at source content_hash seen_at"
TABLES = {"headlines": ("headline_id", HEADLINES), "articles": ("article_id", ARTICLES)}
MERGE = """
merge into {table} t using (
    select * from _{table} qualify row_number() over (partition by {key} order by seen_at desc) = 1
) s on t.{key} = s.{key}
when matched then update by name when not matched then insert by name"""
BARE_COUNTS = "select (select count(*) from headlines), (select count(*) from articles)"
Told = tuple[list[float], tuple[int, ...]]
"""Seconds of each hour, and how many rows there are in the end."""
Contestant = Callable[[], Told]


def main() -> None:
    """Print one table; every figure is the least of its repeats."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--dlt-python", help="an interpreter that has dlt[duckdb]")
    flags.add_argument("--repeats", type=int, default=3)
    given = flags.parse_args()
    texts, scale = make.paragraphs(), make.Scale()
    hours = [make.front_pages(hour, scale, texts) + make.articles(hour, scale, texts) for hour in HOURS]
    with tempfile.TemporaryDirectory() as folder:
        batches = [batch(pages) for pages in hours]
        for number, tables in enumerate(batches):
            for name, table in tables.items():
                pq.write_table(table, Path(folder) / f"{name}{number}.parquet")
        whole = {
            "newsduck": lambda: through_newsduck(hours),
            "SQLite, as far as it can": lambda: through_sqlite(hours),
        }
        bare = {
            "newsduck's way": lambda: by_merge(batches),
            "SQLite upserts": lambda: by_upserts(batches),
        }
        if given.dlt_python:
            for form in ("arrow", "dicts"):
                command = [given.dlt_python, str(HERE / "warehouse_dlt.py"), folder, form]
                bare[f"dlt merge, {form}"] = lambda command=command: told_by(command)
        report("the whole job, from parsed pages", whole, given.repeats)
        report("two bare tables by their keys, from rows", bare, given.repeats)
    if not given.dlt_python:
        say("left out: dlt is not installed (--dlt-python)")


def report(title: str, contestants: dict[str, Contestant], repeats: int) -> None:
    """Seconds of each hour's load, and how often our time they are; all must have made the same rows."""
    say(f"\n{title:<42}into an empty one       the next hour   least of {repeats}")
    ours: list[float] = []
    rows_of: dict[str, tuple[int, ...]] = {}
    for name, work in contestants.items():
        runs = [work() for _ in range(repeats)]
        least = [min(seconds) for seconds in zip(*(seconds for seconds, _ in runs), strict=True)]
        ours, rows_of[name] = ours or least, runs[0][1]
        told = "".join(f"{one:9.2f} s {one / mine:6.2f} x   " for one, mine in zip(least, ours, strict=True))
        say(f"  {name:<40}{told}")
    say(
        f"  rows in the end: {rows_of}"
        if len(set(rows_of.values())) > 1
        else f"  rows in the end, all: {runs[0][1]}"
    )


def batch(pages: list[ParsedPage]) -> dict[str, pa.Table]:
    """The hour's headlines and articles as tables, each key once."""
    address = rows.addresses(make.portals())
    run = Run(run_id="beside", started_at=pages[0].fetched_at)
    articles = rows.table(rows.article_columns(pages, address, run), rows.ARTICLES)
    return {
        "headlines": list_tables(pages, address, {})[1].select(HEADLINES.split()),
        "articles": articles.select(ARTICLES.split()),
    }


def through_newsduck(hours: list[list[ParsedPage]]) -> Told:
    """Seconds of each load, from parsed pages, and how many rows of each kind that made."""
    seconds, portals = [], make.portals()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        for number, pages in enumerate(hours):
            outcomes, run = make.outcomes(pages), Run(run_id=f"{number}", started_at=pages[0].fetched_at)
            begun = time.process_time()
            with warehouse.lock(settings):
                warehouse.load(
                    settings, run=run, round_number=0, outcomes=outcomes, pages=pages, signatures=(),
                    verdicts=(), portals=portals,
                )  # fmt: skip
            seconds.append(time.process_time() - begun)
        with connect(settings) as connection:
            return seconds, connection.execute(
                COUNTS.replace("versions", "article_versions").replace("stays", "placements")
            ).fetchall()[0]


def by_merge(batches: list[dict[str, pa.Table]]) -> Told:
    """Seconds of each batch by `MERGE` into DuckDB, with opening, transaction, checkpoint and closing."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "beside.duckdb")
        for tables in batches:
            begun = time.process_time()
            with duckdb.connect(path, config={"threads": 2}) as connection, transaction(connection):
                for name, (key, _) in TABLES.items():
                    connection.register(f"_{name}", tables[name])
                    connection.execute(f"create table if not exists {name} as from _{name} limit 0")
                    connection.execute(MERGE.format(table=name, key=key))
            seconds.append(time.process_time() - begun)
        with duckdb.connect(path) as connection:
            return seconds, connection.execute(BARE_COUNTS).fetchall()[0]


def by_upserts(batches: list[dict[str, pa.Table]]) -> Told:
    """Seconds of each batch by `insert … on conflict` into SQLite, from tuples."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "beside.db") as connection:
        connection.execute("pragma journal_mode = wal")
        for name, (_, columns) in TABLES.items():
            connection.execute(_made(name, columns))
        for tables in batches:
            given = {
                name: [_plain(row) for row in zip(*table.to_pydict().values(), strict=True)]
                for name, table in tables.items()
            }
            begun = time.process_time()
            for name, (_, columns) in TABLES.items():
                connection.executemany(_upsert(name, columns), given[name])
            connection.commit()
            seconds.append(time.process_time() - begun)
        return seconds, connection.execute(BARE_COUNTS).fetchone()


def _made(table: str, columns: str) -> str:
    """The table, its first column the key."""
    key, *others = columns.split()
    return f"create table {table} ({key} integer primary key, {', '.join(others)})"


def _upsert(table: str, columns: str) -> str:
    """One row, new or over the one of its key."""
    names = columns.split()
    changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    marks = ", ".join("?" for _ in names)
    return f"insert into {table} values ({marks}) on conflict ({names[0]}) do update set {changes}"


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """SQLite's integers have a sign, and its times are numbers."""
    key, *others = row
    return (
        int(str(key)) - (1 << 63),
        *(str(one) if not isinstance(one, str | bool | None) else one for one in others),
    )


def told_by(command: list[str]) -> Told:
    """What another interpreter measured and counted."""
    told = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    )
    return told["seconds"], tuple(told["rows"])


def say(line: str) -> None:
    """A line of the table, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
