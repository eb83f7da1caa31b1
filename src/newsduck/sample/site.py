"""What the sample's sites answer: a function of the address, the hour, and how often it was asked (pure)."""

from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha1
from http import HTTPStatus

from newsduck.sample.pages import front_page, story_page
from newsduck.sample.plan import FRONT, FRONT_PAGES
from newsduck.sample.stories import EPOCH, Story, stories

HOSTS = frozenset({"www.linjiang.example", "finance.linjiang.example", "www.dongling.example"})
ROBOTS = "User-agent: *\nDisallow: /internal/\nDisallow: /login\n\nUser-agent: greedy\nDisallow: /\n"
HTML, TEXT = "text/html", "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer: status, headers in order, and bytes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The header of that name, as written."""
        return dict(self.headers).get(name)


def respond(url: str, hour: int, attempt: int = 1) -> Response:
    """The answer to the `attempt`-th question (from 1) for an address at an hour."""
    host, _, path = url.removeprefix("http://").partition("/")
    if not url.startswith("http://") or host not in HOSTS:
        return _plain(502, f"no such host here: {url}")
    if path == "robots.txt":
        return _plain(200, ROBOTS)
    if url in FRONT_PAGES:
        return _front(url, hour)
    story, number = _find(url)
    if story is None or not story.readable(hour) or number > len(story.pages(hour)):
        return _html(
            404, "<html><head><title>404</title></head><body>您访问的页面不存在或已被删除</body></html>"
        )
    if story.flaky and attempt == 1:
        return _html(503, "<html><head><title>503</title></head><body>服务器繁忙,请稍后再试</body></html>")
    return _story(story, hour, number)


def conditional(answer: Response, headers: Mapping[str, str]) -> Response:
    """The answer, or 304 where the asker's validators (lower-case names) say that they hold it already."""
    etag, since = headers.get("if-none-match"), headers.get("if-modified-since")
    held = etag == answer.header("ETag") if etag else since == answer.header("Last-Modified")
    if answer.status != HTTPStatus.OK or not (etag or since) or not held:
        return answer
    kept = tuple(pair for pair in answer.headers if pair[0] in {"ETag", "Last-Modified", "Server"})
    return replace(answer, status=int(HTTPStatus.NOT_MODIFIED), headers=kept, body=b"")


def _find(url: str) -> tuple[Story | None, int]:
    """The story at an address, and which of its pages."""
    pages = {story.url: (story, 1) for story in stories()}
    pages |= {s.url.removesuffix(".html") + "_2.html": (s, 2) for s in stories() if s.further}
    return pages.get(url, (None, 1))


def _front(url: str, hour: int) -> Response:
    """Front pages: GBK for finance, validators for the first one only, as its cache makes them."""
    text = front_page(url, hour)
    if url.endswith(".txt"):
        return _answer(200, text.encode(), f"{TEXT}; charset=utf-8")
    if "finance." in url:
        return _answer(200, text.encode("gbk"), HTML)
    changed = EPOCH + timedelta(hours=hour)
    return _validated(_html(200, text), changed) if url == FRONT else _html(200, text)


def _story(story: Story, hour: int, number: int) -> Response:
    """Story pages: static files with validators, GBK without a header, or made anew each time."""
    text = story_page(story, hour, number)
    if story.site == "finance":
        # finance declares gb2312 in its pages; one of them comes under a header that says utf-8.
        declared = f"{HTML}; charset=utf-8" if story.charset == "gbk" else HTML
        return _answer(200, text.encode("gbk"), declared)
    if story.site == "dongling":
        return _html(200, text)
    corrected = [EPOCH + timedelta(hours=c.hour) for c in story.corrections if c.hour <= hour]
    return _validated(_html(200, text), max([story.published, *corrected]))


def _validated(answer: Response, changed: datetime) -> Response:
    etag = f'"{b32encode(sha1(answer.body).digest()).decode()[:16]}"'  # noqa: S324 - a name, not a secret
    modified = format_datetime(changed.astimezone(UTC), usegmt=True)
    return replace(answer, headers=(*answer.headers, ("ETag", etag), ("Last-Modified", modified)))


def _html(status: int, text: str) -> Response:
    return _answer(status, text.encode(), f"{HTML}; charset=utf-8")


def _plain(status: int, text: str) -> Response:
    return _answer(status, text.encode(), f"{TEXT}; charset=utf-8")


def _answer(status: int, body: bytes, content_type: str) -> Response:
    return Response(status=status, headers=(("Server", "sample"), ("Content-Type", content_type)), body=body)
