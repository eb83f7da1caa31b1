"""How the warehouse holds up at size: loads, publication, queries; warehouse_beside.py has SQLite and dlt.

    python tests/bench/warehouse.py [--scale 1.0] [--dir DIR] [--repeats 5]

Scale 1.0 is 10 million headlines and 1 million articles (about 3 GB, made once in DIR).
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import warehouse_rows as make

from newsduck import warehouse
from newsduck.addresses import canonical, key
from newsduck.items import Run
from newsduck.settings import Settings
from newsduck.warehouse.connect import connect

HERE = Path(__file__).parent
RUN_OF_POSTINGS = 40_000  # documents, some 9 million postings


def main() -> None:
    """Print one table; every figure is the least of its repeats."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--scale", type=float, default=1.0)
    flags.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "newsduck-bench")
    flags.add_argument("--repeats", type=int, default=5)
    flags.add_argument("--only-make", action="store_true")
    given = flags.parse_args()
    scale = make.Scale(
        headlines=int(10_000_000 * given.scale) // 20_000 * 20_000, articles=int(1_000_000 * given.scale)
    )
    texts = make.paragraphs()
    full = Settings(data_dir=given.dir / f"{given.scale:g}", lock_timeout=5)
    if not (full.data_dir / "made").exists():
        say(f"making {scale.headlines:,} headlines and {scale.articles:,} articles in {full.data_dir} …")
        shutil.rmtree(full.data_dir, ignore_errors=True)
        make_history(full, scale, texts)
        (full.data_dir / "made").touch()
    measured = full.model_copy(update={"data_dir": full.data_dir / "measured"})
    shutil.rmtree(measured.data_dir, ignore_errors=True)
    measured.data_dir.mkdir()
    shutil.copyfile(full.warehouse_path, measured.data_dir / "warehouse.duckdb")
    measured = Settings(data_dir=measured.data_dir)
    if given.only_make:
        return
    report_loads(measured, scale, texts, given.repeats)
    report_publication(measured, given.repeats)
    report_queries(measured, scale, given.repeats)
    say(f"most memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    shutil.rmtree(measured.data_dir)


def make_history(settings: Settings, scale: make.Scale, texts: list[str]) -> None:
    """A warehouse with a past, straight into its tables."""
    batches = {
        "_lists": [
            {"place": place, "list_id": key(canonical(url)), "list_url": url}
            for place, url in ((place, make.list_url(place)) for place in range(make.LISTS))
        ],
        "_paragraphs": [{"place": place, "paragraph": text} for place, text in enumerate(texts)],
        "_recent": [
            make.headline_row(i, texts)
            for i in range(scale.headlines - 3 * scale.per_hour, scale.headlines)
        ],
        "_known": [
            {"i": i, "article_id": key(f"http://p{i % make.PORTALS}.example/a{i}.html"),
             "url": f"http://p{i % make.PORTALS}.example/a{i}.html", "body": None}
            for i in range(0, scale.loaded, 5)
        ],
    }  # fmt: skip
    with connect(settings) as connection:
        for name, some in batches.items():
            connection.register(name, pa.Table.from_pylist(some, schema=_schema(some[0])))
        for name, value in {
            "headlines": scale.headlines, "articles": scale.articles, "per_hour": scale.per_hour,
            "lists": make.LISTS, "paragraphs": make.PARAGRAPHS, "start": make.START,
            "last": make.START + make.timedelta(hours=scale.hours - 1),
        }.items():  # fmt: skip
            connection.execute(f"set variable {name} = ?", [value])
        connection.execute((HERE / "warehouse_history.sql").read_text("utf-8"))
        for first in range(1, scale.articles + 1, RUN_OF_POSTINGS):
            connection.execute("set variable from_document = ?", [first])
            connection.execute(
                "set variable to_document = ?", [min(first + RUN_OF_POSTINGS, scale.articles + 1)]
            )
            connection.execute((HERE / "warehouse_postings.sql").read_text("utf-8"))


def _schema(row: dict[str, object]) -> pa.Schema:
    kinds = {True: pa.uint64(), False: pa.string()}
    return pa.schema([
        (name, pa.int64() if name in ("i", "place") else kinds[name.endswith("_id")]) for name in row
    ])  # fmt: skip


def report_loads(settings: Settings, scale: make.Scale, texts: list[str], repeats: int) -> None:
    """A load into the full warehouse and into empty ones."""
    into_full, into_empty = [], []
    for repeat in range(repeats):
        hour = scale.hours + repeat
        pages = make.front_pages(hour, scale, texts) + make.articles(hour, scale, texts)
        into_full.append(_load(settings, f"full{repeat}", pages))
        with tempfile.TemporaryDirectory() as folder:
            into_empty.append(_load(Settings(data_dir=Path(folder)), "empty", pages))
    entries = sum(len(page.headlines) for page in pages)
    say(f"\nload of {scale.loaded:,} articles and {entries:,} list entries, least of {repeats} (all)")
    say("                              wall    processor   (wall, all)")
    for name, some in (("into the full one", into_full), ("into an empty one", into_empty)):
        least = [min(one[part] for one in some) for part in (0, 1)]
        told = " ".join(f"{wall:.2f}" for wall, _ in some)
        say(f"  {name:<22}{least[0]:8.2f} s {least[1]:9.2f} s   ({told})")
    say(f"  ratio                 {min(into_full)[0] / min(into_empty)[0]:8.2f}")


def _load(settings: Settings, run_id: str, pages: Sequence[make.ParsedPage]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor over all threads: the machine may be shared."""
    portals, told = make.portals(), make.outcomes(list(pages))
    run = Run(run_id=run_id, started_at=pages[0].fetched_at)
    begun, worked = time.perf_counter(), time.process_time()
    with warehouse.lock(settings):
        warehouse.load(
            settings, run=run, round_number=0, outcomes=told, pages=pages, signatures=(), verdicts=(),
            portals=portals,
        )  # fmt: skip
    return time.perf_counter() - begun, time.process_time() - worked


def report_publication(settings: Settings, repeats: int) -> None:
    seconds = _least(lambda: warehouse.publish(settings), min(repeats, 3))
    size = settings.published_path.stat().st_size / 1e9
    say(f"\npublication of {size:.2f} GB     {seconds:8.2f} s   {seconds / size:.2f} s/GB")


def report_queries(settings: Settings, scale: make.Scale, repeats: int) -> None:
    """What people ask, each on a connection that has answered it once."""
    at = make.START + make.timedelta(hours=scale.hours // 2, minutes=30)
    asked = {
        "latest_headlines": "from latest_headlines limit 100",
        "front_page": f"from front_page('{make.list_url(7)}', timestamptz '{at}')",
        "search, common": f"from search('{_pair(0)}')",
        "search, two common": f"from search('{_pair(1)} {_pair(2)}')",
        "search, five letters": f"from search('{_pair(3)}{_pair(4)}')",
        "search, rare": f"from search('{_pair(200_000)}')",
        "search, one letter": f"from search('{make.LETTERS[9]}')",
    }
    say("\nqueries on the published copy, least of repeats; answers")
    connection = duckdb.connect(str(settings.published_path), read_only=True)
    for name, sql in asked.items():
        rows = len(connection.execute(sql).fetchall())
        least = _least(partial(_fetch, connection, sql), repeats)
        say(f"  {name:<22}{least * 1000:8.0f} ms  {rows:,} rows")
    connection.close()


def _fetch(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    connection.execute(sql).fetchall()


def _pair(rank: int) -> str:
    """The pair of letters of this rank, as warehouse_postings.sql draws it."""
    return chr(19968 + rank % 3000) + chr(19968 + (rank // 3000) * 29 % 3000)


def say(line: str) -> None:
    """A line of the table, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _least(work: Callable[[], object], repeats: int) -> float:
    seconds = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


if __name__ == "__main__":
    main()
