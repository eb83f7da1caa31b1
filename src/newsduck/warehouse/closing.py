"""The last word on a run, and on a day."""

import duckdb

from newsduck.items import Run
from newsduck.settings import Settings
from newsduck.warehouse import search
from newsduck.warehouse.connect import connect
from newsduck.warehouse.stage import stage_run
from newsduck.warehouse.statements import statement, transaction

TIDY_RUNS = 24
"""So many runs leave their small row groups behind before these are joined."""


def finish_run(settings: Settings, run: Run) -> None:
    """Record how a run ended; its counts are summed up from its loads. The caller holds `lock(settings)`."""
    with connect(settings) as connection:
        stage_run(connection, run)
        with transaction(connection):
            connection.execute(statement("load/runs"))
        ((runs,),) = connection.execute("select count(*) from runs").fetchall()
        if search.compact(connection) or runs % TIDY_RUNS == 0:
            _join_row_groups(connection)


def compact(settings: Settings) -> int:
    """Sort appended postings into the search index; how many it were. The caller holds `lock(settings)`."""
    with connect(settings) as connection:
        postings = search.compact(connection, at_least=1)
        _join_row_groups(connection)
    return postings


def _join_row_groups(connection: duckdb.DuckDBPyConnection) -> None:
    """Join the small row groups that many loads have left.

    DuckDB would do so after each load, and write up to 120,000 articles anew for a few that came. It looks
    at all tables only where the catalogue has changed: so a table comes and goes.
    """
    connection.execute("reset max_vacuum_tasks")
    with transaction(connection):
        connection.execute("create table tidied (done_at timestamptz)")
        connection.execute("drop table tidied")
    connection.execute("checkpoint")
