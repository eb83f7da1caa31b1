"""Where tasks run: threads here, or Dask or Ray. The only file that knows.

The setting `runner` chooses; the last two want `prefect-dask` or `prefect-ray` installed.
"""

import logging
from importlib import import_module
from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from newsduck.errors import UsageError
from newsduck.settings import load_settings

THREADS = 64
"""Portals at once: each mostly waits for its host."""
_OTHERS = {"dask": ("prefect_dask", "DaskTaskRunner"), "ray": ("prefect_ray", "RayTaskRunner")}


_CHATTY = {"dask": ("distributed",), "ray": ("ray",)}


def choose(name: str | None = None) -> TaskRunner[Any]:
    """The task runner of this name, or of the settings'."""
    wanted = name or load_settings().runner
    if wanted == "threads":
        return ThreadPoolTaskRunner(max_workers=THREADS)
    module, kind = _OTHERS[wanted]
    try:
        runner: TaskRunner[Any] = getattr(import_module(module), kind)()
    except ImportError as error:
        raise UsageError(f"runner = {wanted!r} needs {module.replace('_', '-')}: pip install it.") from error
    for chatty in _CHATTY[wanted]:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return runner


IS_HERE = load_settings().runner == "threads"
"""Whether tasks run in this process, so that their arguments are not copied."""


def unseen(value: Any) -> Any:
    """An argument in which Prefect does not look for results of other tasks, for a fifth of its time.

    Not with Dask and Ray: Dask takes a quote apart, because it is a tuple.
    """
    return quote(value) if IS_HERE else value
