"""Connections: where a name leads is checked at the very moment of connecting."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address

import httpcore

from newsduck.errors import UnsafeAddress
from newsduck.fetch.safety import is_special, literal
from newsduck.fetch.stream import connect

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
        if (address := literal(host)) is not None:
            return [str(address)]
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

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address that takes one. Raises UnsafeAddress if any is special."""
        del local_address, socket_options
        addresses = await self._addresses(host, port, timeout)
        share = timeout / len(addresses) if timeout else None
        failure: Exception | None = None
        for address in addresses:
            try:
                return await connect(address, port, share)
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
