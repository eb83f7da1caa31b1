"""How often a host is asked: an interval, a number at once; slower if it is slow, not while it wants rest."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic, time

from newsduck import log
from newsduck.fetch.hosts import Hosts
from newsduck.settings import FetchLimits

SMOOTHING = 0.3
"""How much the newest answer counts in a host's latency (exponential mean, as TCP and AutoThrottle do it)."""
SLOW_DOWN = 2.0
"""What a host's interval is multiplied by each time it asks for rest."""
MAX_SLOW_DOWN = 16.0
RECOVERY = 0.95
"""What that factor is multiplied by with each good answer: 14 of them undo one rest."""


LONGEST_REST = 86_400.0
"""Seconds: a host that asks for more than a day is asked again after one."""
OCCUPIED = 0.1
"""Seconds, at least, before somebody who found all slots taken by others looks again."""


class TooLate(Exception):  # noqa: N818 - it is nobody's fault
    """The turn would come too late to be waited for; the message says why, for people."""


@dataclass(slots=True)
class _Host:
    """What this process has seen of a host, in all rounds and portals."""

    latency: float = 0.0
    crawl_delay: float = 0.0
    good_answers: int = 0
    """Since they were last counted for its recovery."""


_hosts: dict[str, _Host] = {}
"""By host and port."""


def forget() -> None:
    """Forget what was seen of all hosts, as if the process were new."""
    _hosts.clear()


class Pace:
    """Hands out turns to ask hosts, within the limits of one portal, and among all who share `hosts`."""

    def __init__(self, limits: FetchLimits, *, hosts: Hosts, deadline: float) -> None:
        """`deadline` is a moment of `time.monotonic`: no turn is handed out that would come later."""
        self._limits = limits
        self._shared = hosts
        self._deadline = deadline
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._free: dict[str, list[int]] = {}
        """The numbers of the slots that are not ours already."""

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn, and hold one of its slots; raises TooLate where waiting is vain."""
        gate = self._gates.setdefault(host, asyncio.Semaphore(self._limits.concurrency))
        free = self._free.setdefault(host, list(range(self._limits.concurrency)))
        async with gate:
            number = await self._granted(host, free)
            free.remove(number)
            try:
                yield
            finally:
                self._shared.give_back(host, number)
                free.insert(0, number)

    async def _granted(self, host: str, free: Sequence[int]) -> int:
        """A slot, taken at the right moment; where others have all of them, at a later one."""
        while True:
            await self._moment(host)
            for number in free:
                if self._shared.take(host, number):
                    return number
            await asyncio.sleep(OCCUPIED)

    async def _moment(self, host: str) -> None:
        """Wait until the host may be asked; a rest that it asked for meanwhile counts as well."""
        while (seconds := self._reserve(host)) > 0:
            await asyncio.sleep(seconds)
            if self._shared.look(host).rest_until <= time():
                return

    def _reserve(self, host: str) -> float:
        """Take the next moment that nobody has, and keep an interval after it; the seconds until then."""
        known = _hosts.setdefault(host, _Host())
        with self._shared.changing(host) as times:
            now = time()
            at = max(now, times.next_at, times.rest_until)
            self._check(times.rest_until - now, at - now)  # or vain turns would push the next ones away
            times.slowed = max(1.0, times.slowed * RECOVERY**known.good_answers)
            known.good_answers = 0
            times.next_at = at + self.interval(known, times.slowed)
        return at - now

    def _check(self, rest: float, wait: float) -> None:
        """Raises TooLate where a turn after so many seconds is not worth waiting for."""
        if rest > self._limits.max_rest:
            raise TooLate(f"the host asked for a rest of {rest:.0f} s")
        if monotonic() + wait > self._deadline:
            raise TooLate("its turn would come after the portal's deadline")

    def interval(self, known: _Host, slowed: float = 1.0) -> float:
        """Seconds between two requests: a slow host is asked no faster than it answers."""
        limits = self._limits
        adapted = min(known.latency, limits.max_crawl_delay) if limits.min_interval else 0.0
        return max(limits.min_interval * slowed, adapted, known.crawl_delay)

    def answered(self, host: str, seconds: float, *, is_well: bool) -> None:
        """A host took so long to answer; while it is well, it recovers from having been slowed."""
        known = _hosts.setdefault(host, _Host())
        known.good_answers += is_well
        known.latency += SMOOTHING * (seconds - known.latency) if known.latency else seconds

    def obey(self, host: str, crawl_delay: float | None) -> None:
        """robots.txt asks for so many seconds between requests."""
        known = _hosts.setdefault(host, _Host())
        known.crawl_delay = min(crawl_delay or 0.0, self._limits.max_crawl_delay)

    def rest(self, host: str, status: int, retry_after: float | None) -> float:
        """A host said 429 or 503: leave it alone, and be slower afterwards. Gives the seconds."""
        seconds = self._limits.rest if retry_after is None else retry_after
        with self._shared.changing(host) as times:
            times.rest_until = max(times.rest_until, time() + min(seconds, LONGEST_REST))
            times.slowed = min(times.slowed * SLOW_DOWN, MAX_SLOW_DOWN)
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
