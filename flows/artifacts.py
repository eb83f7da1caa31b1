"""What a run shows in Prefect's UI: a table, a summary, links, and how far it is."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from prefect import get_run_logger
from prefect.artifacts import (
    acreate_link_artifact,
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)

from flows.asking import ask
from flows.report import RunReport, Tally, portal_rows, summary
from newsduck.settings import Settings

FIRST, PERIOD = 3.0, 5.0
"""Seconds until a run shows its progress, and between two signs of it."""


@asynccontextmanager
async def progress(run_id: str, counted: Callable[[], tuple[int, int]]) -> AsyncIterator[None]:
    """Show how many of the known addresses have been read, for as long as the block lasts."""
    watcher = asyncio.create_task(_watch(run_id, counted))
    try:
        yield
    finally:
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher


async def _watch(run_id: str, counted: Callable[[], tuple[int, int]]) -> None:
    """One progress artifact, brought up to date; the server being away is no reason to stop."""
    await asyncio.sleep(FIRST)
    artifact = None
    while True:
        done, known = counted()
        percent = min(100.0, 100.0 * done / known) if known else 0.0
        try:
            if artifact is None:
                artifact = await acreate_progress_artifact(percent, key="progress", description=run_id)
            else:
                await aupdate_progress_artifact(artifact, percent)
        except Exception as error:  # noqa: BLE001 - a sign of progress is worth no failure
            get_run_logger().debug("no progress shown: %s", error)
        await asyncio.sleep(PERIOD)


async def publish_report(report: RunReport, settings: Settings, tally: Tally) -> RunReport:
    """The report with a row a portal, shown as artifacts; none of this can fail the run."""
    try:
        report = replace(report, by_portal=_by_portal(report, settings, tally))
        await acreate_table_artifact(list(report.by_portal), key="portals", description=report.message)
        await acreate_markdown_artifact(
            summary(report, headlines=_headlines(report, settings)), key="summary"
        )
        address = settings.published_path.resolve().as_uri()
        await acreate_link_artifact(address, "newsduck.duckdb", key="data", description=report.published)
    except Exception as error:  # noqa: BLE001 - the data is loaded; its picture is worth no failure
        get_run_logger().warning("the run's artifacts could not be shown: %s", error)
    return report


def _by_portal(report: RunReport, settings: Settings, tally: Tally) -> tuple[dict[str, Any], ...]:
    outcomes = ask(settings, "portal_outcomes", run_id=report.run_id)
    articles = ask(settings, "portal_articles", run_id=report.run_id)
    return portal_rows(outcomes, articles, tally)


def _headlines(report: RunReport, settings: Settings) -> list[dict[str, Any]]:
    rows = ask(settings, "newest_headlines", started_at=report.started_at.isoformat())
    return [dict(zip(("portal", "text", "url", "listed"), row, strict=True)) for row in rows]
