"""`newsduck serve`: Prefect's server, a worker and the deployments, from one command until it is stopped."""

import asyncio
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from flows import environment, ephemeral, processes, tables, tether
from newsduck.errors import NewsduckError, UsageError
from newsduck.settings import Settings

SCHEDULE_SECONDS = 90.0
"""How long the scheduler may take to set up the first run: it looks every minute, and at new ones at once."""
_LOOK = 0.5


def serve(settings: Settings, *, host: str = "127.0.0.1", port: int = 4200) -> int:
    """Serve until Ctrl-C, SIGTERM, or until server or worker end by themselves; the exit code.

    Raises UsageError where the port is taken or this data folder is served already.
    """
    home = environment.home(settings.data_dir)
    home.mkdir(parents=True, exist_ok=True)
    local = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    ours = environment.for_serving(settings.data_dir, host=local, port=port) | _as_settings(settings)
    with ExitStack() as stack:
        stack.enter_context(_only_one(home, ours["PREFECT_API_URL"]))
        _check_port(host, port)
        stopped = stack.enter_context(_signals())
        has_tables = tables.lay_out(home)
        server = stack.enter_context(
            _program(
                "server", "flows.turns", ["server", "start", "--host", host, "--port", str(port)], ours, home
            )
        )
        os.environ.update(ours)
        if not _stands(server, ours["PREFECT_API_URL"], stopped, home):
            return 0
        if not has_tables:
            tables.keep(home)
        worker = stack.enter_context(_furnished(ours, home))
        _tell(_first_run(stopped), ours["PREFECT_API_URL"], home)
        return _watch({"server": server, "worker": worker}, stopped, home)


def _as_settings(settings: Settings) -> dict[str, str]:
    """Our own settings, so that runs use this data folder whatever folder they start in."""
    portals = {"NEWSDUCK_PORTALS_DIR": str(settings.portals_dir.resolve())} if settings.portals_dir else {}
    return {"NEWSDUCK_DATA_DIR": str(settings.data_dir.resolve()), **portals}


@contextmanager
def _only_one(home: Path, api_url: str) -> Iterator[None]:
    """Be the only one who serves this folder; the lock goes with the process, so it cannot be stale."""
    note = home / "serving.json"
    with (home / "serving.lock").open("a") as file:
        _lock(file, note)
        if note.exists():
            _say("the last `newsduck serve` here ended without tidying up; its runs in work will be Crashed.")
        note.write_text(json.dumps({"api_url": api_url, "pid": os.getpid()}), "utf-8")
        try:
            yield
        finally:
            note.unlink(missing_ok=True)


def _lock(file: IO[str], note: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        who = note.read_text("utf-8") if note.exists() else "another process"
        raise UsageError(
            f"this data folder is served already ({who}). Use that one, or stop it first; "
            "another --data-dir can be served on another --port."
        ) from None


def _check_port(host: str, port: int) -> None:
    """Make sure that the port is free, or say who has it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - compared
            if ephemeral.answers(f"{url}/api"):
                raise UsageError(
                    f"a Prefect server answers at {url} already. Deploy to it (deployments/README.md; "
                    f"PREFECT_API_URL={url}/api), or take another --port."
                ) from None
            raise UsageError(
                f"cannot listen on {host}:{port}: {error.strerror}. Take another --port."
            ) from None


@contextmanager
def _signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _program(
    name: str, module: str, arguments: list[str], ours: dict[str, str], home: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A Prefect command as a process that ends with the block, and all that it started with it."""
    process = tether.start(module, arguments, environment=ours, log=home / f"{name}.log")
    try:
        yield process
    finally:
        processes.stop(process)


def _stands(server: subprocess.Popen[bytes], api_url: str, stopped: threading.Event, home: Path) -> bool:
    """Wait for the server; false if we were stopped meanwhile."""
    end = time.monotonic() + ephemeral.START_SECONDS
    while not ephemeral.answers(api_url):
        if stopped.is_set():
            return False
        if server.poll() is not None or time.monotonic() > end:
            raise NewsduckError(f"Prefect's server did not start; its log is {home / 'server.log'}.")
        time.sleep(0.1)
    return True


@contextmanager
def _furnished(ours: dict[str, str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Pool, deployments and automation in their places, and a worker that is waiting for runs."""
    from flows import deploying  # noqa: PLC0415 - it imports Prefect, which reads the environment then

    asyncio.run(deploying.make_pool())
    asyncio.run(deploying.bury_left_over())
    arguments = ["worker", "start", "--pool", deploying.POOL, "--type", "process", "--limit", "4"]
    arguments += ["--name", socket.gethostname()]
    with _program("worker", "prefect", arguments, ours, home) as worker:
        deploying.deploy()
        asyncio.run(deploying.furnish())
        yield worker


def _first_run(stopped: threading.Event) -> bool:
    """Wait until a run stands on the schedule."""
    from flows import deploying  # noqa: PLC0415 - see above

    end = time.monotonic() + SCHEDULE_SECONDS
    while not asyncio.run(deploying.scheduled_runs()):
        if stopped.wait(_LOOK):
            return False
        if time.monotonic() > end:
            raise NewsduckError(
                "Prefect's scheduler sets up no runs; is sqlalchemy older than 2.1 installed?"
            )
    return True


def _tell(is_ready: bool, api_url: str, home: Path) -> None:  # noqa: FBT001 - private, called once
    if is_ready:
        _say(f"serving at {api_url.removesuffix('/api')} (logs in {home}). Ctrl-C stops all of it.")


def _watch(programs: dict[str, subprocess.Popen[bytes]], stopped: threading.Event, home: Path) -> int:
    """Wait until we are stopped; a program that ends by itself ends all."""
    while not stopped.wait(_LOOK):
        for name, process in programs.items():
            if process.poll() is not None:
                _say(f"Prefect's {name} ended with code {process.returncode}; its log is {home / name}.log.")
                return 1
    return 0


def _say(text: str) -> None:
    sys.stderr.write(f"newsduck: {text}\n")
    sys.stderr.flush()
