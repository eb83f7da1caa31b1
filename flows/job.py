"""A run in progress: the steps that reading the web and reading the archive have in common."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from prefect import get_run_logger
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, wait
from prefect.states import Completed, Failed
from prefect.utilities.annotations import opaque, quote

from flows import artifacts, hours, runners, sharing, tasks
from flows.paged import PagedStories
from flows.report import RunReport, Tally, counts_in_words, failed_portals
from flows.work import Errand, Judged, Read, lost
from newsduck import log, warehouse
from newsduck.items import Fetched, Loaded, Outcome, ParsedPage, Run, Target
from newsduck.portals import Portal
from newsduck.settings import Settings


@dataclass(slots=True, kw_only=True)
class Job:
    """A run in progress."""

    errand: Errand
    portals: tuple[Portal, ...]
    limit: int | None
    """Rounds at most."""
    is_together: bool = False
    """One task run for all portals: where each has so little to read that its own would cost more."""
    tally: Tally = field(default_factory=Tally)
    paged: PagedStories = field(default_factory=PagedStories)
    attempted: set[tuple[str, str]] = field(default_factory=set)
    fetched: list[tuple[list[str], PrefectFuture[Any]]] = field(default_factory=list)
    parsed: list[PrefectFuture[Any]] = field(default_factory=list)
    loaded: list[opaque] = field(default_factory=list)
    """The last round's task runs: the UI's graph shows who waited for whom."""
    alerts: tuple[str, ...] = ()
    heard: int = 0
    """Addresses whose outcome is known, for the progress."""
    begun: float = field(default_factory=time.monotonic)

    @property
    def is_last_round(self) -> bool:
        """Whether no round follows the one that is being read."""
        return self.limit is not None and self.tally.rounds + 1 >= self.limit

    @property
    def seconds(self) -> float:
        """How long the run has been going on."""
        return time.monotonic() - self.begun

    def hear(self, outcome: Outcome, onward: Callable[[Outcome], None] | None) -> None:
        """Count an outcome, and tell the caller who wants to know."""
        self.heard += 1
        if onward is not None:
            onward(outcome)

    def next_frontier(self, targets: Iterable[Target]) -> list[Target]:
        """What the next round reads: each address once a run."""
        if self.limit is not None and self.tally.rounds >= self.limit:
            return []
        fresh = {(one.portal, one.url): one for one in targets if (one.portal, one.url) not in self.attempted}
        self.attempted |= fresh.keys()
        return sorted(fresh.values(), key=lambda one: one.portal)


async def fetch(job: Job, by_portal: dict[str, list[Target]]) -> dict[str, list[Fetched]]:
    """A round's addresses; a portal that breaks costs its own addresses only."""
    groups = sharing.to_fetch(by_portal, round_number=job.tally.rounds, is_together=job.is_together)
    futures = [
        tasks.fetch.submit(
            runners.unseen([one for name in group for one in by_portal[name]]),
            runners.unseen(portals_of(job, group)),
            errand=runners.unseen(job.errand),
            round_number=job.tally.rounds,
            wait_for=job.loaded,
            return_state=False,
        )
        for group in groups
    ]
    job.fetched = list(zip(groups, futures, strict=True))
    results = await settled(job, futures, groups)
    at = job.errand.now()
    return {
        name: lost(by_portal[name], result, at=at) if isinstance(result, BaseException) else result
        for name, result in results.items()
    }


async def parse(job: Job, fetched: dict[str, list[Fetched]]) -> Read:
    """A round's pages; what brought none, or the very bytes of last time, costs no task run."""
    to_read = {
        name: mine for name, some in fetched.items() if (mine := [one for one in some if one.ref is not None])
    }
    groups = sharing.to_parse(to_read, is_together=job.is_together)
    futures = [
        tasks.parse.submit(
            runners.unseen([one for name in group for one in to_read[name]]),
            runners.unseen(portals_of(job, group)),
            settings=runners.unseen(job.errand.settings),
            wait_for=_fetched(job, group),
            return_state=False,
        )
        for group in groups
    ]
    job.parsed = futures or _fetched(job, fetched)
    results = await settled(job, futures, groups)
    read = [_read(job, to_read[name], result) for name, result in results.items()]
    outcomes = [one.outcome for some in fetched.values() for one in some if one.ref is None]
    outcomes += [outcome for one in read for outcome in one.outcomes]
    if job.tally.rounds == 0:
        job.tally.failures |= failed_portals(outcomes)
    return Read(outcomes=tuple(outcomes), pages=tuple(page for one in read for page in one.pages))


def _read(job: Job, fetched: Sequence[Fetched], result: Read | BaseException) -> Read:
    """What a portal's task brought; where it broke, each of its addresses says so."""
    if isinstance(result, BaseException):
        targets = [one.target for one in fetched]
        return Read(outcomes=tuple(one.outcome for one in lost(targets, result, at=job.errand.now())))
    return result


def _fetched(job: Job, ids: Iterable[str]) -> list[PrefectFuture[Any]]:
    """The task runs that fetched these portals, without those that failed: nobody can wait for them."""
    return [
        future
        for names, future in job.fetched
        if future.state.is_completed() and not set(names).isdisjoint(ids)
    ]


def portals_of(job: Job, ids: Iterable[str]) -> list[Portal]:
    """The run's portals of these ids, in their order."""
    by_id = {portal.id: portal for portal in job.portals}
    return [by_id[name] for name in ids]


async def settled(job: Job, futures: Sequence[PrefectFuture[Any]], groups: sharing.Groups) -> dict[str, Any]:
    """Each portal's result, or the exception that it ended in."""
    begun, results = time.time(), dict[str, Any]()
    await asyncio.to_thread(wait, list(futures))
    for group, future in zip(groups, futures, strict=True):
        found = future.result(raise_on_failure=False)
        for name in group:
            results[name] = result = found if isinstance(found, BaseException) else found[name]
            job.tally.took(name, future.state.timestamp.timestamp() - begun)
            if isinstance(result, BaseException):
                job.tally.failures[name] = f"{type(result).__name__}: {result}"
                get_run_logger().error("%s: %s: %s", name, type(result).__name__, result)
    return results


def store(job: Job, outcomes: Sequence[Outcome], pages: Sequence[ParsedPage]) -> Loaded:
    """Deduplicate stories, and load all, in the thread that holds the lock: we are the one writer."""
    settings, portals = job.errand.settings, list(job.portals)
    has_story = any(page.article is not None for page in pages)
    with warehouse.lock(settings):
        judged = Judged()
        if has_story:
            judged = tasks.deduplicate(
                quote(pages),
                portals=quote(portals),
                settings=quote(settings),
                wait_for=job.parsed,
            )
        loaded: Loaded = tasks.load(
            quote(pages),
            quote(outcomes),
            opaque(judged),  # not looked into, but seen to come from the task before
            errand=quote(job.errand),
            round_number=job.tally.rounds,
            portals=quote(portals),
            wait_for=[] if has_story else job.parsed,
        )
    job.loaded = [opaque(loaded)] if runners.IS_HERE else []
    return loaded


def close_books(job: Job, status: str, *, is_last: bool = True) -> str:
    """Write the run's row and, after the last run, the published copy.

    Gives what could not be written, and why; empty: all was. It never raises: why a run stopped comes first.
    """
    run, settings = job.errand.run, job.errand.settings
    ended = replace(run, status=status, finished_at=run.started_at + timedelta(seconds=job.seconds))
    what = "the run's row"
    try:
        with warehouse.lock(settings):
            warehouse.finish_run(settings, ended)
            if is_last:
                what = "the published copy"
                _publish(settings, ended)
    except Exception as error:  # noqa: BLE001 - see above
        log.unwritten(what, run.run_id, error)
        return f"{what} could not be written: {type(error).__name__}: {error}"
    return ""


def _publish(settings: Settings, ended: Run) -> None:
    """Publish; where that fails the row says `failed` too."""
    try:
        warehouse.publish(settings)
    except Exception:
        warehouse.finish_run(settings, replace(ended, status="failed"))
        raise


async def final_state(job: Job, status: str, *, trouble: str = "", unwritten: str = "") -> State[RunReport]:
    """Completed or Failed by name (others vanish from the UI's lists); the message has the counts."""
    seconds = job.seconds
    counts = counts_in_words(job.tally, portals=len(job.portals), seconds=seconds)
    message = " · ".join(filter(None, (f"{trouble} {counts}".strip(), unwritten)))
    said = report_of(job, status=status, message=message, seconds=seconds)
    shown = await artifacts.publish_report(said, job.errand.settings, job.tally)
    kind = Completed if status == "completed" else Failed
    return kind(message=shown.message, data=shown)


def report_of(job: Job, *, status: str, message: str, seconds: float) -> RunReport:
    """What the run has to say of itself, as plain data."""
    counts: dict[str, Any] = dict(job.tally.loaded)
    return RunReport(
        run_id=job.errand.run.run_id,
        status=status,
        message=message,
        started_at=hours.local(job.errand.run.started_at, job.errand.settings),
        seconds=seconds,
        rounds=job.tally.rounds,
        outcomes=dict(job.tally.outcomes),
        failures=dict(job.tally.failures),
        alerts=job.alerts,
        published=str(job.errand.settings.published_path),
        archive=str(job.errand.settings.archive_dir),
        **counts,
    )
