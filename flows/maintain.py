"""Every night: close what was left open, prune, make the search index compact, publish."""

import asyncio
from datetime import UTC, datetime, timedelta

from prefect import flow, get_run_logger, task
from prefect.artifacts import acreate_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows import conditions
from newsduck import __version__, archive, warehouse
from newsduck.settings import Settings


@flow(
    name="maintain",
    description="Closes what killed runs left open, prunes the archive, sorts the search index, publishes.",
    version=__version__,
    persist_result=False,
)
async def maintain() -> State[dict[str, str]]:
    """Salvage, prune, make the search index compact and publish; the server prunes its own history."""
    settings = conditions.current().settings
    done = {}
    for step in (salvage, prune, compact, publish):
        done[step.name] = await asyncio.to_thread(step, settings)
        get_run_logger().info("%s: %s", step.name, done[step.name])
    rows = [{"step": name, "done": what} for name, what in done.items()]
    await acreate_table_artifact(rows, key="maintenance")
    return Completed(message=" · ".join(f"{name}: {what}" for name, what in done.items()), data=done)


@task(name="salvage", persist_result=False)
def salvage(settings: Settings) -> str:
    """Close archive files whose writers were killed."""
    found = archive.salvage(settings.archive_dir)
    return f"{found.files} files closed, {found.records} records kept"


@task(name="prune", persist_result=False)
def prune(settings: Settings) -> str:
    """Remove archive files beyond the retention settings."""
    days = settings.keep_archive_days
    before = None if days is None else datetime.now(UTC) - timedelta(days=days)
    pruned = archive.prune(settings.archive_dir, older_than=before, max_bytes=settings.keep_archive_bytes)
    return f"{pruned.files} files, {pruned.bytes:,} bytes removed"


@task(name="compact", persist_result=False)
def compact(settings: Settings) -> str:
    """Sort into the search index what the day's loads appended to it."""
    if not settings.warehouse_path.exists():
        return "no search index yet"
    with warehouse.lock(settings):
        return f"{warehouse.compact(settings):,} postings sorted into the search index"


@task(name="publish", persist_result=False)
def publish(settings: Settings) -> str:
    """Publish the warehouse; where there is none yet, nothing."""
    if not settings.warehouse_path.exists():
        return "nothing to publish yet"
    return f"{warehouse.publish(settings)} published"
