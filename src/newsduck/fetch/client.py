"""A portal's client: its connections, its cookies, and what it says of itself."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from newsduck.fetch.network import CheckedBackend, Resolve, SystemResolver
from newsduck.portals import Portal
from newsduck.settings import FetchLimits

CONNECT_SHARE = 0.25
"""Of an address's time: so much for connecting, so that a retry has time left."""
READ_SHARE = 0.5
"""Of an address's time: so long may a server be silent."""
ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"
KEEP_ALIVE = 15.0


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Loaded once: it takes 20 ms, and a run has many portals."""
    return httpx.create_ssl_context(trust_env=False)


@lru_cache(maxsize=4096)
def parsed(url: str) -> httpx.URL:
    """An address as it is sent: parsing it costs as much as sending it. Raises httpx.InvalidURL."""
    return httpx.URL(url)


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._response.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._response.aclose()


class Client:
    """Asks, and no more: httpx's own client would follow, unpack and stumble over bad Locations.

    Failures are httpcore's own exceptions, or UnsafeAddress.
    """

    def __init__(self, connections: httpcore.AsyncConnectionPool, *, agent: str, patience: float) -> None:
        self._connections = connections
        self._cookies = httpx.Cookies()
        self._headers = {
            "User-Agent": agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, deflate, br",
        }
        silence = patience * READ_SHARE
        self._timeouts = {
            "connect": patience * CONNECT_SHARE,
            "read": silence,
            "write": silence,
            "pool": None,
        }

    @asynccontextmanager
    async def get(self, url: str, headers: dict[str, str]) -> AsyncIterator[httpx.Response]:
        """The answer's head; its body is still on the wire."""
        cookies = self._cookies if self._cookies.jar else None
        request = httpx.Request("GET", parsed(url), headers=self._headers | headers, cookies=cookies)
        address = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = await self._connections.handle_async_request(
            httpcore.Request(
                "GET", address, headers=request.headers.raw, extensions={"timeout": self._timeouts}
            )
        )
        response = httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), request=request
        )
        try:
            if "set-cookie" in response.headers:
                self._cookies.extract_cookies(response)
            yield response
        finally:
            await response.aclose()


@asynccontextmanager
async def open_client(
    portal: Portal, limits: FetchLimits, *, agent: str, proxy: str | None, resolve: Resolve | None
) -> AsyncIterator[Client]:
    """A client of one portal alone: its cookies are shared with nobody."""
    own_resolver = SystemResolver()
    # a proxy looks names up by itself; literal addresses were refused before
    is_trusted = portal.allow_private_addresses or proxy is not None
    backend = CheckedBackend(resolve or own_resolver, allow_private=is_trusted)
    try:
        async with _connections(backend, proxy) as connections:
            yield Client(connections, agent=agent, patience=limits.timeout)
    finally:
        own_resolver.close()


def _connections(backend: CheckedBackend, proxy: str | None) -> httpcore.AsyncConnectionPool:
    options: dict[str, Any] = {
        "ssl_context": _certificates(),
        "http2": True,
        "max_connections": None,
        "keepalive_expiry": KEEP_ALIVE,
        "network_backend": backend,
    }
    if proxy is None:
        return httpcore.AsyncConnectionPool(**options)
    way = httpx.Proxy(proxy)
    return httpcore.AsyncHTTPProxy(proxy_url=str(way.url), proxy_auth=way.raw_auth, **options)
