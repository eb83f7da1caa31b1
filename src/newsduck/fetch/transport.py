"""Requests over the network: where a name leads is checked at the very moment of connecting."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx

from newsduck.errors import UnsafeAddress
from newsduck.fetch.safety import is_special

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Host and port → IP addresses; raises OSError where there is none."""


class SystemResolver:
    """What the machine's resolver says, in its order.

    Its threads are its own: a portal whose names hang keeps no other portal from looking up names.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="newsduck-names")

    async def __call__(self, host: str, port: int) -> list[str]:
        """The addresses of a host. Raises OSError where there is none."""
        look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        return list(dict.fromkeys(str(address[0]) for *_, address in found))

    def close(self) -> None:
        """Wait for nobody."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only.

    The name is looked up here, once, and the connection goes to the address that was checked: there is no
    moment between check and use in which DNS could change. TLS and Host keep the name.
    """

    def __init__(self, resolve: Resolve, *, allow_private: bool) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address that takes one. Raises UnsafeAddress if any is special."""
        addresses = await self._addresses(host, port, timeout)
        share = timeout / len(addresses) if timeout else None
        failure: Exception | None = None
        for address in addresses:
            try:
                return await self._network.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    async def _addresses(self, host: str, port: int, limit: float | None) -> list[str]:
        try:
            async with asyncio.timeout(limit):
                addresses = await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"looking up {host} took too long") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no such name: {host}") from error
        for address in addresses if not self._allow_private else ():
            if is_special(ip_address(address.partition("%")[0])):
                raise UnsafeAddress(f"{host} leads to the special address {address}")
        if not addresses:
            raise httpcore.ConnectError(f"no such name: {host}")
        return addresses


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Loaded once: it takes 20 ms, and a run has many portals."""
    return httpx.create_ssl_context(trust_env=False)


class _Stream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._response.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._response.aclose()


class Transport(httpx.AsyncBaseTransport):
    """httpx over httpcore with a checked backend; failures stay httpcore's own."""

    def __init__(self, resolve: Resolve | None, *, allow_private: bool, proxy: str | None) -> None:
        self._own_resolver = SystemResolver()
        options: dict[str, Any] = {
            "ssl_context": _certificates(),
            "http2": True,
            "max_connections": None,
            "keepalive_expiry": 15.0,
        }
        self._pool: httpcore.AsyncConnectionPool
        if proxy is None:
            backend = CheckedBackend(resolve or self._own_resolver, allow_private=allow_private)
            self._pool = httpcore.AsyncConnectionPool(network_backend=backend, **options)
        else:  # names are the proxy's to look up; literal addresses were refused before
            way = httpx.Proxy(proxy)
            self._pool = httpcore.AsyncHTTPProxy(proxy_url=str(way.url), proxy_auth=way.raw_auth, **options)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, one response, its body still on the wire."""
        response = await self._pool.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Stream(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        self._own_resolver.close()
        await self._pool.aclose()
