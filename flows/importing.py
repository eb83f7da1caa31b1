"""Imports without the garbage collector, which would look through all that they bring again and again.

Prefect's server is two thousand modules. What they define stays until the process ends; a fifth of the time
that they take to import goes into looking whether some of it could be freed.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

LATE = ("fastapi.encoders", "prefect.flow_engine", "prefect.task_engine", "pyarrow.dataset")
"""What Prefect imports at its first run, and DuckDB at its first table: there, the run would wait for it."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Collect nothing meanwhile; a collector that was off stays off."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def import_late_ones() -> None:
    """Import them now, because there is nothing else to do."""
    for name in LATE:
        import_module(name)
