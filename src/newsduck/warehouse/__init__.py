"""Verdicts → DuckDB, one transaction a round; and the copy that readers open. The only importer of duckdb."""

from newsduck.warehouse.closing import compact, finish_run
from newsduck.warehouse.connect import check_space
from newsduck.warehouse.copies import known
from newsduck.warehouse.frontier import frontier
from newsduck.warehouse.load import load
from newsduck.warehouse.lock import lock
from newsduck.warehouse.publish import publish
from newsduck.warehouse.queries import Answer, export, query, runs

__all__ = [
    "Answer", "check_space", "compact", "export", "finish_run", "frontier", "known", "load", "lock",
    "publish", "query", "runs",
]  # fmt: skip
