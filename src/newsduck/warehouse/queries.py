"""Answers for people: always from the published copy, never from the warehouse's own file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from newsduck.errors import UsageError
from newsduck.items import Run
from newsduck.settings import Settings
from newsduck.warehouse.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A query's result: a sequence of rows, with the names of the columns and of their types."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        return self.rows[index]


def query(settings: Settings, sql: str) -> Answer:
    """What the published copy says; times are aware and in `settings.display_timezone`.

    Raises UsageError with DuckDB's words if the SQL is wrong or empty, or if nothing was published yet.
    """
    with published(settings) as connection:
        try:
            if not connection.extract_statements(sql):
                raise UsageError("there is no statement to run: the query is empty, or all of it a comment.")
            cursor = connection.execute(sql)
            described = cursor.description or []
            return Answer(
                columns=tuple(column[0] for column in described),
                types=tuple(str(column[1]) for column in described),
                rows=cursor.fetchall() if described else [],
            )
        except duckdb.Error as error:
            raise UsageError(f"DuckDB: {error}") from error


def export(settings: Settings, sql: str, path: Path) -> None:
    """Write what the published copy says as a Parquet file. Raises UsageError as `query` does."""
    target = str(path).replace("'", "''")
    with published(settings) as connection:
        try:
            connection.execute(f"copy ({sql.rstrip().rstrip(';')}) to '{target}' (format parquet)")
        except duckdb.Error as error:
            raise UsageError(f"DuckDB: {error}") from error


def runs(settings: Settings, limit: int = 20) -> list[Run]:
    """The last runs, youngest first, as far as they are published. Raises UsageError for fewer than one."""
    if limit < 1:
        raise UsageError(f"{limit} runs cannot be shown: ask for one or more.")
    with published(settings) as connection:
        found = connection.execute(statement("queries/runs"), [limit]).fetchall()
    names = ("run_id", "started_at", "trigger", "flow_run_id", "code_version", "finished_at", "status")
    return [Run(**dict(zip(names, row, strict=True))) for row in found]


@contextmanager
def published(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published copy, read-only, in the reader's time zone."""
    path = settings.published_path
    if not path.exists():
        raise UsageError(f"{path} does not exist: nothing was published yet; `newsduck run` does it.")
    connection = duckdb.connect(str(path), read_only=True)
    try:
        connection.execute(f"set timezone = '{settings.display_timezone}'")
        yield connection
    finally:
        connection.close()
