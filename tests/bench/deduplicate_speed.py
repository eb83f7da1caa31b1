"""Time and memory of copies against a large warehouse.

`python tests/bench/deduplicate_speed.py [--window 3000000]`

fills a warehouse with invented texts in bulk, then asks `known()` and `judge()` about a round of new
articles, three in ten of them re-prints; and about a tenth of such a round. Prints seconds and
memory.
"""

# ruff: noqa: T201 - it prints
import argparse
import itertools
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from newsduck.deduplicate import judge, sign
from newsduck.items import Known, Signature
from newsduck.settings import Settings
from newsduck.warehouse.connect import connect
from newsduck.warehouse.copies import known
from newsduck.warehouse.lock import lock

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BATCH = 20_000
LETTERS = 600
WORDS = 40_000
STOCK = 60


MOMENT = """
create or replace temp macro moment(id) as getvariable('bench_now')
    - to_microseconds((getvariable('bench_pace') * (getvariable('bench_all') - id))::bigint)
"""
MULTIPLY = """
insert into articles
select * replace (
    article_id + getvariable('bench_from') as article_id, article_id + getvariable('bench_from') as story_id,
    moment(article_id + getvariable('bench_from')) as first_seen_at
) from articles where article_id <= getvariable('bench_written');

insert into signatures
select article_id + getvariable('bench_from'), hash(text_key, getvariable('bench_from')),
    moment(article_id + getvariable('bench_from'))
from signatures where article_id <= getvariable('bench_written');

insert into signature_bands
select article_id + getvariable('bench_from'), hash(band, getvariable('bench_from')) >> 32,
    moment(article_id + getvariable('bench_from'))
from signature_bands where article_id <= getvariable('bench_written')
"""


class Texts:
    """Texts of two-letter words as frequent as words are, and stock phrases in every third."""

    def __init__(self, seed: int) -> None:
        """The words are the same for every seed."""
        fixed = np.random.default_rng(0)
        self.words = fixed.integers(0x4E00, 0x9000, (WORDS, 2), dtype=np.uint32)
        weights = 1 / (np.arange(WORDS) + 5)
        self.sums = np.cumsum(weights / weights.sum())
        self.stock = [self._text(fixed, 14) for _ in range(STOCK)]
        self.random = np.random.default_rng(seed)

    def _text(self, random: np.random.Generator, letters: int) -> str:
        chosen = np.searchsorted(self.sums, random.random(letters // 2))
        return self.words[np.minimum(chosen, WORDS - 1)].tobytes().decode("utf-32-le")

    def one(self) -> str:
        text = self._text(self.random, int(LETTERS * (0.3 + self.random.exponential(0.7))))
        if self.random.random() < 1 / 3:
            text = text[:40] + self.stock[int(STOCK * self.random.random() ** 2)] + text[40:]
        return "\n".join(text[at : at + 90] for at in range(0, len(text), 90))


def reprint(texts: Texts, body: str) -> str:
    """The same text, bylined, or cut, or within a longer one."""
    kind = texts.random.integers(4)
    if kind == 0:
        return body
    if kind == 1:
        return "本报讯（记者）" + body + "（责任编辑）"
    return body[: len(body) // 2] if kind == 2 else texts.one() + body


def article(number: int, body: str, seen: datetime) -> Known:
    portal, title = f"p{number % 9}", body[:20]
    return Known(
        article_id=number, portal=portal, url=f"http://{portal}.example/{number}", title=title, body=body,
        first_seen_at=seen, story_id=number,
    )  # fmt: skip


def fill(settings: Settings, written: int, articles: int, days: float) -> None:
    """The first articles of the window, with texts of their own."""
    texts = Texts(1)
    with lock(settings), connect(settings) as connection:
        for start in range(0, written, BATCH):
            bodies = [texts.one() for _ in range(min(BATCH, written - start))]
            numbers = range(start + 1, start + 1 + len(bodies))
            whens = [NOW - timedelta(days=days * (1 - number / articles)) for number in numbers]
            rows = [article(*row) for row in zip(numbers, bodies, whens, strict=True)]
            signatures = [sign(row.article_id, row.title, row.body) for row in rows]
            for table, batch in _tables(rows, signatures):
                connection.register("_batch", batch)
                connection.execute(f"insert into {table} by name select * from _batch")
                connection.unregister("_batch")


def multiply(settings: Settings, written: int, articles: int, days: float) -> None:
    """Further articles: the texts that are there, under other ids and other keys."""
    statements = [part for part in MULTIPLY.split(";") if part.strip()]
    with lock(settings), connect(settings) as connection:
        for start in range(written, articles, written):
            values = {
                "now": NOW,
                "from": start,
                "written": written,
                "pace": 86400e6 * days / articles,
                "all": articles,
            }
            for name, value in values.items():
                connection.execute(f"set variable bench_{name} = ?", [value])
            connection.execute(MOMENT)
            for statement in statements:
                connection.execute(statement)


def some_bodies(settings: Settings) -> list[str]:
    """Bodies from all over the window, to be printed again."""
    with lock(settings), connect(settings) as connection:
        rows = connection.execute("select body from articles where article_id % 1500 = 7").fetchall()
    return [row[0] for row in rows]


def _tables(rows: list[Known], signatures: list[Signature]) -> Iterator[tuple[str, pa.Table]]:
    when = pa.timestamp("us", tz="UTC")
    ids = pa.array([row.article_id for row in rows], pa.uint64())
    seen = pa.array([row.first_seen_at for row in rows], when)
    plain = {name: [getattr(row, name) for row in rows] for name in ("portal", "url", "title", "body")}
    none: list[list[str]] = [[]] * len(rows)
    yield (
        "articles",
        pa.table(
            plain
            | {
                "article_id": ids,
                "story_id": ids,
                "content_hash": ids,
                "record_hash": ids,
                "version": [1] * len(rows),
            }
            | dict.fromkeys(("first_seen_at", "last_seen_at", "changed_at"), seen)
            | dict.fromkeys(("authors", "editors", "keywords"), pa.array(none, pa.list_(pa.string())))
            | dict.fromkeys(("run_id", "parser_version"), ["bench"] * len(rows))
        ),
    )
    keys = pa.array([signature.text_key for signature in signatures], pa.uint64())
    yield "signatures", pa.table({"article_id": ids, "text_key": keys, "first_seen_at": seen})
    sizes = np.array([len(signature.bands) for signature in signatures])
    bands = pa.array([band for signature in signatures for band in signature.bands], pa.uint64())
    places = pa.array(np.repeat(np.arange(len(rows)), sizes))
    yield (
        "signature_bands",
        pa.table({"article_id": ids.take(places), "band": bands, "first_seen_at": seen.take(places)}),
    )


def measure(settings: Settings, kept: list[str], new: int, seed: int) -> None:
    """One round of new articles, timed in its parts."""
    texts = Texts(seed)
    bodies = [reprint(texts, kept[at % len(kept)]) if at % 10 < 3 else texts.one() for at in range(new)]
    rows = [
        article(10_000_000 * seed + at, body, NOW + timedelta(minutes=1)) for at, body in enumerate(bodies)
    ]
    laps = [_clocks()]
    signatures = [sign(row.article_id, row.title, row.body) for row in rows]
    laps.append(_clocks())
    with lock(settings):
        found = known(settings, signatures)
    laps.append(_clocks())
    verdicts = judge(rows, found, signatures)
    laps.append(_clocks())
    copies = sum(verdict.copy_of is not None for verdict in verdicts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{new} new: {len(found)} known, {copies} copies, most memory so far {memory:.2f} GB")
    for what, at in (("elapsed", 0), ("of processor", 1)):
        sign_s, known_s, judge_s = (after[at] - before[at] for before, after in itertools.pairwise(laps))
        print(
            f"    seconds {what:12} sign {sign_s / new * 1000:6.3f} ms each | known {known_s:6.2f} | "
            f"judge {judge_s:6.2f} | known and judge {known_s + judge_s:6.2f}"
        )


def _clocks() -> tuple[float, float]:
    """Elapsed seconds, and seconds that all threads computed: on a busy machine only the second says much."""
    return time.perf_counter(), time.process_time()


def main() -> None:
    """Fill, then ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", type=int, default=300_000, help="articles in the window")
    parser.add_argument("--history", type=float, default=14.0, help="days over which they are spread")
    parser.add_argument("--written", type=int, default=300_000, help="texts invented; the rest repeats them")
    parser.add_argument("--new", type=int, default=5_000)
    parser.add_argument("--data-dir", type=Path, help="keep the warehouse here, and use it if it is there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=arguments.data_dir or Path(folder))
        begun = time.perf_counter()
        if not settings.warehouse_path.exists():
            written = min(arguments.window, arguments.written)
            fill(settings, written, arguments.window, arguments.history)
            multiply(settings, written, arguments.window, arguments.history)
        kept = some_bodies(settings)
        size, seconds = settings.warehouse_path.stat().st_size / 2**20, time.perf_counter() - begun
        print(
            f"{arguments.window} articles in {arguments.history:g} d, {size:.0f} MB, {seconds:.0f} s to fill"
        )
        for seed, new in enumerate((arguments.new, arguments.new, arguments.new // 10), 2):
            measure(settings, kept, new, seed)


if __name__ == "__main__":
    main()
