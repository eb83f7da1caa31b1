"""The archive read again: a warehouse from nothing, and a better parser's gain."""

import shutil
from datetime import timedelta

import pytest

from flows import work
from flows.running import run_ingest, run_replay
from newsduck import warehouse
from newsduck.errors import UsageError
from newsduck.sample import EPOCH
from newsduck.settings import Settings

pytestmark = pytest.mark.usefixtures("prefect")

HOURS = 3
TABLES = (
    "articles",
    "article_versions",
    "headlines",
    "addresses",
    "placements",
    "readings",
    "sightings",
    "portals",
    "portal_health",
)
BOOKS = ("run_id",)
"""Columns that say by which run something came in: a replay is a run of its own."""


@pytest.fixture(scope="module")
def read(tmp_path_factory, prefect):  # noqa: ARG001 - the server must stand
    """A data folder into which the sample's hours were read, one run each."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("read"))
    for hour in range(HOURS):
        run_ingest(settings, ["sample"], as_of=EPOCH + timedelta(hours=hour))
    return settings


def content(settings, table, without=BOOKS):
    """A table's rows, in an order of their own."""
    columns = warehouse.query(settings, f"from {table} limit 0").columns
    names = ", ".join(name for name in columns if name not in without)
    return sorted(map(repr, warehouse.query(settings, f"select {names} from {table}").rows))


def copied(read, folder):
    """A new data folder that has the same archive, and no warehouse."""
    shutil.copytree(read.archive_dir, folder / "archive")
    return Settings(data_dir=folder)


def test_a_warehouse_rebuilt_from_the_archive_equals_the_one_that_was_there(read, tmp_path):
    rebuilt = copied(read, tmp_path / "rebuilt")
    report = run_replay(rebuilt)
    assert report.status == "completed"
    for table in (*TABLES, "outcomes"):
        before = content(read, table)
        assert before, table
        assert content(rebuilt, table) == before, table


def test_replaying_into_the_same_warehouse_changes_nothing_but_the_books(read, tmp_path):
    same = Settings(data_dir=shutil.copytree(read.data_dir, tmp_path / "same"))
    left_out = {"addresses": (*BOOKS, "disposition")}  # what was `loaded` is `unchanged` when read again
    before = {name: content(same, name, left_out.get(name, BOOKS)) for name in TABLES}
    report = run_replay(same)
    assert (report.articles_new, report.articles_changed, report.headlines_new) == (0, 0, 0)
    assert "no difference" in report.message
    for name, rows in before.items():
        assert rows, name
        assert content(same, name, left_out.get(name, BOOKS)) == rows, name
    again = (
        "select distinct disposition from outcomes where run_id like '%-replay:%' and disposition = 'loaded'"
    )
    assert warehouse.query(same, again).rows == []


def test_a_better_parser_is_told_field_by_field(read, tmp_path, monkeypatch):
    blind = copied(read, tmp_path / "blind")
    real = work.parse

    def without_source(page, portal=None):
        parsed = real(page, portal)
        if parsed.article is None:
            return parsed
        return work.replace(parsed, article=work.replace(parsed.article, source=None))

    monkeypatch.setattr(work, "parse", without_source)
    run_replay(blind)
    monkeypatch.undo()
    report = run_replay(blind)
    told = {row["field"]: row for row in report.fields}
    assert told["source"]["before"] == 0
    assert told["source"]["after"] > 10
    assert told["title"]["changed"] == 0
    assert "source 0 →" in report.message


def test_only_the_wanted_part_is_replayed(read, tmp_path):
    part = copied(read, tmp_path / "part")
    report = run_replay(part, since=EPOCH, until=EPOCH + timedelta(minutes=30), portal="sample-reprint")
    assert report.addresses > 0
    assert warehouse.query(part, "select distinct portal from outcomes").rows == [("sample-reprint",)]
    assert warehouse.query(part, "select count(*) from runs").rows[0][0] > 0


def test_warc_files_from_elsewhere_are_a_source_too(read, tmp_path):
    files = sorted(read.archive_dir.glob("*/*/*/sample-reprint-*.warc.gz"))
    other = Settings(data_dir=tmp_path / "other")
    report = run_replay(other, warcs=files)
    assert report.articles_new > 3
    assert warehouse.query(other, "select distinct portal from articles").rows == [("sample-reprint",)]


def test_a_replay_of_nothing_is_refused(settings, tmp_path):
    with pytest.raises(UsageError, match="nothing lies between"):
        run_replay(settings, since=EPOCH, until=EPOCH)
    with pytest.raises(UsageError, match="no such WARC file"):
        run_replay(settings, warcs=[tmp_path / "missing.warc.gz"])
