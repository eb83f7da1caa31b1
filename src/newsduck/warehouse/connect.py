"""Opening the warehouse's own file: one short-lived connection for each piece of work."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from newsduck.errors import StorageFull, WarehouseBusy
from newsduck.settings import Settings
from newsduck.warehouse.migrate import migrate

FULL = ("No space left", "File too large", "Disk quota exceeded")  # ENOSPC, EFBIG, EDQUOT
STORAGE = "v1.5.0"  # DuckDB 1.5 cannot read what 2.x writes by default; both read and write this one


@contextmanager
def connect(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, opened for writing and brought to this program's version.

    The caller holds `lock(settings)`. Closing checkpoints. Raises WarehouseBusy if another program has the
    file open, WarehouseTooNew if a newer newsduck wrote it, StorageFull if the disk is.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with _told_if_full(settings), closing(_open(settings)) as connection:
        migrate(connection, settings.warehouse_path)
        yield connection


@contextmanager
def _told_if_full(settings: Settings) -> Iterator[None]:
    """Say in plain words what DuckDB says of a full disk; what was acknowledged is in the file or its log."""
    try:
        yield
    except duckdb.Error as error:
        if any(said in str(error) for said in FULL):
            raise StorageFull(f"{settings.data_dir}: the disk is full. Make room, then run again.") from error
        raise


def _open(settings: Settings) -> duckdb.DuckDBPyConnection:
    path = settings.warehouse_path
    try:
        return duckdb.connect(str(path), config=_config(settings))
    except duckdb.Error as error:
        if "Conflicting lock" in str(error):
            raise WarehouseBusy(
                f"{path} is open in another program; people should open {settings.published_path}. {error}"
            ) from error
        if "WAL" not in str(error) or not _set_aside(path.with_name(f"{path.name}.wal")):
            raise
    return duckdb.connect(str(path), config=_config(settings))


def _config(settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "storage_compatibility_version": STORAGE,
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "max_vacuum_tasks": 0,  # a checkpoint writes what is new; closing.py has the small row groups joined
        "temp_directory": str(settings.data_dir / "temp"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


def _set_aside(wal: Path) -> bool:
    """Put a write-ahead log that cannot be replayed beside the warehouse; false if there is none.

    What it held was archived before it was loaded: `newsduck replay` brings it back.
    """
    if not wal.exists():
        return False
    wal.rename(wal.with_name(f"{wal.name}.broken-{datetime.now(UTC):%Y%m%dT%H%M%S}"))
    return True


def check_space(settings: Settings) -> None:
    """Make sure that a load and a publication fit on the disk.

    Raises StorageFull where less is free than twice the warehouse plus `settings.min_free_bytes`.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = settings.warehouse_path
    needed = 2 * (path.stat().st_size if path.exists() else 0) + settings.min_free_bytes
    free = shutil.disk_usage(settings.data_dir).free
    if free < needed:
        raise StorageFull(
            f"{settings.data_dir}: {free:,} bytes are free, a run needs {needed:,} (twice the warehouse and "
            "`min_free_bytes`). Make room, prune the archive, or lower min_free_bytes."
        )
