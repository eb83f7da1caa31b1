"""One round of a run into the warehouse: staged, merged, asserted, committed; twice is once."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import duckdb
import pyarrow as pa

from newsduck import collector
from newsduck.errors import Terminal
from newsduck.items import Loaded, Outcome, ParsedPage, Run, Signature, Verdict
from newsduck.portals import Portal
from newsduck.settings import Settings
from newsduck.warehouse import copies, rows, search, unite
from newsduck.warehouse.connect import connect
from newsduck.warehouse.entries import list_tables
from newsduck.warehouse.frontier import new_addresses
from newsduck.warehouse.stage import stage_lists, stage_pages
from newsduck.warehouse.statements import statement, transaction

WAITING = timedelta(days=4)
"""So long after it was last seen a headline waits for its article: the longest of all retries."""


def load(
    settings: Settings,
    *,
    run: Run,
    round_number: int,
    outcomes: Sequence[Outcome],
    pages: Sequence[ParsedPage],
    signatures: Sequence[Signature],
    verdicts: Sequence[Verdict],
    portals: Sequence[Portal],
) -> Loaded:
    """Load one round in one transaction, and say what is new and what ought to be read next.

    Outcomes arrive with `loaded` for every parsed page; which of them are `unchanged` or `empty` is found
    here. A round that is in the warehouse already is left as it is: the answer is the same.
    The caller holds `lock(settings)`.
    """
    address = rows.addresses(portals)
    kinds = {(outcome.portal, outcome.url): str(outcome.kind) for outcome in outcomes}
    # fifty thousand rows, no cycle; and what Python makes of them is made while DuckDB is at work
    with collector.at_rest(), ThreadPoolExecutor(1) as beside, connect(settings) as connection:
        _set_variables(connection, settings, run, round_number, outcomes)
        stage_pages(
            connection, run=run, outcomes=outcomes, pages=pages, verdicts=verdicts, portals=portals,
            address=address,
        )  # fmt: skip
        if not _is_loaded(connection):
            lists = beside.submit(list_tables, pages, address, kinds)
            with transaction(connection):
                _load(connection, settings, signatures, lists, beside)
        fronts = [outcome for outcome in outcomes if outcome.kind == "front"]
        found = new_addresses(connection, settings, run=run, fronts=fronts, portals=portals)
        return _told(connection, found)


def _set_variables(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    run: Run,
    round_number: int,
    outcomes: Sequence[Outcome],
) -> None:
    """What the statements ask for by `getvariable`: constants to the planner, so that zone maps prune."""
    first = min((outcome.fetched_at for outcome in outcomes), default=run.started_at)
    window = timedelta(days=settings.window_days)
    values = {
        "run_id": run.run_id,
        "round": round_number,
        "loaded_at": datetime.now(UTC),
        "waiting_from": first - WAITING,
        "links_window": window.total_seconds(),
        "opening_letters": rows.OPENING_LETTERS,
    }
    for name, value in values.items():
        connection.execute(f"set variable {name} = ?", [value])


def _is_loaded(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether this round of this run stands in the warehouse; a commit may be durable and unacknowledged."""
    return bool(connection.execute(statement("load/is_loaded")).fetchall())


def _load(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    signatures: Sequence[Signature],
    lists: Future[tuple[pa.Table, pa.Table]],
    beside: Executor,
) -> None:
    """Everything that one transaction writes, the run's row last."""
    _execute(connection, "portals", "articles")
    postings = search.begin(connection, beside)
    stage_lists(connection, *lists.result())
    _execute(connection, "readings")
    unite.apart(connection)
    _execute(connection, "placements", "headlines", "links")
    unite.together(connection)
    _execute(connection, "outcomes")
    copies.store(connection, settings, signatures)
    search.finish(connection, postings)
    connection.execute(statement("load/summary"))
    _check(connection)
    connection.execute(statement("load/runs"))


def _execute(connection: duckdb.DuckDBPyConnection, *steps: str) -> None:
    for step in steps:
        connection.execute(statement(f"load/{step}"))


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise Terminal, and so undo the load, if it breaks an invariant."""
    broken = connection.execute(statement("load/assertions")).fetchall()
    if broken:
        told = "; ".join(f"{what} ({times})" for what, times in broken)
        raise Terminal(
            f"the load was undone, it would break the warehouse: {told}. The pages are in the archive; "
            "report this with the run's id, then load them with `newsduck replay`."
        )


def _told(connection: duckdb.DuckDBPyConnection, found: Sequence[object]) -> Loaded:
    """What the warehouse has recorded about this round."""
    (counts,) = connection.execute(statement("load/counts")).fetchall()
    outcomes = connection.execute(statement("load/dispositions")).fetchall()
    names = ("articles_new", "articles_changed", "copies", "headlines_new", "headlines_seen")
    return Loaded(
        new_addresses=tuple(found),  # type: ignore[arg-type]
        outcomes=Counter(dict(outcomes)),
        **dict(zip(names, counts, strict=True)),
    )
