"""Where tasks run: threads here, or Dask or Ray. The only file that knows.

`NEWSDUCK_RUNNER=threads|dask|ray`; the last two want `prefect-dask` or `prefect-ray` installed.
"""

import os
from importlib import import_module
from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from newsduck.errors import UsageError

THREADS = 64
"""Portals at once: each mostly waits for its host."""
_OTHERS = {"dask": ("prefect_dask", "DaskTaskRunner"), "ray": ("prefect_ray", "RayTaskRunner")}


def choose(name: str | None = None) -> TaskRunner[Any]:
    """The task runner of this name, or of the environment's."""
    wanted = name or os.environ.get("NEWSDUCK_RUNNER", "threads")
    if wanted == "threads":
        return ThreadPoolTaskRunner(max_workers=THREADS)
    if wanted not in _OTHERS:
        raise UsageError(f"NEWSDUCK_RUNNER is {wanted!r}; it may be threads, {', '.join(_OTHERS)}.")
    module, kind = _OTHERS[wanted]
    try:
        runner: TaskRunner[Any] = getattr(import_module(module), kind)()
    except ImportError as error:
        raise UsageError(
            f"NEWSDUCK_RUNNER={wanted} needs {module.replace('_', '-')}: pip install it."
        ) from error
    return runner
