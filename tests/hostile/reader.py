"""Fetching as the tests call it: one portal, patient limits, pages kept in a list."""

import atexit
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from newsduck.fetch import fetch, pace, robots
from newsduck.fetch.hosts import hosts_of
from newsduck.items import Fetched, Page, PageRef, Target
from newsduck.portals import Portal
from newsduck.settings import FetchLimits

LIMITS = FetchLimits(min_interval=0, deadline=60, retry_wait=0.01, rest=0.01)
AGENT = "newsduck/test (+mailto:crawler@newsduck.example)"
NOW = datetime(2026, 3, 2, 0, 5, tzinfo=UTC)


class Kept:
    """Keeps pages in memory, as the archive would on disk; what robots.txt answered apart."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.rules: list[Page] = []

    def __call__(self, page: Page) -> PageRef:
        shelf = self.rules if page.url.endswith("/robots.txt") else self.pages
        shelf.append(page)
        return PageRef(portal=page.portal, url=page.url, archive_file="memory", archive_offset=len(shelf) - 1)


def portal(*front_pages: str, is_private: bool = True, **more) -> Portal:
    return Portal(
        id="hostile", name="恶意站", front_pages=front_pages, allow_private_addresses=is_private, **more
    )


def target(url: str, **more) -> Target:
    return Target(portal="hostile", url=url, **more)


PACES = TemporaryDirectory(prefix="newsduck-pace-")
atexit.register(PACES.cleanup)
"""Where the tests of this process keep their pace."""


def paces() -> Path:
    """The folder in which `read` keeps its pace."""
    return Path(PACES.name)


def forget() -> None:
    """Begin anew, as if nobody had asked any host."""
    pace.forget()
    robots.forget()
    hosts_of(paces()).forget()


async def read(urls, site: Portal, keep=None, limits: FetchLimits = LIMITS, **more) -> list[Fetched]:
    """Fetch addresses or targets of a portal."""
    targets = [each if isinstance(each, Target) else target(each) for each in urls]
    more = {"clock": lambda: NOW, "user_agent": AGENT, "pace_dir": paces()} | more
    return await fetch(targets, site, limits=limits, keep=keep or Kept(), **more)


def dispositions(results: list[Fetched]) -> list[str]:
    return [one.outcome.disposition for one in results]
