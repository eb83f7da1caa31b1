"""Bringing a warehouse to this program's version: numbered SQL files, each recorded as it is applied."""

import shutil
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

import duckdb

from newsduck import __version__
from newsduck.errors import WarehouseTooNew
from newsduck.warehouse.folds import FOLD_FROM, FOLD_TO
from newsduck.warehouse.statements import statement, transaction

VIEWS = 0  # the number under which the digest of the views is recorded


@cache
def migrations() -> dict[int, str]:
    """Number → name of every migration, ascending."""
    return {int(name[:4]): f"migrations/{name}" for name in _names("migrations")}


@cache
def views() -> str:
    """All comments, views and macros as one text, with the folding tables filled in."""
    text = "\n".join(statement(f"views/{name}") for name in _names("views"))
    return text.replace("{{fold_from}}", FOLD_FROM).replace("{{fold_to}}", FOLD_TO.replace("'", "''"))


def migrate(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Apply what is missing, after a backup of the file (none in memory), and checkpoint after DDL.

    Raises WarehouseTooNew, and writes nothing, if a newer newsduck was here.
    """
    recorded = _recorded(connection)
    newest = max(migrations())
    found = max(recorded, default=0)
    if found > newest:
        raise WarehouseTooNew(
            f"{path} is at version {found}, this newsduck {__version__} knows {newest}: "
            "install the newsduck that wrote it, or a newer one."
        )
    missing = [number for number in migrations() if number not in recorded]
    digest = blake2b(views().encode(), digest_size=8).hexdigest()
    if not missing and recorded.get(VIEWS) == digest:
        return
    if missing and found and path is not None:
        _back_up(connection, path, found)
    for number in missing:
        with transaction(connection):
            connection.execute(statement(migrations()[number]))
            _record(connection, number, migrations()[number])
    with transaction(connection):
        connection.execute(views())
        connection.execute("delete from schema_migrations where number = ?", [VIEWS])
        _record(connection, VIEWS, digest)
    connection.execute("checkpoint")  # replaying DDL from the log has damaged files


def _recorded(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Number → name of what was applied; makes the table of records in a new file."""
    exists = connection.execute(
        "select 1 from duckdb_tables() where table_name = 'schema_migrations'"
    ).fetchall()
    if not exists:
        connection.execute(statement("migrations_table"))
    return dict(connection.execute("select number, name from schema_migrations").fetchall())


def _record(connection: duckdb.DuckDBPyConnection, number: int, name: str) -> None:
    connection.execute(
        "insert into schema_migrations values (?, ?, ?, ?)", [number, name, datetime.now(UTC), __version__]
    )


def _back_up(connection: duckdb.DuckDBPyConnection, path: Path, version: int) -> None:
    """A copy of the whole file beside it, as it was before the migration."""
    connection.execute("checkpoint")
    shutil.copyfile(path, path.with_name(f"{path.stem}-before-{version + 1:04}{path.suffix}"))


def _names(folder: str) -> list[str]:
    """The .sql files of a folder in order, without suffix."""
    entries = (files("newsduck.warehouse") / "sql" / folder).iterdir()
    return sorted(entry.name.removesuffix(".sql") for entry in entries if entry.name.endswith(".sql"))
