"""Published as Parquet files: the same answers, and readers in peace over many publications."""

import subprocess
import sys

import pytest
from pydantic import ValidationError
from readings import entry, fresh, front, load

from newsduck import warehouse
from newsduck.settings import Settings

READ = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(connection.execute("select count(*) from headlines").fetchone()[0], flush=True)
"""


@pytest.fixture
def settings(tmp_path):
    return fresh(tmp_path, publish="parquet")


def generations(settings):
    return sorted(folder.name for folder in (settings.data_dir / "parquet").iterdir())


def test_a_reader_that_holds_the_published_file_reads_on_over_ten_publications(settings):
    load(settings, front(0, [entry(1)]))
    path = warehouse.publish(settings)
    command = [sys.executable, "-c", READ, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        for hour in range(1, 11):
            load(settings, front(hour, [entry(hour), entry(hour + 1, 2)]))
            warehouse.publish(settings)
            reader.stdin.write("\n")
            reader.stdin.flush()
            assert reader.stdout.readline() == "1\n"
        reader.stdin.close()
    assert len(generations(settings)) == 11
    assert warehouse.query(settings, "select count(*) from headlines").rows == [(11,)]


def test_a_generation_goes_when_it_was_replaced_long_ago_however_old_it_is(settings):
    load(settings, front(0, [entry(1)]))
    warehouse.publish(settings)
    replaced, last = "20200101T000000000000", "20200102T000000000000"
    for name in (replaced, last):
        (settings.data_dir / "parquet" / name).mkdir()
    warehouse.publish(settings)
    kept = generations(settings)
    assert replaced not in kept
    assert kept[0] == last
    assert len(kept) == 3


def test_published_files_are_kept_for_an_hour_at_least():
    with pytest.raises(ValidationError, match="keep_published_hours"):
        Settings(keep_published_hours=0)
