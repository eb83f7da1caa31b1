"""A run on another task runner reads the same: arguments and tasks survive the way to other processes."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from flows.running import run_ingest
from newsduck import warehouse
from newsduck.sample import EPOCH
from newsduck.settings import Settings

SAMPLE = """
import sys
from newsduck.cli import main
if __name__ == "__main__":  # Dask starts its workers with this very script
    sys.exit(main())
"""
READ = "select url, title, content_hash, copy_of from articles order by article_id"


@pytest.mark.parametrize("runner", ["dask", "ray"])
def test_the_sample_read_by_other_processes_is_the_same(tmp_path, prefect, runner):  # noqa: ARG001
    package = f"prefect_{runner}"
    if find_spec(package) is None:
        pytest.skip(f"pip install {package.replace('_', '-')}")
    script, there = tmp_path / "script.py", Settings(data_dir=tmp_path / "there")
    script.write_text(SAMPLE, "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, str(script), "--data-dir", str(there.data_dir)),
            *("run", "sample", "--as-of", EPOCH.isoformat()),
        ],
        env={**os.environ, "NEWSDUCK_RUNNER": runner, "RAY_USAGE_STATS_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    here = Settings(data_dir=tmp_path / "here")
    run_ingest(here, ["sample"], as_of=EPOCH, trigger="sample")
    assert warehouse.query(there, READ).rows == warehouse.query(here, READ).rows
