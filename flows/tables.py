"""Prefect's empty tables, kept for the next installation: making them anew takes ten seconds."""

import os
import shutil
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

NAME = "prefect.db"


def kept() -> Path:
    """Where the tables of this Prefect version are kept, in the user's cache folder."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "newsduck" / f"prefect-{version('prefect')}.db"


def lay_out(home: Path) -> bool:
    """Give a fresh installation its tables; false where there are none to give and Prefect must make them."""
    target = home / NAME
    if target.exists():
        return True
    home.mkdir(parents=True, exist_ok=True)
    if not kept().exists():
        return False
    unfinished = target.with_name(f".{NAME}.{os.getpid()}")
    shutil.copyfile(kept(), unfinished)
    unfinished.replace(target)
    return True


def keep(home: Path) -> None:
    """Keep the tables that Prefect has just made; a cache that cannot be written is no failure."""
    try:
        kept().parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept().with_name(f".{NAME}.{os.getpid()}")
        with closing(sqlite3.connect(home / NAME)) as ours, closing(sqlite3.connect(unfinished)) as copy:
            ours.backup(copy)
        unfinished.replace(kept())
    except (OSError, sqlite3.Error):
        return
