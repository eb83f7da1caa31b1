"""The .sql files of this package, and the transactions that they run in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files

import duckdb


@cache
def statement(name: str) -> str:
    """The text of a .sql file, named relative to the `sql` folder, without suffix."""
    return (files("newsduck.warehouse") / "sql" / f"{name}.sql").read_text("utf-8")


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing; after a fatal error DuckDB has already thrown everything away."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # the first error is the one to report
            connection.execute("rollback")
        raise
    connection.execute("commit")
