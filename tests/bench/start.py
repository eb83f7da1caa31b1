"""How soon `newsduck run sample` fetches: seconds from the command to the first answer in the archive.

`python tests/bench/start.py [TIMES] [OTHER]` starts it TIMES times in empty folders, and ends it as soon as
the first answer is kept: that of robots.txt, some milliseconds after the first request. OTHER is the folder
of another version of newsduck, which is started in turn with this one, so that both see the machine at its
best and at its worst. A first start of each is not counted: it warms the files. The least and the median.
"""
# ruff: noqa: T201 - a script that prints

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
LONGEST = 90.0


def started(tree):
    """Seconds until the sample's first answer is kept."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": f"{tree / 'src'}:{tree}"}
        archive, begun = Path(folder) / "data" / "archive", time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "newsduck", "run", "sample"],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while not any(path.stat().st_size for path in archive.rglob("*.gz*")):
                if process.poll() is not None or time.perf_counter() - begun > LONGEST:
                    raise SystemExit(f"{tree}: nothing was fetched")
                time.sleep(0.01)
            return time.perf_counter() - begun
        finally:
            process.terminate()
            process.wait()
            time.sleep(1)  # its server goes too


def main(times=5, *others):
    found = {HERE: []} | {Path(other).resolve(): [] for other in others}
    for turn in range(int(times) + 1):
        for tree, seconds in found.items():
            seconds.append(started(tree))
            print(f"{turn or 'warm'} {tree} {seconds[-1]:.2f}", file=sys.stderr, flush=True)
    for tree, (_, *seconds) in found.items():
        print(f"{tree}: least {min(seconds):.2f} s, median {statistics.median(seconds):.2f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
