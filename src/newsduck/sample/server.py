"""The sample's sites on loopback: a threaded HTTP server that answers as a forward proxy."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import as_file, files
from threading import Lock, Thread

from newsduck.portals import Portal, load_portal
from newsduck.sample.plan import hour_of
from newsduck.sample.site import Response, conditional, respond

PORTALS = ("sample", "sample-reprint")


@dataclass(slots=True, kw_only=True)
class Site:
    """The served sites: how to read them, where, and what was asked so far."""

    portals: tuple[Portal, ...]
    hour: int
    proxy: str = ""
    """`http://127.0.0.1:PORT`: to be asked for the sites' own addresses."""
    requests: list[tuple[str, int]] = field(default_factory=list)
    """(address, status) of each answer, in order."""
    _asked: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def answer(self, url: str, headers: dict[str, str]) -> Response:
        """The answer to a request, which is noted."""
        with self._lock:
            self._asked[url] += 1
            given = conditional(respond(url, self.hour, self._asked[url]), headers)
            self.requests.append((url, given.status))
        return given


def sample_portals() -> tuple[Portal, ...]:
    """The two portals, as their files declare them."""
    with as_file(files(__package__).joinpath("portals")) as folder:
        return tuple(load_portal(folder / f"{name}.toml") for name in PORTALS)


@contextmanager
def serve(as_of: datetime) -> Iterator[Site]:
    """The sites as they stand at a time (aware), on a free port of loopback until the block ends."""
    site = Site(portals=sample_portals(), hour=hour_of(as_of))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    server.daemon_threads = True
    site.proxy = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    """A request handler that asks this site; the standard library makes one object of it per connection."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            """Answer an absolute-form request, or one that names its site in Host."""
            whole = self.path.startswith("http://")
            url = self.path if whole else f"http://{self.headers.get('Host', '')}{self.path}"
            answer = site.answer(url, {name.lower(): value for name, value in self.headers.items()})
            self.send_response_only(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            if answer.status != HTTPStatus.NOT_MODIFIED:  # which has no body by RFC 9110
                self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Connection", "close")  # so that no thread outlives the block
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Say nothing: `Site.requests` holds it all."""

    return Handler
