"""Flows for the command line: called like functions, with a Prefect server wherever one is to be had.

The server that `PREFECT_API_URL` names; else the one that `newsduck serve` runs for this data folder; else
one for the time of the call. Prefect is imported only after its environment is set.
"""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from flows import environment, ephemeral, importing, tables
from newsduck import collector
from newsduck.errors import UsageError
from newsduck.items import Outcome
from newsduck.settings import Settings

DRAIN_SECONDS = 5.0
"""How long the last events and log lines may take to reach a server that is about to end."""


def run_ingest(
    settings: Settings,
    portal_ids: Sequence[str] = (),
    *,
    as_of: datetime | None = None,
    rounds: int | None = None,
    trigger: str = "manual",
    on_outcome: Callable[[Outcome], None] | None = None,
) -> Any:
    """One ingest run through the flow; no ids: all enabled portals. Gives a `flows.report.RunReport`.

    Raises UsageError for unknown portals and fewer rounds than one, and whatever stopped the run for good.
    """
    if rounds is not None and rounds < 1:
        raise UsageError(f"{rounds} rounds read nothing: at least 1, which reads the front pages.")
    with orchestrated(settings):
        from flows import conditions  # noqa: PLC0415 - Prefect comes with it, and reads its settings then
        from flows.ingest import ingest  # noqa: PLC0415

        conditions.give(conditions.Conditions(settings=settings, trigger=trigger, on_outcome=on_outcome))
        trusting = ingest.with_options(validate_parameters=False)
        running = trusting(list(portal_ids), "incremental", rounds, as_of, return_state=True)
        return asyncio.run(_reported(running))


def run_replay(
    settings: Settings,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    portal: str | None = None,
    warcs: Sequence[Path] = (),
) -> Any:
    """Archived pages (or these WARC files') parsed again and loaded; a `flows.report.RunReport`."""
    with orchestrated(settings):
        from flows import conditions  # noqa: PLC0415 - see above
        from flows.replay import replay  # noqa: PLC0415

        conditions.give(conditions.Conditions(settings=settings, trigger="replay"))
        running = replay(since, until, portal, [str(path) for path in warcs], return_state=True)
        return asyncio.run(_reported(running))


def run_maintain(settings: Settings) -> Any:
    """Salvage, prune, make the search index compact and publish; what was done, by step."""
    with orchestrated(settings):
        from flows import conditions  # noqa: PLC0415 - see above
        from flows.maintain import maintain  # noqa: PLC0415

        conditions.give(conditions.Conditions(settings=settings, trigger="maintain"))
        return asyncio.run(_reported(maintain(return_state=True)))


async def _reported(running: Awaitable[Any]) -> Any:
    """The report that a flow ends with, also where it failed; other ends raise what ended it."""
    state = await running
    report = await state.aresult(raise_on_failure=False)
    if isinstance(report, BaseException):
        raise report
    return report


@contextmanager
def orchestrated(settings: Settings) -> Iterator[None]:
    """Prefect at hand for the time of the block."""
    if _is_configured():
        yield
        return
    with ExitStack() as stack:
        url = serving(settings.data_dir)
        ours = environment.shared(settings.data_dir) | {"PREFECT_LOGGING_LEVEL": "CRITICAL"}
        home = environment.home(settings.data_dir)
        log, has_tables = home / "server.log", True
        if url is None:
            has_tables = tables.lay_out(home)
            ours = environment.for_one_run(settings.data_dir, has_tables=has_tables)
            url = stack.enter_context(ephemeral.server(ours, log=log))
        stack.enter_context(_connected(ours, url))
        ephemeral.wait(url, log=log)
        if not has_tables:
            tables.keep(home)
        yield


def serving(data_dir: Path) -> str | None:
    """The API address of the server that `newsduck serve` runs for this data folder, if it answers."""
    try:
        url = json.loads((environment.home(data_dir) / "serving.json").read_text("utf-8"))["api_url"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(url) if ephemeral.answers(str(url)) else None


def _is_configured() -> bool:
    """Whether somebody has said which server to use: the environment, or a test that runs in this process."""
    if os.environ.get("PREFECT_API_URL"):
        return True
    if "prefect" not in sys.modules:
        return False
    from prefect.settings import PREFECT_API_URL  # noqa: PLC0415 - imported already

    return PREFECT_API_URL.value() is not None


@contextmanager
def _connected(ours: dict[str, str], url: str) -> Iterator[None]:
    """Prefect imported under our settings and speaking to this server, until all is said."""
    added = {name: value for name, value in ours.items() if name not in os.environ}
    os.environ |= added
    with collector.at_rest():  # while the server starts
        from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415 - it is set now

        import flows.ingest  # noqa: F401, PLC0415 - see above

        importing.import_late_ones()
    with temporary_settings({PREFECT_API_URL: url}):
        try:
            yield
        finally:
            _drain()
            for name in added:
                os.environ.pop(name, None)


def _drain() -> None:
    """Let events and log lines reach the server before it goes."""
    from prefect.events.worker import EventsWorker  # noqa: PLC0415 - see above
    from prefect.logging.handlers import APILogHandler  # noqa: PLC0415

    APILogHandler().flush()
    EventsWorker.drain_all(timeout=DRAIN_SECONDS, at_exit=False)
