"""The items of a round as temporary tables, each key once."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from newsduck.items import Outcome, ParsedPage, Run, Verdict
from newsduck.portals import Portal
from newsduck.warehouse import rows
from newsduck.warehouse.statements import statement


def stage_pages(
    connection: duckdb.DuckDBPyConnection,
    *,
    run: Run,
    outcomes: Sequence[Outcome],
    pages: Sequence[ParsedPage],
    verdicts: Sequence[Verdict],
    portals: Sequence[Portal],
    address: rows.Address,
) -> None:
    """Everything but the entries of lists; articles and portals stay as Arrow tables beside it."""
    batches = {
        "_outcomes": rows.table(rows.outcome_columns(outcomes, address), rows.OUTCOMES),
        "_pages": rows.table(rows.page_columns(pages, address), rows.PAGES),
        "_articles": rows.table(rows.article_columns(pages, address, run), rows.ARTICLES),
        "_openings": rows.table(rows.opening_columns(pages, address), rows.OPENINGS),
        "_verdicts": rows.table(rows.verdict_columns(verdicts), rows.VERDICTS),
        "_portals": rows.table(rows.portal_columns(portals), rows.PORTALS),
    }
    for name, batch in batches.items():
        connection.register(name, batch)
    connection.execute(statement("load/stage_pages"))
    stage_run(connection, run)


def stage_lists(connection: duckdb.DuckDBPyConnection, lists: pa.Table, entries: pa.Table) -> None:
    """The entries of lists by number; what they say stays in the Arrow table, for few of them are new."""
    connection.register("_lists", lists)
    connection.register("_entries", entries)
    connection.execute(statement("load/stage_lists"))


def stage_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """The run as the one row of `_run`."""
    connection.register("_run", rows.table(rows.run_columns(run), rows.RUNS))
