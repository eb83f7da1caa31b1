"""The operator's command and webhook: each gets all news in order, and later what it missed."""

import fcntl
import json
import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from newsduck import log
from newsduck.settings import Settings

UNTOLD = "untold.json"
"""What a hook has not heard yet, in `data_dir`: hook → news, oldest first."""
MOST = 100
"""News that wait for a hook; older ones are dropped."""
HOOK_SECONDS = 20.0
"""How long a command or a webhook may take."""
_STDERR = 2
"""Where a command's own words go: stdout belongs to the data."""

News = dict[str, str]
"""`what`, `portal`, `text`, `since`."""


@contextmanager
def one_teller(settings: Settings) -> Iterator[None]:
    """Be the only process that tells and remembers; others wait until it is done."""
    with (settings.data_dir / "alerts.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def tell(settings: Settings, news: Sequence[News]) -> None:
    """Give each hook what it missed and then this; the caller is the `one_teller`."""
    path = settings.data_dir / UNTOLD
    missed = read_json(path)
    left = {name: _deliver(name, hook, [*missed.get(name, ()), *news]) for name, hook in _hooks(settings)}
    if missed or any(left.values()):
        write_json(path, {name: some for name, some in left.items() if some})


def read_json(path: Path) -> dict[str, Any]:
    """The object in this file; an empty one where there is none."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write the file whole or not at all."""
    unfinished = path.with_name(f".{path.name}")
    unfinished.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    unfinished.replace(path)


def _hooks(settings: Settings) -> Iterator[tuple[str, Callable[[bytes], None]]]:
    """The hooks that are set, by name."""
    command, address = settings.alert_command, settings.alert_webhook
    if command:
        yield "alert_command", lambda body: _run(command, body)
    if address:
        yield "alert_webhook", lambda body: _post(address, body)


def _deliver(name: str, hook: Callable[[bytes], None], news: Sequence[News]) -> list[News]:
    """Tell in order until one is not taken; what is left. A failure is logged and fails nothing else."""
    for told, one in enumerate(news):
        try:
            hook(json.dumps(one, ensure_ascii=False).encode())
        except (OSError, ValueError, HTTPException, subprocess.SubprocessError) as error:
            log.hook_failed(name, error)
            return list(news[told:])[-MOST:]
    return []


def _run(command: str, body: bytes) -> None:
    subprocess.run(  # noqa: S603 - the operator's own command
        shlex.split(command), input=body, stdout=_STDERR, timeout=HOOK_SECONDS, check=True
    )


def _post(url: str, body: bytes) -> None:
    request = Request(url, data=body, headers={"Content-Type": "application/json"}, method="POST")  # noqa: S310
    urlopen(request, timeout=HOOK_SECONDS).close()  # noqa: S310 - the operator's own address
