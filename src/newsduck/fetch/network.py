"""Connections: where a name leads is checked at the very moment of connecting."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address
from typing import Any

import httpcore

from newsduck.errors import UnsafeAddress
from newsduck.fetch import heads
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
                return TidyStream(
                    await self._network.connect_tcp(address, port, share, local_address, socket_options)
                )
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


class TidyStream(httpcore.AsyncNetworkStream):
    """A connection that tidies the heads of answers for the strict parser; HTTP/2 is left alone."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, *, is_plain: bool = True) -> None:
        self._stream = stream
        self._is_plain = is_plain
        self._awaits_head = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """What came; the first bytes after a request only when the whole head is there."""
        data = await self._stream.read(max_bytes, timeout)
        if not self._awaits_head:
            return data
        while data and not heads.is_whole(data):
            more = await self._stream.read(max_bytes, timeout)
            if not more:
                break
            data += more
        self._awaits_head = False
        return heads.tidied(data)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send; an answer follows."""
        self._awaits_head = self._is_plain
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Hang up."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, encrypted."""
        stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        spoken = stream.get_extra_info("ssl_object")
        is_plain = spoken is None or spoken.selected_alpn_protocol() != "h2"
        return TidyStream(stream, is_plain=is_plain)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)
