"""An archive that several processes write, salvage and prune at the same time."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsduck.archive import Writer, keeping, prune, read, salvage, writer
from newsduck.items import Page, PageRef

PAGE = Page(
    portal="people",
    url="http://news.pond.example/a.html",
    final_url="http://news.pond.example/a.html",
    status=200,
    headers=(("Content-Type", "text/html"),),
    body="<p>渡口的早班船今天晚开了半小时。</p>".encode(),
    fetched_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
)
PARTS = 150
WRITE = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_archive_together import PAGE, PARTS
from newsduck.archive import Writer
for run in range(PARTS):
    with Writer(Path(sys.argv[1]), portal="people", run_id=f"r{{run}}") as one:
        kept = one.write(PAGE)
    print(kept.archive_file, kept.archive_offset)
"""


def names(root):
    return [path.name for path in sorted(root.rglob("*.warc.gz*"))]


def before(monkeypatch, module, act):
    """Have something happen just before a module locks a file, once."""
    locked, acts = module.fcntl.flock, [act]

    def flock(*arguments):
        while acts:
            acts.pop()()
        return locked(*arguments)

    monkeypatch.setattr(module.fcntl, "flock", flock)


def opened(root, run_id):
    """A writer that has a page in its part, and where."""
    one = Writer(root, portal="people", run_id=run_id)
    return one, one.write(PAGE)


def written(root, run_id):
    with Writer(root, portal="people", run_id=run_id) as one:
        return one.write(PAGE)


@pytest.mark.parametrize("finished", [("r1",), ("r2",), ("r1", "r2")])
def test_parts_that_their_writers_finish_meanwhile_are_left_alone(tmp_path, monkeypatch, finished):
    writers = {run_id: opened(tmp_path, run_id) for run_id in ("r1", "r2")}
    before(monkeypatch, keeping, lambda: [writers[run_id][0].close() for run_id in finished])
    assert salvage(tmp_path).files == 0
    for one, _ in writers.values():
        one.close()
    assert names(tmp_path) == ["people-r1-1.warc.gz", "people-r2-1.warc.gz"]
    assert [read(tmp_path, ref).body for _, ref in writers.values()] == [PAGE.body] * 2


def test_a_part_that_is_salvaged_before_its_writer_locks_it_is_begun_again(tmp_path, monkeypatch):
    before(monkeypatch, writer, lambda: salvage(tmp_path))
    ref = written(tmp_path, "r1")
    assert names(tmp_path) == ["people-r1-1.warc.gz"]
    assert read(tmp_path, ref).body == PAGE.body


def test_a_folder_that_is_pruned_before_its_first_part_is_made_again(tmp_path, monkeypatch):
    made = Path.mkdir

    def mkdir(path, *arguments, **more):
        made(path, *arguments, **more)
        monkeypatch.setattr(Path, "mkdir", made)
        prune(tmp_path)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    assert read(tmp_path, written(tmp_path, "r1")).body == PAGE.body


def test_a_folder_in_which_a_part_begins_is_not_pruned(tmp_path, monkeypatch):
    (tmp_path / "2026/03/02").mkdir(parents=True)
    removed, writers = Path.rmdir, []

    def rmdir(path):
        monkeypatch.setattr(Path, "rmdir", removed)
        writers.append(opened(tmp_path, "r1"))
        removed(path)

    monkeypatch.setattr(Path, "rmdir", rmdir)
    prune(tmp_path)
    one, ref = writers[0]
    one.close()
    assert read(tmp_path, ref).body == PAGE.body


def test_nothing_is_lost_where_one_process_writes_and_another_salvages_and_prunes(tmp_path):
    writing = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    while writing.poll() is None:
        salvage(tmp_path)
        prune(tmp_path)
    places = [line.split() for line in writing.communicate()[0].splitlines()]
    assert len(places) == len(names(tmp_path)) == PARTS
    for file, offset in places:
        ref = PageRef(portal="people", url=PAGE.url, archive_file=file, archive_offset=int(offset))
        assert read(tmp_path, ref).body == PAGE.body
