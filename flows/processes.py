"""Ending a process and all that it started: Prefect's worker puts each run into a session of its own."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

GENTLE_SECONDS = 3.0
"""How long a process has after SIGTERM; three of these fit into the ten seconds of a stop."""


def descendants(pid: int) -> list[int]:
    """All processes below this one, from `/proc`; none where there is no such folder."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            fields = entry.read_text("ascii", "replace").rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started and everything below it: gently, then for good."""
    below = descendants(process.pid)
    if process.stdin:
        process.stdin.close()  # to a tethered process, that is SIGTERM
    else:
        process.terminate()
    _await([process.pid], process)
    _signal(below, signal.SIGTERM)
    _await(below, process)
    process.kill()
    _signal(below, signal.SIGKILL)
    process.wait()


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _await(pids: list[int], process: subprocess.Popen[bytes]) -> None:
    """Wait until these are gone, or the time is over."""
    end = time.monotonic() + GENTLE_SECONDS
    while time.monotonic() < end:
        process.poll()
        if not any(_is_alive(pid) for pid in pids):
            return
        time.sleep(0.05)


def _is_alive(pid: int) -> bool:
    """Whether a process runs; one that is only waiting to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
