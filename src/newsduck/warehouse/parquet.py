"""The warehouse as Parquet files, with a small database of views for those who want its names."""

from pathlib import Path

import duckdb

from newsduck.settings import Settings
from newsduck.warehouse.connect import STORAGE, connect
from newsduck.warehouse.migrate import views


def write_parquet(settings: Settings, folder: Path, database: Path) -> None:
    """Each table as `folder`/NAME.parquet, and views and macros over them in `database`."""
    with connect(settings) as connection:
        tables = [row[0] for row in connection.execute(TABLES).fetchall()]
        for table in tables:
            connection.execute(
                f"copy {table} to {_quoted(folder / table)} (format parquet, compression zstd)"
            )
    with duckdb.connect(str(database), config={"storage_compatibility_version": STORAGE}) as connection:
        for table in tables:
            connection.execute(f"create view {table} as from read_parquet({_quoted(folder / table)})")
        connection.execute(views().replace("comment on table ", "comment on view "))
        connection.execute("checkpoint")  # closing does so as well, but keeps silent if it fails


TABLES = "select table_name from duckdb_tables() where schema_name = 'main' and not temporary order by 1"


def _quoted(path: Path) -> str:
    """A file's name as SQL writes it."""
    return "'" + f"{path}.parquet".replace("'", "''") + "'"
