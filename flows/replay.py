"""Archived pages through the same parse → deduplicate → load: for better parsers, and after a loss."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from prefect import flow
from prefect.artifacts import acreate_table_artifact
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows import conditions, hours, runners, sources
from flows.asking import ask
from flows.comparing import Comparison, in_words
from flows.job import Job, close_books, parse, report_of, store
from flows.report import RunReport, Tally, counts_in_words
from flows.sites import known_portals
from flows.work import Errand, Read
from newsduck import __version__, archive
from newsduck.archive import Kept
from newsduck.errors import UsageError
from newsduck.items import Run
from newsduck.settings import Settings


def _named() -> str:
    given = flow_run.parameters
    bounds = [str(given[name]) for name in ("since", "until") if given.get(name)]
    return " · ".join(["replay", *bounds, *filter(None, [given.get("portal")])])


@flow(
    name="replay",
    description="Parses archived pages again and loads what changed. Asks no portal.",
    version=__version__,
    flow_run_name=_named,
    task_runner=runners.choose(),
    persist_result=False,
)
async def replay(
    since: datetime | None = None,
    until: datetime | None = None,
    portal: str | None = None,
    warcs: list[str] = sources.NONE,
) -> State[RunReport]:
    """Parse archived pages again, and load what changed.

    Args:
        since: Pages fetched at this time or after it; empty: from the beginning.
        until: Pages fetched before this time; empty: to the end.
        portal: One portal's pages, by its id; empty: all of them.
        warcs: WARC files from elsewhere to read instead, such as Common Crawl's CC-NEWS.

    """
    settings = conditions.current().settings
    since, until = (hours.local(at, settings) if at else None for at in (since, until))
    _check(since, until, warcs)
    archive.salvage(settings.archive_dir)
    if not warcs:
        await asyncio.to_thread(_check_archive, settings, portal)
    compared, job = Comparison(), _job(settings, "replay")
    unwritten = []
    if warcs:
        await _replay_files(job, [Path(name) for name in warcs], compared)
    else:
        kept = archive.scan(settings.archive_dir, since=since, until=until, portal=portal)
        for run_id, of_run in groupby(kept, key=lambda one: one.run_id):
            unwritten.append(await _replay_run(job, run_id, of_run, compared))
    rows = await asyncio.to_thread(
        compared.rows, settings
    )  # before publishing: the copy is still the old one
    status = "failed" if any(unwritten) else "completed"
    unwritten.append(await asyncio.to_thread(close_books, job, status))
    return await _final_state(job, rows, " · ".join(dict.fromkeys(filter(None, unwritten))))


def _check(since: datetime | None, until: datetime | None, warcs: Sequence[str]) -> None:
    """Refuse what could replay nothing."""
    if since is not None and until is not None and since >= until:
        raise UsageError(f"nothing lies between {since.isoformat()} and {until.isoformat()}.")
    missing = [name for name in warcs if not Path(name).is_file()]
    if missing:
        raise UsageError(f"no such WARC file: {', '.join(missing)}.")


def _check_archive(settings: Settings, portal: str | None) -> None:
    """Refuse an archive without a page, and a portal that no file, archive or warehouse knows."""
    if next(archive.scan(settings.archive_dir), None) is None:
        raise UsageError(f"the archive {settings.archive_dir} is empty: there is nothing to replay.")
    known = known_portals(settings)
    if portal is None or portal in known or next(archive.scan(settings.archive_dir, portal=portal), None):
        return
    stored = [str(row[0]) for row in ask(settings, "portals")]
    if portal not in stored:
        raise UsageError(f"no portal {portal}; known are {', '.join(sorted({*known, *stored}))}.")


def _job(settings: Settings, name: str) -> Job:
    """A replay is a run of its own: the pages keep their times, the books say when they were read again."""
    now, flow_run_id = datetime.now(UTC), flow_run.id
    run = Run(
        run_id=f"{now:%Y%m%dT%H%M%S}-{(flow_run_id or 'direct')[:8]}-{name}",
        started_at=now,
        trigger="replay",
        flow_run_id=flow_run_id,
        code_version=__version__,
    )
    return Job(errand=Errand(run=run, settings=settings), portals=(), limit=None, is_together=True)


async def _replay_run(whole: Job, run_id: str, kept: Iterable[Kept], compared: Comparison) -> str:
    """One archived run, round by round, under an id that tells both runs; what could not be written of it."""
    run = replace(whole.errand.run, run_id=f"{whole.errand.run.run_id}:{run_id}")
    job = Job(errand=replace(whole.errand, run=run), portals=(), limit=None, is_together=True, tally=Tally())
    rounds = [(number, sources.last_notes(some)) for number, some in groupby(kept, key=_round_of)]
    job.portals = sources.portals_of(whole.errand.settings, [one for _, some in rounds for one in some])
    for number, fetched in rounds:
        job.tally.rounds = number
        by_portal = {name: list(some) for name, some in groupby(fetched, key=lambda one: one.target.portal)}
        await _store(job, await parse(job, by_portal), compared, is_last=number == rounds[-1][0])
    unwritten = await asyncio.to_thread(close_books, job, "completed", is_last=False)
    whole.portals = tuple({one.id: one for one in (*whole.portals, *job.portals)}.values())
    whole.tally.merge(job.tally)
    return unwritten


def _round_of(kept: Kept) -> int:
    return kept.round_number


async def _replay_files(job: Job, paths: Sequence[Path], compared: Comparison) -> None:
    """Pages of other people's WARC files, in batches that fit into memory; each batch is a round."""
    for portals, read in sources.foreign(job.errand.settings, paths):
        job.portals = portals
        await _store(job, read, compared, is_last=True)


async def _store(job: Job, read: Read, compared: Comparison, *, is_last: bool) -> None:
    outcomes, pages, _ = job.paged.sort(read.outcomes, read.pages, is_last=is_last)
    compared.add(pages, job.portals)
    job.tally.add(await asyncio.to_thread(store, job, outcomes, pages))


async def _final_state(job: Job, rows: list[dict[str, object]], unwritten: str) -> State[RunReport]:
    seconds = job.seconds
    counts = counts_in_words(job.tally, portals=len(job.portals), seconds=seconds)
    message = " · ".join(filter(None, (counts, in_words(rows), unwritten)))
    await acreate_table_artifact(rows, key="fields", description=message)
    status, kind = ("failed", Failed) if unwritten else ("completed", Completed)
    report = report_of(job, status=status, message=message, seconds=seconds)
    return kind(message=message, data=replace(report, fields=tuple(rows)))
