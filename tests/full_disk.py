"""A warehouse on a small disk of its own that fills up; run by test_warehouse_full.py.

python full_disk.py FOLDER: mounts a tmpfs there and prints what happened, a JSON line for each try.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from readings import entry, fresh, front, load, story

from newsduck import warehouse
from newsduck.errors import StorageFull
from newsduck.items import ParsedPage
from newsduck.settings import Settings
from newsduck.warehouse.connect import connect

DISK = 64 * 2**20
LEFT = (0, 20_000, 2_500_000, 3_300_000, 3_800_000, 20_000_000)
"""Bytes left for a load of some six megabytes: it fails in its rows, its log, its checkpoint, or not."""
STORIES = 400
KEPT = """
    select (select count(*) from articles), (select count(distinct article_id) from articles),
        (select count(*) from article_versions), (select count(*) from headlines),
        (select count(*) from loads), (select sum(addresses) from loads), (select count(*) from outcomes)
"""


def main(disk: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(disk)], check=True)
    for left in LEFT:
        for told in tried(disk / f"{left}", left):
            sys.stdout.write(json.dumps(told | {"left": left}) + "\n")
        shutil.rmtree(disk / f"{left}")


def tried(folder: Path, left: int) -> Iterator[dict[str, object]]:
    """A load and publications with so many bytes left, and again with room."""
    folder.mkdir()
    settings = fresh(folder)
    load(settings, *pages(0, 5), run_id="0")
    warehouse.publish(settings)
    works: dict[str, Callable[[], object]] = {
        "load": lambda: load(settings, *pages(1, STORIES), run_id="1"),
        "publish": lambda: warehouse.publish(settings),
        "publish as parquet": lambda: warehouse.publish(settings.model_copy(update={"publish": "parquet"})),
    }
    for what, work in works.items():
        ballast = fill(folder, left)
        refused = refusal(work)
        readable = warehouse.query(settings, KEPT).rows[0]
        ballast.unlink()
        work()
        yield {"what": what, "refused": refused, "readable": readable, "kept": kept(settings)}
    files = sorted(path.name for path in folder.iterdir())
    yield {"what": "after", "readable": warehouse.query(settings, KEPT).rows[0], "files": files}


def pages(hour: int, stories: int) -> list[ParsedPage]:
    """A front page and its stories, in letters that no compression makes small."""
    drawn = random.Random(hour)
    names = [f"{hour}-{number}" for number in range(stories)]
    texts = ["".join(map(chr, drawn.choices(range(0x4E00, 0x9FA0), k=900))) for _ in names]
    found = [story(name, hour, text) for name, text in zip(names, texts, strict=True)]
    return [front(hour, [entry(name, rank) for rank, name in enumerate(names, 1)]), *found]


def refusal(work: Callable[[], object]) -> str | None:
    """What a full disk was called, if it was."""
    try:
        work()
    except StorageFull as error:
        return str(error)
    return None


def kept(settings: Settings) -> tuple[object, ...]:
    """What stands in the warehouse itself."""
    with connect(settings) as connection:
        return connection.execute(KEPT).fetchall()[0]


def fill(folder: Path, left: int) -> Path:
    """A file that leaves so many bytes free."""
    disk = os.statvfs(folder)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - left)))
    return ballast


if __name__ == "__main__":
    main(Path(sys.argv[1]))
