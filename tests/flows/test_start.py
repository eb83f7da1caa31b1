"""How a command gets its server soon: tables that are there already, and imports without pauses."""

import gc
import sqlite3
from contextlib import closing

import pytest

from flows import bookkeeping, environment, tables
from newsduck import collector

MIGRATE = "PREFECT_SERVER_DATABASE_MIGRATE_ON_START"
NOW, OLD = "b2", "a1"


def books(path, revision, runs=0):
    """A server's database, as far as it matters here."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("create table alembic_version (version_num)")
        file.execute("insert into alembic_version values (?)", (revision,))
        file.execute("create table flow_run (id)")
        file.executemany("insert into flow_run values (?)", [(n,) for n in range(runs)])


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A user's cache folder of our own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def test_a_fresh_folder_gets_the_kept_tables_and_needs_no_migration(home):
    books(tables.kept(), NOW)
    assert tables.lay_out(home)
    assert tables.lay_out(home), "and the next time they are there"
    assert (home / tables.NAME).read_bytes() == tables.kept().read_bytes()
    assert environment.for_one_run(home, has_tables=True)[MIGRATE] == "false"


def test_tables_of_another_prefect_are_left_to_its_migrations(home):
    books(tables.kept(), NOW)
    books(home / tables.NAME, OLD, runs=1)
    before = (home / tables.NAME).read_bytes()
    assert not tables.lay_out(home)
    assert (home / tables.NAME).read_bytes() == before
    assert environment.for_one_run(home, has_tables=False)[MIGRATE] == "true"


@pytest.mark.parametrize("there", [True, False])
def test_where_none_are_kept_prefect_makes_them(home, there):
    if there:
        books(home / tables.NAME, NOW)
    assert not tables.lay_out(home)


@pytest.mark.parametrize("damage", [b"", b"no database at all, but a text that is long enough"])
def test_a_kept_file_that_is_none_is_not_given_to_anybody(home, damage):
    tables.kept().parent.mkdir(parents=True)
    tables.kept().write_bytes(damage)
    assert not tables.lay_out(home)
    assert not (home / tables.NAME).exists()


def test_only_tables_without_a_history_are_kept(home):
    books(home / tables.NAME, NOW, runs=1)
    tables.keep(home)
    assert not tables.kept().exists()
    (home / tables.NAME).unlink()
    books(home / tables.NAME, NOW)
    tables.keep(home)
    assert tables.lay_out(home)
    assert [path.name for path in tables.kept().parent.iterdir()] == [tables.kept().name]


@pytest.mark.usefixtures("prefect")
def test_what_a_single_command_leaves_out_is_not_noted_down_as_done():
    from prefect.settings import PREFECT_HOME  # noqa: PLC0415 - the fixture has set it

    assert (PREFECT_HOME.value() / tables.NAME).exists()
    assert not (PREFECT_HOME.value() / "memo_store.toml").exists()


def test_nothing_is_collected_while_modules_come_in():
    assert gc.isenabled()
    with collector.at_rest():
        assert not gc.isenabled()
        with collector.at_rest():
            pass
        assert not gc.isenabled(), "whoever had it off keeps it off"
    assert gc.isenabled()


def test_a_run_asks_routers_that_prefect_has():
    from prefect.server.api.server import API_ROUTERS  # noqa: PLC0415 - four seconds, for this test alone

    assert {one.prefix for one in API_ROUTERS} >= bookkeeping.ASKED
