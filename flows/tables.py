"""A home for Prefect: its empty tables, which take ten seconds to make anew, and one certificate."""

import os
import shutil
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import certifi

from flows.environment import ONE_CERTIFICATE

NAME = "prefect.db"
END = "-----END CERTIFICATE-----"


def kept() -> Path:
    """Where the tables of this Prefect version are kept, in the user's cache folder."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "newsduck" / f"prefect-{version('prefect')}.db"


def lay_out(home: Path) -> bool:
    """Give a fresh installation its tables; whether Prefect finds there what its present version needs."""
    home.mkdir(parents=True, exist_ok=True)
    _write_certificate(home / ONE_CERTIFICATE)
    target, revision = home / NAME, _revision(kept())
    if revision is None:
        return False
    if target.exists():
        return _revision(target) == revision
    unfinished = target.with_name(f".{NAME}.{os.getpid()}")
    shutil.copyfile(kept(), unfinished)
    unfinished.replace(target)
    return True


def _revision(path: Path) -> str | None:
    """What Prefect's migrations have made of the tables; None where there are none."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as books:
            found = books.execute("select version_num from alembic_version").fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None


def keep(home: Path) -> None:
    """Keep the tables that Prefect has just made, if they are empty; not being able to is no failure."""
    try:
        kept().parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept().with_name(f".{NAME}.{os.getpid()}")
        with closing(sqlite3.connect(home / NAME)) as ours:
            if ours.execute("select 1 from flow_run limit 1").fetchone():
                return
            with closing(sqlite3.connect(unfinished)) as copy:
                ours.backup(copy)
        unfinished.replace(kept())
    except (OSError, sqlite3.Error):
        return


def _write_certificate(path: Path) -> None:
    if not path.exists():
        first, end, _ = certifi.contents().partition(END)
        path.write_text(f"{first}{end}\n", "ascii", "ignore")
