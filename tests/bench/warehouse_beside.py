"""The same hours through newsduck's load, SQLite upserts and dlt's merge, side by side.

    python tests/bench/warehouse_beside.py [--dlt-python VENV/bin/python] [--repeats 3]

Two hours of 5,000 articles and 50,000 list entries each, the second on top of the first: three in five of its
entries and one in five of its articles are known. newsduck's load does all that it always does: wordings,
stays on lists, links, outcomes, search. SQLite and dlt keep two tables of the rows by their keys and no more,
except in the line that says so. Seconds are the processor's, over all threads: the machine may be shared.
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

import pyarrow as pa
import pyarrow.parquet as pq
import warehouse_rows as make

from newsduck import warehouse
from newsduck.items import ParsedPage, Run
from newsduck.settings import Settings
from newsduck.warehouse import rows
from newsduck.warehouse.entries import entry_table

HERE = Path(__file__).parent
HOURS = (500, 501)
HEADLINES = "headline_id portal text url is_truncated listed_at listed_raw seen_at"
ARTICLES = "article_id portal url title body published_at source content_hash seen_at"


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
        contestants: dict[str, Callable[[], list[float]]] = {
            "newsduck": lambda: through_newsduck(hours),
            "SQLite upserts": lambda: through_sqlite(batches, with_search=False),
            "SQLite, with search": lambda: through_sqlite(batches, with_search=True),
        }
        if given.dlt_python:
            for form in ("arrow", "dicts"):
                command = [given.dlt_python, str(HERE / "warehouse_dlt.py"), folder, form]
                contestants[f"dlt merge, {form}"] = lambda command=command: told_by(command)
        report(contestants, given.repeats)
    if not given.dlt_python:
        say("left out: dlt is not installed (--dlt-python)")


def report(contestants: dict[str, Callable[[], list[float]]], repeats: int) -> None:
    """Seconds of each hour's load, and how often newsduck's time they are."""
    say(f"{'':<22}into an empty one       the next hour   least of {repeats}")
    ours: list[float] = []
    for name, work in contestants.items():
        runs = [work() for _ in range(repeats)]
        least = [min(seconds) for seconds in zip(*runs, strict=True)]
        ours = ours or least
        told = "".join(f"{one:9.2f} s {one / mine:6.2f} x   " for one, mine in zip(least, ours, strict=True))
        say(f"  {name:<20}{told}")


def batch(pages: list[ParsedPage]) -> dict[str, pa.Table]:
    """The hour's headlines and articles as tables, each key once."""
    ids = rows.address_ids(make.portals())
    run = Run(run_id="beside", started_at=pages[0].fetched_at)
    articles = rows.table(rows.article_rows(pages, ids, run), rows.ARTICLES)
    return {
        "headlines": entry_table(pages, ids, {}).select(HEADLINES.split()),
        "articles": articles.select(ARTICLES.split()),
    }


def through_newsduck(hours: list[list[ParsedPage]]) -> list[float]:
    """Seconds of each load, from parsed pages."""
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
    return seconds


def through_sqlite(batches: list[dict[str, pa.Table]], *, with_search: bool) -> list[float]:
    """Seconds of each batch by `insert … on conflict`, from tuples; the keys and rows are given."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "beside.db") as connection:
        connection.execute("pragma journal_mode = wal")
        for columns, table in ((HEADLINES, "headlines"), (ARTICLES, "articles")):
            connection.execute(_made(table, columns))
        if with_search:
            connection.execute("create virtual table search using fts5(title, body, tokenize = 'trigram')")
        for tables in batches:
            given = {
                name: [_plain(row) for row in zip(*table.to_pydict().values(), strict=True)]
                for name, table in tables.items()
            }
            begun = time.process_time()
            for columns, table in ((HEADLINES, "headlines"), (ARTICLES, "articles")):
                connection.executemany(_upsert(table, columns), given[table])
            if with_search:
                connection.executemany(
                    "insert into search values (?, ?)", [row[3:5] for row in given["articles"]]
                )
            connection.commit()
            seconds.append(time.process_time() - begun)
    return seconds


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


def told_by(command: list[str]) -> list[float]:
    """Seconds that another interpreter measured."""
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(one) for one in json.loads(told.splitlines()[-1])]


def say(line: str) -> None:
    """A line of the table, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
