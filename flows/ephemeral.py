"""A Prefect server for the time of one command: started before Prefect itself is imported.

Server and client take five and two seconds to import; side by side, a run begins in six, and not in ten.
The server watches its standard input and ends with the process that started it, however that ended.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from newsduck.errors import Transient

START_SECONDS = 90.0
"""How long a server may take to stand: the first start of an installation makes its tables."""
STOP_SECONDS = 5.0


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(api_url: str, *, timeout: float = 2.0) -> bool:
    """Whether a Prefect server answers at this address."""
    try:
        with urlopen(f"{api_url}/health", timeout=timeout) as reply:  # noqa: S310 - our own http address
            return bool(reply.status == 200)  # noqa: PLR2004 - OK
    except (URLError, OSError):
        return False


@contextmanager
def server(environment: Mapping[str, str], *, log: Path) -> Iterator[str]:
    """The API address of a server that is being started; it ends with the block."""
    port = free_port()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "flows.ephemeral", str(port)],
            env={**os.environ, **environment, "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
        )
    try:
        yield f"http://127.0.0.1:{port}/api"
    finally:
        _stop(process)


def wait(api_url: str, *, log: Path, seconds: float = START_SECONDS) -> None:
    """Return as soon as the server answers.

    Raises Transient where it does not in time.
    """
    end = time.monotonic() + seconds
    while not answers(api_url):
        if time.monotonic() > end:
            raise Transient(f"Prefect's server did not start within {seconds:.0f} s; its log is {log}.")
        time.sleep(0.05)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End a server, gently first."""
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_with_parent() -> None:
    """Leave when standard input ends: our starter has closed it, or is gone."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _main(port: int) -> None:
    """Serve Prefect's API until standard input ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import uvicorn  # noqa: PLC0415 - only here, in the server's own process

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    _main(int(sys.argv[1]))
