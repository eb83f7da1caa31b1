"""The four tasks of a round: fetch and parse by portal, deduplicate and load for all of them.

Arguments and results are plain data or archive references; a task run stands for a portal, a hundred pages or
a round, never for a page, because one costs 6-18 ms and 20 KB of the server's database. Where portals have
little to show, front pages and the further pages of stories, one task run fetches for all of them.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from prefect import get_run_logger, task
from prefect.runtime import task_run
from prefect.tasks import Task, exponential_backoff
from prefect.utilities.annotations import quote

from flows import conditions
from flows.together import on_one_loop
from flows.work import Errand, Judged, Read, fetch_portal, judge_pages, load_round, parse_portal
from newsduck.errors import Transient
from newsduck.items import Fetched, Loaded, Outcome, ParsedPage, Target
from newsduck.portals import Portal
from newsduck.settings import Settings

LOGGED = 50
"""Addresses of one portal and round that the run's log names; all of them are in `outcomes`."""
_GOOD = {"loaded", "unchanged", "not-modified", "empty"}


def can_pass(task: Task[..., object], run: object, state: object) -> bool:
    """Whether a failure may pass by itself: only then is a retry worth it."""
    del task, run
    error = getattr(state, "data", None)
    return isinstance(getattr(error, "exception", error), Transient)


def _plain(value: Any) -> Any:
    """An argument as the task gets it: names are made before Prefect takes the quotes away."""
    return value.unwrap() if isinstance(value, quote) else value


def _named(verb: str, many: str) -> str:
    """`fetch people · 34 addresses`, from the arguments of the task run that is starting."""
    given = {name: _plain(value) for name, value in task_run.parameters.items()}
    things = given.get("targets") or given.get("fetched") or given.get("pages") or ()
    portals = given["portals"] if verb in ("fetch", "parse") else ()
    who = [f"{len(portals)} portals" if len(portals) > 1 else portals[0].id] if portals else []
    return " · ".join([" ".join([verb, *who]), f"{len(things)} {many}"])


@task(
    name="fetch",
    task_run_name=lambda: _named("fetch", "addresses"),
    retries=2,
    retry_delay_seconds=exponential_backoff(2),
    retry_jitter_factor=0.5,
    retry_condition_fn=can_pass,
    persist_result=False,
)
async def fetch(
    targets: Sequence[Target], portals: Sequence[Portal], *, errand: Errand, round_number: int
) -> dict[str, list[Fetched] | BaseException]:
    """Addresses of one round, read politely and archived: one result each, or what broke their portal.

    Fails, and is tried again where that can help, only if every portal of it broke.
    """
    mine = {portal.id: [one for one in targets if one.portal == portal.id] for portal in portals}
    running = [
        on_one_loop(
            fetch_portal(
                mine[portal.id],
                portal,
                errand=errand,
                round_number=round_number,
                on_outcome=conditions.hear,
            )
        )
        for portal in portals
    ]
    results = dict(zip(mine, await asyncio.gather(*running, return_exceptions=True), strict=True))
    broken = [one for one in results.values() if isinstance(one, BaseException)]
    if len(broken) == len(results):
        raise broken[0]
    for one in results.values():
        _log([] if isinstance(one, BaseException) else [each.outcome for each in one])
    return results


@task(name="parse", task_run_name=lambda: _named("parse", "pages"), persist_result=False)
def parse(
    fetched: Sequence[Fetched], portals: Sequence[Portal], *, settings: Settings
) -> dict[str, Read | Exception]:
    """Archived pages, read, by portal, or what broke it; fails only if every portal of it broke."""
    results: dict[str, Read | Exception] = {}
    for portal in portals:
        mine = [one for one in fetched if one.target.portal == portal.id]
        try:
            results[portal.id] = read = parse_portal(mine, portal, settings=settings)
        except Exception as error:  # noqa: BLE001 - whatever breaks one portal costs no other
            results[portal.id] = error
            continue
        _log([one for one in read.outcomes if one.disposition in ("quarantined", "undecodable")])
    broken = [one for one in results.values() if isinstance(one, Exception)]
    if len(broken) == len(results):
        raise broken[0]
    return results


@task(name="deduplicate", task_run_name=lambda: _named("deduplicate", "pages"), persist_result=False)
def deduplicate(pages: Sequence[ParsedPage], *, portals: Sequence[Portal], settings: Settings) -> Judged:
    """Verdicts over all portals of a round."""
    return judge_pages(pages, portals, settings=settings)


@task(name="load", task_run_name=lambda: _named("load", "pages"), persist_result=False)
def load(
    pages: Sequence[ParsedPage],
    outcomes: Sequence[Outcome],
    judged: Judged,
    *,
    errand: Errand,
    round_number: int,
    portals: Sequence[Portal],
) -> Loaded:
    """A round into the warehouse, in one transaction."""
    return load_round(outcomes, pages, judged, errand=errand, round_number=round_number, portals=portals)


def _log(outcomes: Sequence[Outcome]) -> None:
    """Name each address that could not be read, and why."""
    logger = get_run_logger()
    bad = [one for one in outcomes if one.disposition not in _GOOD]
    for one in bad[:LOGGED]:
        logger.warning("%s %s %s %s", one.disposition, one.url, one.status or "", one.detail or "")
    if len(bad) > LOGGED:
        logger.warning("… and %d more; `select * from outcomes` has them all", len(bad) - LOGGED)
