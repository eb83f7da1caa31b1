"""How often a host is asked: an interval, a number at once; slower if it is slow, not while it wants rest."""

import asyncio
import random
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic

from newsduck import log
from newsduck.settings import FetchLimits

SMOOTHING = 0.3
"""How much the newest answer counts in a host's latency (exponential mean, as TCP and AutoThrottle do it)."""
SLOW_DOWN = 2.0
"""What a host's interval is multiplied by each time it asks for rest."""
MAX_SLOW_DOWN = 16.0
RECOVERY = 0.95
"""What that factor is multiplied by with each good answer: 14 of them undo one rest."""


class TooLate(Exception):  # noqa: N818 - it is nobody's fault
    """The turn would come too late to be waited for; the message says why, for people."""


@dataclass(slots=True)
class _Host:
    """What is remembered of a host, between rounds and portals too: two of them may live on it."""

    next_at: float = 0.0
    rest_until: float = 0.0
    latency: float = 0.0
    slowed: float = 1.0
    crawl_delay: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_hosts: dict[str, _Host] = {}
"""Of this process, by host and port: a run's rounds, in whatever threads, keep one pace."""


def forget() -> None:
    """Forget all hosts, as if the process were new."""
    _hosts.clear()


class Pace:
    """Hands out turns to ask hosts, within the limits of one portal."""

    def __init__(self, limits: FetchLimits, *, deadline: float) -> None:
        """`deadline` is a moment of `time.monotonic`: no turn is handed out that would come later."""
        self._limits = limits
        self._deadline = deadline
        self._slots: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn, and hold one of its slots; raises TooLate where waiting is vain."""
        known = _hosts.setdefault(host, _Host())
        slot = self._slots.setdefault(host, asyncio.Semaphore(self._limits.concurrency))
        async with slot:
            await self._wait(known)
            yield

    async def _wait(self, host: _Host) -> None:
        at = self._reserve(host)
        while at > monotonic():
            await asyncio.sleep(at - monotonic())
            at = max(at, host.rest_until)
            self._check(host, at)

    def _reserve(self, host: _Host) -> float:
        with host.lock:
            at = max(monotonic(), host.next_at, host.rest_until)
            self._check(host, at)  # before reserving: or vain turns would push the next round's away
            host.next_at = at + self.interval(host)
            return at

    def _check(self, host: _Host, at: float) -> None:
        """Raises TooLate where a turn at this moment is not worth waiting for."""
        rest = host.rest_until - monotonic()
        if rest > self._limits.max_rest:
            raise TooLate(f"the host asked for a rest of {rest:.0f} s")
        if at > self._deadline:
            raise TooLate("its turn would come after the portal's deadline")

    def interval(self, host: _Host) -> float:
        """Seconds between two requests: a slow host is asked no faster than it answers."""
        limits = self._limits
        adapted = min(host.latency, limits.max_crawl_delay) if limits.min_interval else 0.0
        return max(limits.min_interval * host.slowed, adapted, host.crawl_delay)

    def answered(self, host: str, seconds: float, *, is_well: bool) -> None:
        """A host took so long to answer; while it is well, it recovers from having been slowed."""
        known = _hosts.setdefault(host, _Host())
        if is_well:
            known.slowed = max(1.0, known.slowed * RECOVERY)
        known.latency += SMOOTHING * (seconds - known.latency) if known.latency else seconds

    def obey(self, host: str, crawl_delay: float | None) -> None:
        """robots.txt asks for so many seconds between requests."""
        known = _hosts.setdefault(host, _Host())
        known.crawl_delay = min(crawl_delay or 0.0, self._limits.max_crawl_delay)

    def rest(self, host: str, status: int, retry_after: float | None) -> float:
        """A host said 429 or 503: leave it alone, and be slower afterwards. Gives the seconds."""
        known = _hosts.setdefault(host, _Host())
        seconds = self._limits.rest if retry_after is None else retry_after
        with known.lock:
            known.rest_until = max(known.rest_until, monotonic() + seconds)
            known.slowed = min(known.slowed * SLOW_DOWN, MAX_SLOW_DOWN)
        log.slowed(host, seconds, f"{status} {HTTPStatus(status).phrase}")
        return seconds


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, as number or date; None where it cannot be read."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def backoff(attempt: int, wait: float) -> float:
    """Seconds before try number `attempt` (from 1): doubled each time, half of it by chance."""
    longest = wait * float(2 ** (attempt - 1))
    return longest * (0.5 + random.random() / 2)  # noqa: S311 - spreads requests, guards nothing
