"""Entries that are one headline: apart while a load reads them, together as a row afterwards.

Which ones is told in `deduplicate.teasers`. The answer depends on what was printed, never on the order in
which it came: so every load takes the young ones apart, adds what it read, and joins them anew.
"""

import duckdb

from newsduck.warehouse.statements import statement

UNMARKED_LETTERS = 16  # what is shorter, and not marked as cut, may be another title


def apart(connection: duckdb.DuckDBPyConnection) -> None:
    """Put every entry that this load may have to do with into a row of its own; after `windows` was made."""
    connection.execute(statement("unite/opened"))
    if _has_rows(connection, "opened"):
        connection.execute(statement("unite/apart"))


def together(connection: duckdb.DuckDBPyConnection) -> None:
    """Make one row of the entries that are one headline, once all that a load tells of them is written."""
    if not _has_rows(connection, "opened") and not _has_rows(
        connection, "staged_headlines where address_id is null"
    ):
        return
    connection.execute("set variable unmarked_letters = ?", [UNMARKED_LETTERS])
    connection.execute(statement("unite/cuts"))
    if _has_rows(connection, "united"):
        connection.execute(statement("unite/together"))


def _has_rows(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(connection.execute(f"from {table} limit 1").fetchall())
