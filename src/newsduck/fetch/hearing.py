"""One answer as it comes: taken within a cap, given up where it is no page, and known as far as it came."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from newsduck.fetch import answers
from newsduck.items import Disposition, Truncation
from newsduck.unpack import Broken, TooLarge, Unpacker


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for, and how much of it is taken."""

    url: str
    headers: dict[str, str]
    cap: int
    cut_cap: int = 0
    """Of an answer that is cut, so many bytes are kept."""
    any_type: bool = False
    """Take whatever comes, and of a longer body the first `cap` bytes: for robots.txt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said to one request."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    request_headers: tuple[tuple[str, str], ...]
    body: bytes
    truncated: Truncation | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Refused(Exception):  # noqa: N818 - an answer's outcome, not a fault of ours
    """The answer is given up: what it is instead of a page, and why."""

    def __init__(
        self, disposition: Disposition, detail: str, *, reason: Truncation, may_pass: bool = False
    ) -> None:
        super().__init__(detail)
        self.disposition = disposition
        self.reason = reason
        self.may_pass = may_pass


class Hearing:
    """Takes the answer to one wish; whatever interrupts it, `so_far` is what had come."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self._response: httpx.Response | None = None
        self._body = bytearray()
        self._is_whole = False

    async def take(self, response: httpx.Response) -> Answer:
        """The whole answer, unpacked. Raises Refused where it is too large, broken, or cannot be a page."""
        self._response = response
        wish, kind = self.wish, response.headers.get("content-type")
        is_page = response.status_code < HTTPStatus.MULTIPLE_CHOICES and not wish.any_type
        if is_page and (why := answers.not_html(kind)):
            raise Refused("not-html", why, reason="length")
        try:
            async for start in self._growing(response):
                if is_page and (why := answers.not_html_inside(kind, start)):
                    raise Refused("not-html", why, reason="length")
        except TooLarge as error:
            if not wish.any_type:
                raise Refused("too-large", f"more than {wish.cap} bytes", reason="length") from error
            return self._answer(response, bytes(self._body[: wish.cap]), "length")
        except Broken as error:
            raise Refused("http-error", str(error), reason="unspecified", may_pass=True) from error
        return self._answer(response, bytes(self._body), None)

    async def _growing(self, response: httpx.Response) -> AsyncIterator[bytes]:
        """Read all; hand out the beginning once it can be looked at, or all of a short body."""
        unpacker = Unpacker(response.headers.get("content-encoding", ""), cap=self.wish.cap)
        self._body = unpacker.body
        if not self.wish.any_type:
            unpacker.expect(response.headers.get("content-length"))
        is_seen = False
        async for piece in response.aiter_raw():
            unpacker.feed(piece)
            if not is_seen and len(self._body) >= answers.SNIFFED:
                is_seen = True
                yield bytes(self._body[: answers.SNIFFED])
        unpacker.finish()
        self._is_whole = True
        if not is_seen:
            yield bytes(self._body)

    def so_far(self, reason: Truncation) -> Answer | None:
        """What came before the answer was cut for that reason, bounded; None where not even a head came."""
        if self._response is None:
            return None
        truncated = None if self._is_whole else reason
        return self._answer(self._response, bytes(self._body[: self.wish.cut_cap]), truncated)

    def _answer(self, response: httpx.Response, body: bytes, truncated: Truncation | None) -> Answer:
        return Answer(
            url=self.wish.url,
            status=response.status_code,
            headers=_texts(response.headers.raw),
            request_headers=_texts(response.request.headers.raw),
            body=body,
            truncated=truncated,
        )


def _texts(raw: list[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Headers as text that gives every byte back."""
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)
