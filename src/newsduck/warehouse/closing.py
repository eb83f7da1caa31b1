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
            _tidy(connection)


def compact(settings: Settings) -> int:
    """Sort appended postings into the search index; how many it were. The caller holds `lock(settings)`."""
    with connect(settings) as connection:
        _tidy(connection)
        return search.compact(connection, at_least=1)


def _tidy(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the checkpoint that closes this connection join the small row groups of many loads.

    DuckDB would do so after each load, and write up to 120,000 articles anew for a few that came.
    """
    connection.execute("reset max_vacuum_tasks")
