"""The last word on a run, and on a day."""

from newsduck.items import Run
from newsduck.settings import Settings
from newsduck.warehouse import search
from newsduck.warehouse.connect import connect
from newsduck.warehouse.stage import stage_run
from newsduck.warehouse.statements import statement, transaction


def finish_run(settings: Settings, run: Run) -> None:
    """Record how a run ended; its counts are summed up from its loads. The caller holds `lock(settings)`."""
    with connect(settings) as connection:
        stage_run(connection, run)
        with transaction(connection):
            connection.execute(statement("load/runs"))
        search.compact(connection)


def compact(settings: Settings) -> int:
    """Sort appended postings into the search index; how many it were. The caller holds `lock(settings)`."""
    with connect(settings) as connection:
        return search.compact(connection, at_least=1)
