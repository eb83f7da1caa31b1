"""One request, one answer: within a budget of time and a cap of bytes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic

import httpcore
import httpx

from newsduck.errors import UnsafeAddress
from newsduck.fetch import answers
from newsduck.fetch.client import Client, parsed
from newsduck.fetch.pace import Pace, TooLate
from newsduck.fetch.unpack import Broken, TooLarge, Unpacker
from newsduck.items import Disposition

UNASKABLE = (httpx.InvalidURL, httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, UnicodeError)
LOST = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, OSError)


class Failure(Exception):  # noqa: N818 - an outcome, not a fault of ours
    """An address that yields no page; `may_pass` says whether another try is worth it."""

    def __init__(
        self,
        disposition: Disposition,
        detail: str,
        *,
        status: int | None = None,
        final_url: str | None = None,
        may_pass: bool = False,
    ) -> None:
        super().__init__(detail)
        self.disposition = disposition
        self.detail = detail
        self.status = status
        self.final_url = final_url
        self.may_pass = may_pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said to one request."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    request_headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Budget:
    """The seconds that an address may take in all; waiting for its turn does not count."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self.spent = 0.0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Time that counts. Raises TimeoutError when nothing is left."""
        began = monotonic()
        try:
            async with asyncio.timeout(self.left):
                yield
        finally:
            self.spent += monotonic() - began
            self.left -= monotonic() - began


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for, and how much of it is taken."""

    url: str
    headers: dict[str, str]
    cap: int
    any_type: bool = False
    """Take whatever comes, and of a longer body the first `cap` bytes: for robots.txt."""


async def ask(client: Client, wish: Wish, *, pace: Pace, budget: Budget) -> Answer:
    """Ask once, in the host's turn. Raises Failure for whatever hinders it."""
    try:
        async with pace.turn(host_of(wish.url)), budget.running():
            return await _ask(client, wish, pace)
    except TooLate as error:
        raise Failure("timeout", str(error)) from error
    except UnsafeAddress as error:
        raise Failure("unsafe-address", str(error), final_url=wish.url) from error
    except TimeoutError as error:
        raise Failure("timeout", "the address's time was over", final_url=wish.url) from error
    except httpcore.TimeoutException as error:
        detail = _words(error, "no answer in time")
        raise Failure("timeout", detail, final_url=wish.url, may_pass=True) from error
    except UNASKABLE as error:
        raise Failure("unsafe-address", f"not a valid address: {error}") from error
    except LOST as error:
        detail = _words(error, "connection lost")
        raise Failure("http-error", detail, final_url=wish.url, may_pass=True) from error


def _words(error: BaseException, otherwise: str) -> str:
    """The message of the innermost cause, which says most."""
    cause = error
    while cause.__cause__ is not None or cause.__context__ is not None:
        cause = cause.__cause__ or cause.__context__ or cause
    text = str(error) or str(cause) or otherwise
    return f"{otherwise}: {text}" if text != otherwise else text


def host_of(url: str) -> str:
    """Host and port, under which a server's pace is kept."""
    return parsed(url).netloc.decode("ascii")


async def _ask(client: Client, wish: Wish, pace: Pace) -> Answer:
    began = monotonic()
    async with client.get(wish.url, wish.headers) as response:
        is_well = response.status_code < HTTPStatus.BAD_REQUEST
        pace.answered(host_of(wish.url), monotonic() - began, is_well=is_well)
        return Answer(
            url=wish.url,
            status=response.status_code,
            headers=_texts(response.headers.raw),
            request_headers=_texts(response.request.headers.raw),
            body=await _body(response, wish),
        )


def _texts(raw: list[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Headers as text that gives every byte back."""
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)


async def _body(response: httpx.Response, wish: Wish) -> bytes:
    """The body, unpacked. Raises Failure where it is too large, broken, or cannot be a page."""
    status, kind = response.status_code, response.headers.get("content-type")
    is_page = status < HTTPStatus.MULTIPLE_CHOICES and not wish.any_type
    if is_page and (reason := answers.not_html(kind)):
        raise Failure("not-html", reason, status=status, final_url=wish.url)
    unpacker = None
    try:
        unpacker = Unpacker(response.headers.get("content-encoding", ""), cap=wish.cap)
        if not wish.any_type:
            unpacker.expect(response.headers.get("content-length"))
        async for body in _growing(response, unpacker):
            if is_page and (reason := answers.not_html_inside(kind, body)):
                raise Failure("not-html", reason, status=status, final_url=wish.url)
    except TooLarge as error:
        if not wish.any_type:
            detail = f"more than {wish.cap} bytes"
            raise Failure("too-large", detail, status=status, final_url=wish.url) from error
    except Broken as error:
        raise Failure("http-error", str(error), status=status, final_url=wish.url, may_pass=True) from error
    return bytes(unpacker.body[: wish.cap]) if unpacker else b""


async def _growing(response: httpx.Response, unpacker: Unpacker) -> AsyncIterator[bytes]:
    """Read all; hand out the beginning once it is long enough to be looked at, or all of a short body."""
    is_seen = False
    async for piece in response.aiter_raw():
        unpacker.feed(piece)
        if not is_seen and len(unpacker.body) >= answers.SNIFFED:
            is_seen = True
            yield bytes(unpacker.body[: answers.SNIFFED])
    unpacker.finish()
    if not is_seen:
        yield bytes(unpacker.body)
