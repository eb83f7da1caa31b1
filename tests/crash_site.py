"""A warm parent that starts writers and kills each at a random moment; run by test_warehouse_crash.py.

python crash_site.py FOLDER KILLS SEED: prints one JSON line, what was acknowledged and what was found.
A writer is killed a while after a number of loads that it has acknowledged, so that a slow machine proves as
much as a fast one: of five writers one is let to acknowledge a load, of twenty one two.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow.dataset  # noqa: F401 - duckdb would import it in every writer
import readings

from newsduck import warehouse
from newsduck.items import Run
from newsduck.settings import Settings
from newsduck.warehouse.connect import connect
from newsduck.warehouse.folds import letters_of
from newsduck.warehouse.tokens import tokens

OUTCOMES = 4
TWICE = [
    "select article_id from articles group by all having count(*) > 1",
    "select article_id, content_hash from article_versions group by all having count(*) > 1",
    "select article_id, version from article_versions group by all having count(*) > 1",
    "select headline_id from headlines group by all having count(*) > 1",
    "select placement_id from placements group by all having count(*) > 1",
    "select address_id from addresses group by all having count(*) > 1",
    "select run_id, round from loads group by all having count(*) > 1",
    "select run_id from runs group by all having count(*) > 1",
    "select document from search_documents group by all having count(*) > 1",
]
OVERLAPS = """
    select 1 from placements a join placements b using (list_id, headline_id)
    where a.section is not distinct from b.section and a.placement_id < b.placement_id
        and a.on_at < coalesce(b.off_at, 'infinity') and b.on_at < coalesce(a.off_at, 'infinity')
"""
SHORT = f"""
    select 1 from loads l left join outcomes o using (run_id, round)
    group by l.run_id, l.round, l.addresses having count(o.url) <> {OUTCOMES} or l.addresses <> {OUTCOMES}
"""


def write(settings: Settings, number: int, acknowledge: int, rounds: int = 50) -> None:
    """Load and publish until killed, saying after each load that it was acknowledged."""
    run_id, hour = f"run {number}", 50 + number * 50
    for round_number in range(rounds):
        hour += 1
        entries = [readings.entry(name, rank) for rank, name in enumerate(range(hour % 7, hour % 7 + 4), 1)]
        pages = [
            readings.front(hour, entries),
            readings.story(hour, hour),
            readings.story(hour % 5, hour, f"第{hour}稿。"),
        ]
        lost = [readings.outcome(readings.url("x"), hour, "timeout")]
        readings.load(settings, *pages, run_id=run_id, round_number=round_number, others=lost)
        os.write(acknowledge, f"{run_id}|{round_number}\n".encode())
        run = Run(run_id=run_id, started_at=readings.at(50 + number * 50))
        with warehouse.lock(settings):
            warehouse.finish_run(settings, run)
            warehouse.publish(settings)


def inspect(settings: Settings, acknowledged: set[str]) -> list[str]:
    """What is wrong with the warehouse and its published copy."""
    wrong = []
    with warehouse.lock(settings), connect(settings) as connection:
        wrong += [sql for sql in (*TWICE, OVERLAPS, SHORT) if connection.execute(sql).fetchall()]
        loaded = {
            f"{run}|{number}"
            for run, number in connection.execute("select run_id, round from loads").fetchall()
        }
        wrong += [f"{load} was acknowledged and is lost" for load in acknowledged - loaded]
    if settings.published_path.exists():
        for sql in (*TWICE, OVERLAPS, SHORT):
            wrong += [f"published: {sql}"] if warehouse.query(settings, sql).rows else []
    return wrong


def child(work, *given: object) -> int:
    """Fork a process that does some work and ends; its id."""
    pid = os.fork()
    if pid == 0:
        try:
            work(*given)
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 - a forked child must never return
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
    return pid


def acknowledged(reading: int) -> Iterator[str]:
    """What a writer says through its pipe, line by line, until it is dead."""
    with os.fdopen(reading) as told:
        yield from (line.strip() for line in told if line.endswith("\n"))


def killed_writer(settings: Settings, number: int, await_loads: int, wait: float) -> tuple[list[str], bool]:
    """What a writer acknowledged that was killed so long after so many loads; whether the kill ended it."""
    reading, writing = os.pipe()
    pid = child(write, settings, number, writing)
    os.close(writing)
    lines = acknowledged(reading)
    told = list(islice(lines, await_loads))
    time.sleep(wait)
    os.kill(pid, signal.SIGKILL)
    told += lines
    return told, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def main() -> None:
    folder, kills, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    settings = readings.fresh(folder, lock_timeout=30)
    told, killed, awaited = [], 0, 0
    tokens(letters_of(["a"]))  # tables that every writer would make for itself
    begun = time.monotonic()
    os.waitpid(child(write, settings, 0, os.open(os.devnull, os.O_WRONLY), 1), 0)
    usual = time.monotonic() - begun
    for number in range(1, kills + 1):
        await_loads = (number % 5 == 0) + (number % 20 == 0)
        wait = chance.uniform(0, usual)
        lines, is_killed = killed_writer(settings, number, await_loads, wait)
        told, killed, awaited = told + lines, killed + is_killed, awaited + await_loads
    found = folder / "wrong"
    pid = child(lambda: found.write_text(json.dumps(inspect(settings, set(told)))))
    os.waitpid(pid, 0)
    wrong = json.loads(found.read_text())
    sys.stdout.write(
        json.dumps({"killed": killed, "awaited": awaited, "acknowledged": len(told), "wrong": wrong})
    )


if __name__ == "__main__":
    main()
