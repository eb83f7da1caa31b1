"""Imports while there is nothing else to do, and with the garbage collector at rest (`newsduck.collector`).

Prefect's server is two thousand modules. What they define stays until the process ends; a fifth of the time
that they take to import would go into looking whether some of it could be freed.
"""

from importlib import import_module

LATE = ("fastapi.encoders", "prefect.flow_engine", "prefect.task_engine", "pyarrow.dataset")
"""What Prefect imports at its first run, and DuckDB at its first table: there, the run would wait for it."""


def import_late_ones() -> None:
    """Import them now, because there is nothing else to do."""
    for name in LATE:
        import_module(name)
