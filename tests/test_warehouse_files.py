"""The files: one writer, whole published copies, readers in peace, migrations, what crashes leave behind."""

import json
import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest
from readings import ask, entry, fresh, front, load, story

from newsduck import warehouse
from newsduck.errors import StorageFull, UsageError, WarehouseBusy, WarehouseTooNew
from newsduck.warehouse.connect import connect
from newsduck.warehouse.migrate import migrations

HOLD = """
import sys
from pathlib import Path
from newsduck import warehouse
from newsduck.settings import Settings
with warehouse.lock(Settings(data_dir=Path(sys.argv[1])), what="loading"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def settings(tmp_path):
    return fresh(tmp_path, lock_timeout=0.3)


@pytest.fixture
def holder(settings):
    """Another process that holds the lock until it is told to end, or killed."""
    command = [sys.executable, "-c", HOLD, str(settings.data_dir)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_who_the_first_is_and_gets_in_when_that_one_dies(settings, holder):
    with (
        pytest.raises(WarehouseBusy, match=rf"process {holder.pid} on .* \(loading, since"),
        warehouse.lock(settings),
    ):
        pass
    holder.kill()
    holder.wait()
    with warehouse.lock(settings):
        assert json.loads(settings.lock_path.read_text())["pid"] == os.getpid()
    assert settings.lock_path.read_text() == ""


def test_threads_of_one_process_exclude_each_other_but_nobody_waits_for_himself(settings):
    errors = []

    def other():
        try:
            with warehouse.lock(settings):
                pass
        except WarehouseBusy as error:
            errors.append(error)

    with warehouse.lock(settings), warehouse.lock(settings):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(errors) == 1


def test_a_warehouse_that_another_program_has_open_is_busy(settings):
    load(settings, story(1, 0))
    hold = (
        f"import duckdb, sys; c = duckdb.connect({str(settings.warehouse_path)!r})\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(WarehouseBusy, match="open in another program"):
            load(settings, story(1, 1))
        process.stdin.close()


def test_a_reader_keeps_his_copy_through_ten_runs_and_delays_nobody(settings):
    load(settings, front(0, [entry(1)]))
    path = warehouse.publish(settings)
    read = (
        f"import duckdb, sys; c = duckdb.connect({str(path)!r}, read_only=True)\n"
        "for _ in sys.stdin: print(c.execute('select count(*) from headlines').fetchone()[0], flush=True)"
    )
    command = [sys.executable, "-c", read]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        for hour in range(1, 11):
            reader.stdin.write("\n")
            reader.stdin.flush()
            assert reader.stdout.readline() == "1\n"
            load(settings, front(hour, [entry(hour), entry(hour + 1, 2)]))
            assert warehouse.publish(settings) == path
        reader.stdin.close()
    assert warehouse.query(settings, "select count(*) from headlines").rows == [(11,)]


def test_the_published_copy_is_read_only_and_old_remains_go(settings):
    leftover = settings.data_dir / ".newsduck.duckdb.1.unfinished"
    leftover.write_bytes(b"half a copy")
    load(settings, story(1, 0))
    path = warehouse.publish(settings)
    warehouse.publish(settings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert sorted(file.name for file in settings.data_dir.iterdir() if file.is_file()) == [
        "newsduck.duckdb",
        "newsduck.lock",
        "warehouse.duckdb",
    ]


def test_a_copy_that_does_not_fit_leaves_the_old_one(settings, monkeypatch):
    load(settings, story(1, 0))
    warehouse.publish(settings)
    load(settings, story(2, 0))

    def full(source, target):
        Path(target).write_bytes(Path(source).read_bytes()[:1000])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(StorageFull, match="the old one stays"):
        warehouse.publish(settings)
    assert warehouse.query(settings, "select count(*) from articles").rows == [(1,)]
    assert not list(settings.data_dir.glob(".*"))


def test_published_as_parquet_it_answers_the_same(settings):
    load(settings, front(0, [entry(1)]), story(1, 0))
    sql = "select text, title from latest_headlines join articles using (article_id)"
    found = "select title from search('湖水')"
    as_database = ask(settings, sql), warehouse.query(settings, found).rows
    in_parquet = settings.model_copy(update={"publish": "parquet"})
    for _ in range(3):
        assert (ask(in_parquet, sql), warehouse.query(in_parquet, found).rows) == as_database
    assert as_database[0]
    assert len(list((settings.data_dir / "parquet").iterdir())) == 3


def test_the_newest_migration_is_recorded_once(settings):
    load(settings, story(1, 0))
    load(settings, story(1, 1))
    numbers = ask(settings, "select number from schema_migrations order by number")
    assert numbers == [(number,) for number in (0, *migrations())]


def test_a_newer_warehouse_is_refused_and_not_written(settings):
    load(settings, story(1, 0))
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        connection.execute("insert into schema_migrations values (9999, 'later', now(), '9')")
    before = settings.warehouse_path.read_bytes()
    with pytest.raises(WarehouseTooNew, match=r"at version 9999, this newsduck .* knows"):
        load(settings, story(2, 0))
    assert settings.warehouse_path.read_bytes() == before


def test_a_backup_is_kept_before_a_migration(settings, monkeypatch):
    load(settings, story(1, 0))
    newest = max(migrations())
    more = {**migrations(), newest + 1: "migrations_table"}
    monkeypatch.setattr("newsduck.warehouse.migrate.migrations", lambda: more)
    monkeypatch.setattr(
        "newsduck.warehouse.migrate.statement", lambda _: "alter table articles add column mood varchar"
    )
    load(settings, story(1, 1))
    (backup,) = settings.data_dir.glob("warehouse-before-*.duckdb")
    with duckdb.connect(str(backup), read_only=True) as connection:
        assert connection.execute("select count(*) from articles").fetchone() == (1,)
        assert not connection.execute("select 1 from duckdb_columns() where column_name = 'mood'").fetchall()
    assert ask(settings, "select mood from articles") == [(None,)]


def test_a_log_left_behind_is_replayed_and_a_broken_one_is_set_aside(settings):
    load(settings, story(1, 0))
    write = (
        f"import duckdb, os; c = duckdb.connect({str(settings.warehouse_path)!r})\n"
        "c.execute('set checkpoint_threshold = \\'1GB\\'')\n"
        "c.execute('update articles set source = \\'湖报\\'')\n"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", write], check=False)
    log = settings.data_dir / "warehouse.duckdb.wal"
    assert log.exists()
    kept = log.read_bytes()
    assert ask(settings, "select source from articles") == [("湖报",)]
    log.write_bytes(kept[:40] + bytes(200))
    assert ask(settings, "select count(*) from articles") == [(1,)]


def test_too_little_room_is_said_before_a_run(settings):
    with pytest.raises(StorageFull, match="min_free_bytes"):
        warehouse.check_space(settings.model_copy(update={"min_free_bytes": 10**18}))
    warehouse.check_space(settings.model_copy(update={"min_free_bytes": 0}))


def test_a_query_before_the_first_publication_says_what_to_do(settings):
    with pytest.raises(UsageError, match="nothing was published yet"):
        warehouse.query(settings, "from runs")


def test_a_wrong_query_is_a_wrong_use(settings):
    load(settings, story(1, 0))
    with pytest.raises(UsageError, match="no_such_column"):
        ask(settings, "select no_such_column from articles")


def test_an_answer_goes_to_parquet(settings, tmp_path):
    load(settings, story(1, 0))
    warehouse.publish(settings)
    warehouse.export(settings, "select title from articles;", tmp_path / "a.parquet")
    assert duckdb.read_parquet(str(tmp_path / "a.parquet")).fetchall() == [("第1号湖区水位观察记录",)]


OTHER = os.environ.get("NEWSDUCK_OTHER_PYTHON")


@pytest.mark.skipif(not OTHER, reason="NEWSDUCK_OTHER_PYTHON names no interpreter with the other DuckDB line")
def test_a_file_made_by_one_line_of_duckdb_is_written_and_read_by_the_other(settings):
    load(settings, front(0, [entry(1)]), story(1, 0))
    source = str(Path(warehouse.__file__).parents[2])
    program = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path; import duckdb, readings; from newsduck.settings import Settings\n"
        "settings = Settings(data_dir=Path(sys.argv[1]))\n"
        "pages = readings.front(1, [readings.entry(2)]), readings.story(1, 1, '改写。')\n"
        "readings.load(settings, *pages, run_id='other')\n"
        "assert readings.ask(settings, \"select title from search('改写')\")\n"
        "print(duckdb.__version__)"
    )
    tests = str(Path(__file__).parent)
    command = [OTHER, "-c", program, str(settings.data_dir), source, tests]
    other = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    assert other.split(".")[0] != duckdb.__version__.split(".")[0]
    load(settings, story(1, 2, "又改写。"))
    assert ask(settings, "select max(version) from article_versions") == [(3,)]
    with connect(settings) as connection:
        tags = connection.execute("select tags from duckdb_databases() where not internal").fetchone()
    assert "v1.5.0" in str(tags)
