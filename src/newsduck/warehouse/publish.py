"""The read copy: made whole beside the old one, then put in its place: no reader waits."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb

from newsduck.errors import StorageFull
from newsduck.settings import Settings
from newsduck.warehouse.connect import connect
from newsduck.warehouse.lock import lock
from newsduck.warehouse.parquet import write_parquet

READ_ONLY = 0o444
GENERATION = "%Y%m%dT%H%M%S%f"  # sorts by time


def publish(settings: Settings) -> Path:
    """Publish the warehouse as it stands, and say where.

    Takes `lock(settings)` itself unless the caller holds it. Readers who have the old copy open keep it.
    Raises StorageFull if the copy does not fit; the old one stays.
    """
    with lock(settings, what="publishing"):
        _forget_unfinished(settings)
        with connect(settings) as connection:
            connection.execute("checkpoint")
        if settings.publish == "parquet":
            return _publish_parquet(settings)
        return _publish_database(settings)


def _publish_database(settings: Settings) -> Path:
    target = settings.published_path
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        shutil.copyfile(settings.warehouse_path, unfinished)
        put_in_place(unfinished, target)
    except OSError as error:
        _forget_unfinished(settings)
        raise StorageFull(f"{target}: the copy could not be written ({error}); the old one stays.") from error
    return target


def _publish_parquet(settings: Settings) -> Path:
    """Every table as a Parquet file, and a small database of views over them in the published place.

    DuckDB opens the files anew for each query, so the folders of earlier publications stay for a while.
    """
    target = settings.published_path
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    folder = settings.data_dir.absolute() / "parquet" / f"{datetime.now(UTC):{GENERATION}}"
    folder.mkdir(parents=True)
    try:
        write_parquet(settings, folder, unfinished)
        put_in_place(unfinished, target)
    except (OSError, StorageFull, duckdb.Error) as error:
        shutil.rmtree(folder)
        _forget_unfinished(settings)
        raise StorageFull(
            f"{folder}: the files could not be written ({error}); the old ones stay."
        ) from error
    _forget_replaced(folder.parent, datetime.now(UTC) - timedelta(hours=settings.keep_published_hours))
    return target


def _forget_replaced(generations: Path, before: datetime) -> None:
    """Remove each generation of Parquet files whose successor was published before that time."""
    for old, successor in pairwise(sorted(generations.iterdir())):
        if successor.name < f"{before:{GENERATION}}":
            shutil.rmtree(old)


def put_in_place(unfinished: Path, target: Path) -> None:
    """Make a written file durable and read-only, then let it take the target's name in one step."""
    unfinished.chmod(READ_ONLY)
    _sync(unfinished)
    unfinished.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    """Have the disk write a file or a folder now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget_unfinished(settings: Settings) -> None:
    """Remove what a killed or failed publication left behind; the lock says that nobody is at it."""
    for leftover in settings.data_dir.glob(f".{settings.published_path.name}.*.unfinished*"):
        leftover.unlink(missing_ok=True)
