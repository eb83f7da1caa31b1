"""A disk that is full, for real: a tmpfs in a mount namespace of its own, which needs no root."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ALONE = ("unshare", "--user", "--map-root-user", "--mount")
BEFORE, AFTER = [5, 5, 5, 5, 1, 6, 6], [405, 405, 405, 405, 2, 407, 407]
"""Articles, their ids, wordings, headlines, loads, attempts, outcomes: of the first load, and of both."""


@pytest.fixture(scope="module")
def tries(tmp_path_factory):
    """What full_disk.py tells: attempts at loading and publishing, with fewer or more bytes left."""
    may_mount = shutil.which(ALONE[0]) and not subprocess.run([*ALONE, "true"], check=False).returncode
    if not may_mount:
        pytest.skip("this machine lets nobody mount a small disk: unshare --user --mount does not work")
    script = Path(__file__).with_name("full_disk.py")
    command = [*ALONE, sys.executable, str(script), str(tmp_path_factory.mktemp("disk"))]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in told.splitlines()]


def of(tries, what):
    return [one for one in tries if one["what"] == what]


def test_a_load_that_finds_the_disk_full_says_so_and_is_loaded_once_when_there_is_room(tries):
    loads = of(tries, "load")
    assert "the disk is full. Make room" in loads[0]["refused"]
    assert loads[2]["refused"]
    assert loads[-1]["refused"] is None
    assert [one["kept"] for one in loads] == [AFTER] * len(loads)


def test_readers_keep_a_whole_copy_while_the_disk_is_full(tries):
    assert [one["readable"] for one in of(tries, "load")] == [BEFORE] * len(of(tries, "load"))
    for one in of(tries, "publish"):
        assert one["readable"] == (BEFORE if one["refused"] else AFTER)


@pytest.mark.parametrize("how", ["publish", "publish as parquet"])
def test_a_publication_that_does_not_fit_says_so_and_fits_when_there_is_room(tries, how):
    refused = [one["refused"] for one in of(tries, how)]
    assert refused[-1] is None
    assert all("stay" in words for words in refused[:2])
    assert [one["kept"] for one in of(tries, how)] == [AFTER] * len(refused)


def test_nothing_half_written_is_left_behind(tries):
    after = of(tries, "after")
    assert [one["readable"] for one in after] == [AFTER] * len(after)
    for one in after:
        assert one["files"] == ["newsduck.duckdb", "newsduck.lock", "parquet", "warehouse.duckdb"]
