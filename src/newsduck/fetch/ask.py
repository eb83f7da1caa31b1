"""One request, one answer: within a budget of time and a cap of bytes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from time import monotonic

import httpcore
import httpx

from newsduck.errors import UnsafeAddress
from newsduck.fetch.client import Client, parsed
from newsduck.fetch.hearing import Answer, Hearing, Refused, Wish
from newsduck.fetch.pace import Pace, TooLate
from newsduck.items import Disposition

UNASKABLE = (httpx.InvalidURL, httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, UnicodeError)
LOST = (
    OSError,  # TimeoutError among them
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
)


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
        answer: Answer | None = None,
    ) -> None:
        super().__init__(detail)
        self.disposition = disposition
        self.detail = detail
        self.status = answer.status if answer is not None else status
        self.final_url = final_url
        self.may_pass = may_pass
        self.answer = answer
        """What had come of the answer when it was given up."""


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


async def ask(client: Client, hearing: Hearing, *, pace: Pace, budget: Budget) -> Answer:
    """Ask once, in the host's turn. Raises Failure for whatever hinders it, with what had come by then."""
    try:
        async with pace.turn(host_of(hearing.wish.url)):
            return await _ask(client, hearing, pace, budget)
    except TooLate as error:
        raise Failure("timeout", str(error)) from error
    except UNASKABLE as error:
        raise Failure("unsafe-address", f"not a valid address: {error}") from error


async def _ask(client: Client, hearing: Hearing, pace: Pace, budget: Budget) -> Answer:
    wish = hearing.wish
    try:
        async with budget.running():
            return await _heard(client, wish, pace, hearing)
    except Refused as error:
        answer, may_pass = hearing.so_far(error.reason), error.may_pass
        raise Failure(
            error.disposition, str(error), final_url=wish.url, may_pass=may_pass, answer=answer
        ) from error
    except UnsafeAddress as error:
        raise Failure("unsafe-address", str(error), final_url=wish.url) from error
    except UNASKABLE:
        raise
    except LOST as error:
        raise _interrupted(error, wish.url, hearing) from error


def _interrupted(error: Exception, url: str, hearing: Hearing) -> Failure:
    """By whom the answer was cut short: by us, by the server's silence, or by the net."""
    if isinstance(error, TimeoutError):
        answer = hearing.so_far("time")
        return Failure("timeout", "the address's time was over", final_url=url, answer=answer)
    if isinstance(error, httpcore.TimeoutException):
        answer, detail = hearing.so_far("time"), _words(error, "no answer in time")
        return Failure("timeout", detail, final_url=url, may_pass=True, answer=answer)
    answer, detail = hearing.so_far("disconnect"), _words(error, "connection lost")
    return Failure("http-error", detail, final_url=url, may_pass=True, answer=answer)


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


async def _heard(client: Client, wish: Wish, pace: Pace, hearing: Hearing) -> Answer:
    began = monotonic()
    async with client.get(wish.url, wish.headers) as response:
        is_well = response.status_code < HTTPStatus.BAD_REQUEST
        pace.answered(host_of(wish.url), monotonic() - began, is_well=is_well)
        return await hearing.take(response)
