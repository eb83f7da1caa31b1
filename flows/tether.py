"""`python -m flows.tether MODULE ARGUMENT…`: a module as a program that ends with whoever started it.

Its standard input is a line to its starter: when that breaks, however the starter ended, it stops itself.
"""

import os
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

STOP_SECONDS = 5.0


def start(
    module: str, arguments: Sequence[str], *, environment: Mapping[str, str], log: Path
) -> "subprocess.Popen[bytes]":
    """A module running in a process of its own, away from the terminal's Ctrl-C; its output goes to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "flows.tether", module, *arguments],
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def stop(process: "subprocess.Popen[bytes]", *, seconds: float = STOP_SECONDS) -> None:
    """End such a process, gently first."""
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_with_starter() -> None:
    """Leave when standard input ends: our starter has closed it, or is gone."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _main(module: str, arguments: Sequence[str]) -> None:
    """Run the module as if it had been started itself."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    threading.Thread(target=_end_with_starter, daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2:])
