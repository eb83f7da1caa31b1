"""Addresses → pages: politely, safely, and with exactly one outcome for each; the only importer of httpx.

1. `safety`     refuses addresses that must not be asked, also while connecting (`network`).
2. `robots`     reads what the host allows; `rules` understands it.
3. `pace`       waits for the host's turn, which all processes share (`hosts`).
4. `ask`        asks the `client` once, within a budget of time and bytes; `heads` tidies what comes,
                `hearing` takes it, unpacked, and `answers` looks at it.
5. `visit`      keeps each answer, follows redirects and tries again; `local` reads files instead.
6. `fetch`      makes the outcome of each address.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from newsduck import log
from newsduck.fetch import outcomes
from newsduck.fetch.ask import Failure
from newsduck.fetch.client import open_client
from newsduck.fetch.hosts import hosts_of
from newsduck.fetch.ledger import Ledger
from newsduck.fetch.local import is_file, read_file
from newsduck.fetch.network import Resolve
from newsduck.fetch.pace import Pace
from newsduck.fetch.session import Session
from newsduck.fetch.trip import Trip
from newsduck.fetch.visit import visit
from newsduck.items import Fetched, Outcome, Page, PageRef, Target
from newsduck.portals import Portal
from newsduck.settings import FetchLimits

__all__ = ["fetch"]


async def fetch(  # noqa: PLR0913 - `resolve` is the seam through which tests make names
    targets: Sequence[Target],
    portal: Portal,
    *,
    limits: FetchLimits,
    user_agent: str,
    clock: Callable[[], datetime],
    keep: Callable[[Page], PageRef],
    pace_dir: Path,
    proxy: str | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
    resolve: Resolve | None = None,
) -> list[Fetched]:
    """Read addresses of one portal: one result for each, in their order, whatever happens.

    `limits` are the installation's; the portal's own go on top. `keep` stores whatever was
    served, as a page, and says where;
    all processes that share the folder `pace_dir` keep one pace;
    `on_outcome` hears of each outcome as it comes. Failures are outcomes, never exceptions. `resolve` looks
    names up; the machine's own resolver where it is None.
    """
    limits = portal.limits(limits)
    ledger = Ledger(targets, on_outcome)
    deadline = monotonic() + limits.deadline
    async with open_client(portal, limits, agent=user_agent, proxy=proxy, resolve=resolve) as client:
        session = Session(
            portal=portal,
            limits=limits,
            client=client,
            pace=Pace(limits, hosts=hosts_of(pace_dir), deadline=deadline),
            agent=user_agent.partition("/")[0],
            deadline=deadline,
            clock=clock,
            keep=keep,
        )
        with suppress(TimeoutError):
            async with asyncio.timeout(limits.deadline):
                await _work_off(session, targets, ledger)
    late = Failure("timeout", f"the portal's {limits.deadline:g} s were over")
    return ledger.close(late, at=clock())


async def _work_off(session: Session, targets: Sequence[Target], ledger: Ledger) -> None:
    """Each host's addresses in their order, as many at once as it allows; no host waits for another."""
    queues: dict[str, deque[tuple[int, Target]]] = defaultdict(deque)
    for place, target in enumerate(targets):
        queues[outcomes.host(target.url)].append((place, target))

    async def worker(queue: deque[tuple[int, Target]]) -> None:
        while queue:
            place, target = queue.popleft()
            ledger.settle(place, await _one(ledger.begin(place, Trip(session, target))))

    async with asyncio.TaskGroup() as group:
        for queue in queues.values():
            for _ in range(min(session.limits.concurrency, len(queue))):
                group.create_task(worker(queue))


async def _one(trip: Trip) -> Fetched:
    """The result of one address; what nobody foresaw is logged with its trace, and quarantined."""
    session, target = trip.session, trip.target
    try:
        if is_file(target.url) and any(map(is_file, session.portal.front_pages)):
            page = read_file(target, session.portal, max_bytes=session.limits.max_bytes)
            page = replace(page, is_repeat=outcomes.is_repeat(target, page))
            return outcomes.answered(target, page, session.keep(page))
        heard = await visit(trip)
        return outcomes.answered(target, heard.page, heard.ref)
    except Failure as failure:
        return outcomes.failed(target, failure, at=session.clock(), ref=trip.ref)
    except Exception as error:  # noqa: BLE001 - one bug must not cost the other addresses
        log.bug(target.portal, target.url, error)
        bug = Failure("quarantined", f"newsduck failed: {type(error).__name__}: {error}")
        return outcomes.failed(target, bug, at=session.clock(), ref=trip.ref)
