"""The flows' own questions to the published database, each in a file of `sql/`."""

from importlib.resources import files
from typing import Any

from newsduck import warehouse
from newsduck.errors import UsageError
from newsduck.settings import Settings


def ask(settings: Settings, name: str, **values: str) -> list[tuple[Any, ...]]:
    """The rows that the question `name` brings; `$value` in it is filled in, quoted.

    No rows where nothing was published yet.
    """
    text = (files("flows") / "sql" / f"{name}.sql").read_text("utf-8")
    for key, value in values.items():
        quoted = value.replace("'", "''")
        text = text.replace(f"${key}", f"'{quoted}'")
    if not settings.published_path.exists():
        return []
    try:
        return warehouse.query(settings, text.strip().rstrip(";")).rows
    except UsageError:
        if not settings.published_path.exists():
            return []
        raise
