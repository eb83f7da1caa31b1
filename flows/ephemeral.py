"""A Prefect server for the time of one command: started before Prefect itself is imported.

Server and client take four and three seconds to import; side by side, a run begins in five, and not in eight.
"""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flows import tether
from newsduck.errors import Transient

START_SECONDS = 90.0
"""How long a server may take to stand: the first start of an installation makes its tables."""
_OK, _LOOK = 200, 0.02


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(api_url: str, *, timeout: float = 2.0) -> bool:
    """Whether a Prefect server answers at this address."""
    try:
        with urlopen(f"{api_url}/health", timeout=timeout) as reply:  # noqa: S310 - our own http address
            return bool(reply.status == _OK and reply.read().strip() == b"true")
    except (URLError, OSError):
        return False


@contextmanager
def server(environment: Mapping[str, str], *, log: Path) -> Iterator[str]:
    """The API address of a server that is being started; it ends with the block."""
    port = free_port()
    process = tether.start("flows.bookkeeping", [str(port)], environment=environment, log=log)
    try:
        yield f"http://127.0.0.1:{port}/api"
    finally:
        tether.stop(process)


def wait(api_url: str, *, log: Path, seconds: float = START_SECONDS) -> None:
    """Return as soon as the server answers.

    Raises Transient where it does not in time.
    """
    end = time.monotonic() + seconds
    while not answers(api_url):
        if time.monotonic() > end:
            raise Transient(f"Prefect's server did not start within {seconds:.0f} s; its log is {log}.")
        time.sleep(_LOOK)
