"""The server: raw bytes over a socket, so that it can break every rule; a forward proxy as well."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

PAGE = "<!doctype html><html><head><title>早报</title></head><body><h1>今日要闻</h1><p>{}</p></body></html>"


@dataclass
class Asked:
    """One request, and the way back."""

    host: str
    path: str
    headers: dict[str, str]
    send: Callable[[bytes], Awaitable[None]]
    abort: Callable[[], None]
    count: int = 1
    """How often this path was asked, this time included."""


Handler = Callable[[Asked], Awaitable[None]]


def page(text: str) -> bytes:
    return PAGE.format(text).encode()


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A well-formed answer; `content_type=` becomes Content-Type, None leaves a header out."""
    named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    named |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{lines}Connection: close\r\n\r\n".encode() + body


def says(data: bytes) -> Handler:
    async def handler(asked: Asked) -> None:
        await asked.send(data)

    return handler


@dataclass
class Site:
    """Serves `routes` on loopback while the context is open; what is no route is a 404."""

    routes: dict[str, Handler]
    robots: bytes | None = None
    """The whole answer to /robots.txt, where that is no route; None: 404."""
    asked: list[str] = field(default_factory=list)
    requests: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    times: list[float] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._connections = set()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._connections.add(task)
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client cut us short: it is meant to
        finally:
            self._connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        _, target, _ = head[0].split(" ", 2)
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:]) if k}
        parts = urlsplit(target)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        self.asked.append(path)
        self.times.append(asyncio.get_running_loop().time())

        async def send(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        asked = Asked(
            host=parts.hostname or headers.get("host", ""),
            path=path,
            headers=headers,
            send=send,
            abort=writer.transport.abort,
            count=self.asked.count(path),
        )
        self.requests.append(asked)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await self._handler(parts.path)(asked)
        finally:
            self.at_once -= 1

    def _handler(self, path: str) -> Handler:
        missing = answer(page("没有这一页"), "404 Not Found")
        if path == "/robots.txt":
            missing = self.robots or answer(b"", "404 Not Found")
        return self.routes.get(path) or says(missing)
