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
    """Give a fresh installation its tables; false where there are none to give and Prefect must make them."""
    home.mkdir(parents=True, exist_ok=True)
    _write_certificate(home / ONE_CERTIFICATE)
    target = home / NAME
    if target.exists():
        return True
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


def _write_certificate(path: Path) -> None:
    if not path.exists():
        first, end, _ = certifi.contents().partition(END)
        path.write_text(f"{first}{end}\n", "ascii", "ignore")
