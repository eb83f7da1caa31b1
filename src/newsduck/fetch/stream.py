"""One connection over asyncio: bytes both ways, heads of HTTP/1 answers tidied for the strict parser."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpcore

from newsduck.fetch import heads


@asynccontextmanager
async def _told_as(
    late: type[Exception], lost: type[Exception], seconds: float | None
) -> AsyncIterator[None]:
    """Let httpcore know in its own words what went wrong within so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise late(str(error)) from error
    except OSError as error:
        raise lost(str(error)) from error


async def connect(address: str, port: int, seconds: float | None) -> "Stream":
    """A connection to an IP address. Raises httpcore.ConnectError or ConnectTimeout."""
    async with _told_as(httpcore.ConnectTimeout, httpcore.ConnectError, seconds):
        return Stream(*await asyncio.open_connection(address, port))


class Stream(httpcore.AsyncNetworkStream):
    """What httpcore reads from and writes to; anyio's streams, its default, take twice our time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._is_http_1 = True
        self._awaits_head = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """What came, nothing at the end; the first bytes after a request only when the head is whole."""
        async with _told_as(httpcore.ReadTimeout, httpcore.ReadError, timeout):
            data = await self._reader.read(max_bytes)
            if not self._awaits_head:
                return data
            while data and not heads.is_whole(data) and (more := await self._reader.read(max_bytes)):
                data += more
        self._awaits_head = False
        return heads.tidied(data)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send; an answer follows."""
        self._awaits_head = self._is_http_1
        async with _told_as(httpcore.WriteTimeout, httpcore.WriteError, timeout):
            self._writer.write(buffer)
            await self._writer.drain()

    async def aclose(self) -> None:
        """Hang up, and wait for nobody: a TLS farewell may take a bad server half a minute."""
        self._writer.transport.abort()
        await asyncio.sleep(0)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
    ) -> "Stream":
        """The same connection, encrypted."""
        try:
            async with _told_as(httpcore.ConnectTimeout, httpcore.ConnectError, timeout):
                await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except BaseException:  # httpcore hangs up only on connections that it was given
            await self.aclose()
            raise
        spoken = self.get_extra_info("ssl_object")
        self._is_http_1 = spoken is None or spoken.selected_alpn_protocol() != "h2"
        return self

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks: whether an idle connection was closed, and what TLS agreed on."""
        if info == "is_readable":
            return self._reader.at_eof() or self._writer.is_closing()
        return self._writer.get_extra_info(info)
