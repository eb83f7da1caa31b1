"""The hourly run: fetch → archive → parse → deduplicate → load, in rounds."""

import asyncio
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Annotated, Any

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.context import get_run_context
from prefect.runtime import flow_run
from prefect.states import Completed
from pydantic import Field

from flows import alerts, artifacts, conditions, hours, runners
from flows.alerts import RUN
from flows.health import Alert, drift
from flows.hours import Mode
from flows.job import Job, close_books, fetch, final_state, parse, report_of, store
from flows.report import RunReport
from flows.sites import ALL, PortalId, Sites, opened
from flows.work import Errand
from newsduck import __version__, archive, log, warehouse
from newsduck.errors import NewsduckError
from newsduck.items import Run, Target

Rounds = Annotated[int, Field(ge=1, description="1 reads the front pages only.")]


def _named() -> str:
    """`ingest 2026-11-23 10:05 · 12 portals`, from the parameters of the run that is starting."""
    given = flow_run.parameters
    ids = [getattr(one, "value", one) for one in given.get("portals") or ()]
    at = given.get("as_of") or flow_run.scheduled_start_time
    if isinstance(at, datetime):
        at = f"{hours.local(at, conditions.current().settings):%Y-%m-%d %H:%M}"
    what = ids[0] if len(ids) == 1 else f"{len(ids)} portals" if ids else "all portals"
    kind = "front pages" if given.get("mode") == "front-pages" else "ingest"
    return f"{kind} {at} · {what}"


@flow(
    name="ingest",
    description="Reads portals, tells copies apart, and loads what is new into the warehouse.",
    version=__version__,
    flow_run_name=_named,
    task_runner=runners.choose(),
    persist_result=False,
)
async def ingest(
    portals: list[PortalId] = ALL,
    mode: Mode = "incremental",
    rounds: Rounds | None = None,
    as_of: datetime | None = None,
) -> State[RunReport]:
    """Read portals, tell copies apart, and load what is new.

    Args:
        portals: The portals to read; none chosen: all that are enabled. `sample` is the built-in one.
        mode: `incremental` follows what is new and re-reads what is due; `front-pages` reads the lists only.
        rounds: At most so many rounds: 1 reads the front pages, 2 the stories on them, 3 their further pages.
        as_of: The run's clock, for demonstrations and late hours; leave it empty for the present.

    """
    given = conditions.current()
    ids = [str(getattr(one, "value", one)) for one in portals]
    clock = hours.local(as_of, given.settings) if as_of else None
    with opened(given.settings, ids, clock) as sites:
        job = _job(sites, mode=mode, rounds=rounds)
        if _is_done_already(job, mode):
            return _skipped(job, mode)
        conditions.give(replace(given, on_outcome=lambda outcome: job.hear(outcome, given.on_outcome)))
        return await _run(job)


def _job(sites: Sites, *, mode: Mode, rounds: int | None) -> Job:
    given, context = conditions.current(), get_run_context()
    record: Any = getattr(context, "flow_run", None)
    errand = Errand(
        run=Run(run_id="", started_at=datetime.now().astimezone()),
        settings=given.settings,
        as_of=sites.as_of,
        proxy=sites.proxy,
    )
    started, flow_run_id = errand.now(), str(record.id) if record else None
    trigger = given.trigger or (
        hours.trigger_of(mode) if getattr(record, "auto_scheduled", False) else "manual"
    )
    run = Run(
        run_id=f"{started:%Y%m%dT%H%M%S}-{(flow_run_id or 'direct')[:8]}",
        started_at=started,
        trigger=trigger,
        flow_run_id=flow_run_id,
        code_version=__version__,
    )
    is_brief = mode == "front-pages"
    limit = 1 if is_brief else rounds
    return Job(errand=replace(errand, run=run), portals=sites.portals, limit=limit, is_together=is_brief)


async def _run(job: Job) -> State[RunReport]:
    """All rounds, then the books: whatever happens, the run's row says how it ended."""
    status, trouble, unwritten = "failed", "", ""
    try:
        async with artifacts.progress(job.errand.run.run_id, lambda: (job.heard, len(job.attempted))):
            await _read_rounds(job)
        status = "failed" if len(job.tally.failures) >= len(job.portals) else "completed"
    except Exception as error:  # noqa: BLE001 - the run must say how it ended, whatever ended it
        trouble = _trouble(job, error)
    finally:
        unwritten = await asyncio.to_thread(close_books, job, status)
    job.alerts = await asyncio.to_thread(_announce, job, trouble or unwritten)
    status = "failed" if unwritten else status
    return await final_state(job, status, trouble=trouble, unwritten=unwritten)


def _announce(job: Job, trouble: str) -> tuple[str, ...]:
    """What is wrong with this run's portals now; changes are told. Telling cannot fail the run.

    Where none of several portals could be read, that is one thing, of the run: no word of each.
    """
    settings, now, failures = job.errand.settings, job.errand.now(), job.tally.failures
    ids = {portal.id for portal in job.portals}
    if not trouble and len(failures) >= len(ids) > 1:
        name, why = next(iter(failures.items()))
        trouble, ids = f"none of {len(ids)} portals could be read; {name}: {why}", set()
    wrong = [Alert(key=RUN, portal="", text=trouble)] if trouble else []
    wrong += [
        Alert(key=f"{name}:failed", portal=name, text=f"{name}: {why}")
        for name, why in failures.items()
        if name in ids
    ]
    try:
        wrong += [one for one in drift(settings, now) if one.portal in ids]
    except Exception as error:  # noqa: BLE001 - see above
        log.alerts_unknown(error)
    try:
        alerts.announce(settings, wrong, now=now, about=ids)
    except Exception as error:  # noqa: BLE001 - see above
        log.alerts_unknown(error)
    return tuple(one.text for one in wrong)


def _trouble(job: Job, error: Exception) -> str:
    """Why a run stopped, and how to get at what it had read."""
    if not isinstance(error, NewsduckError):
        log.bug("", "", error)
    said = f"stopped: {type(error).__name__}: {error}"
    if not job.attempted:
        return said
    since = job.errand.run.started_at.isoformat()
    return (
        f"{said} Nothing that was read is lost, it is in the archive: "
        f"`newsduck replay --since {since}` loads it."
    )


async def _read_rounds(job: Job) -> None:
    """The spine: a round's new addresses are the next round's frontier."""
    frontier = job.next_frontier(await asyncio.to_thread(_frontier, job))
    while frontier:
        by_portal = {name: list(some) for name, some in groupby(frontier, key=lambda one: one.portal)}
        fetched = await fetch(job, by_portal)
        read = await parse(job, fetched)
        outcomes, pages, further = job.paged.sort(read.outcomes, read.pages, is_last=job.is_last_round)
        loaded = await asyncio.to_thread(store, job, outcomes, pages)
        job.tally.add(loaded)
        frontier = job.next_frontier([*loaded.new_addresses, *further])


def _frontier(job: Job) -> list[Target]:
    """Round 0, after closing archive files that a killed run left open."""
    archive.salvage(job.errand.settings.archive_dir)
    with warehouse.lock(job.errand.settings):
        due = warehouse.frontier(job.errand.settings, job.portals, job.errand.now())
    return [one for one in due if one.kind == "front"] if job.limit == 1 else list(due)


def _is_done_already(job: Job, mode: Mode) -> bool:
    run = job.errand.run
    return run.trigger == hours.trigger_of(mode) and hours.is_done(
        job.errand.settings, [portal.id for portal in job.portals], mode=mode, at=run.started_at
    )


def _skipped(job: Job, mode: Mode) -> State[RunReport]:
    """A late run whose hour has been read: Completed, and it says why it did nothing."""
    slot = hours.local(hours.slot(job.errand.run.started_at, mode), job.errand.settings)
    message = f"already done: all of it was read since {slot:%Y-%m-%d %H:%M %z}"
    get_run_logger().info(message)
    return Completed(message=message, data=report_of(job, status="skipped", message=message, seconds=0.0))
