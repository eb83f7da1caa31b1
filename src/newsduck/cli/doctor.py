"""`newsduck doctor`: what is wrong with this installation, and what to do about it.

Each check yields findings; a failure makes the command exit with 1, a warning does not.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryFile
from typing import Literal

from newsduck import __version__, compiled, warehouse
from newsduck.errors import NewsduckError
from newsduck.portals import load_portals
from newsduck.settings import Settings, load_settings

STALE = timedelta(hours=3)
"""A schedule that is alive has run since."""
MARKS = {"ok": "ok  ", "warning": "warn", "failure": "FAIL"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    kind: Literal["ok", "warning", "failure"]
    text: str


def doctor(arguments: argparse.Namespace) -> int:
    """Look at everything, print a line a finding, and fail if anything is broken."""
    settings = load_settings(data_dir=arguments.data_dir, portals_dir=arguments.portals_dir)
    failed = False
    for check in CHECKS:
        for finding in _examined(check, settings):
            sys.stdout.write(f"{MARKS[finding.kind]}  {finding.text}\n")
            failed |= finding.kind == "failure"
    return 1 if failed else 0


def _examined(check: "Check", settings: Settings) -> Iterator[Finding]:
    """A check's findings; one that cannot even look has found something too."""
    try:
        yield from check(settings)
    except (NewsduckError, OSError) as error:
        yield Finding("failure", str(error))


def _program(settings: Settings) -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("ok", f"newsduck {__version__}, Python {python}, data in {settings.data_dir.absolute()}")
    slow = "runs as Python: `python -m newsduck.compiling` makes it 1.7 times as fast"
    yield Finding("ok", f"the parser {'is compiled' if compiled.folder().is_dir() else slow}")
    if not settings.contact:
        yield Finding(
            "warning",
            "no `contact` is set: a portal's operator who has a complaint cannot reach you, and will block "
            "you instead. Set NEWSDUCK_CONTACT to a mail address or a page.",
        )


def _portals(settings: Settings) -> Iterator[Finding]:
    portals = load_portals(settings.portals_dir)
    enabled = [portal for portal in portals.values() if portal.enabled]
    yield Finding("ok", f"{len(portals)} portals are known, {len(enabled)} of them enabled")
    if not enabled:
        yield Finding("warning", "no portal is enabled: a scheduled run has nothing to read.")


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    try:
        TemporaryFile(dir=existing).close()  # rights alone do not tell: file systems say no as well
    except OSError as error:
        yield Finding("failure", f"{existing} cannot be written ({error.strerror}): change it, or data_dir.")
        return
    if folder.exists():
        warehouse.check_space(settings)
    yield Finding("ok", f"{folder} can be written and has room")


def _published(settings: Settings) -> Iterator[Finding]:
    if not settings.warehouse_path.exists():
        yield Finding("ok", "nothing was loaded yet: `newsduck run sample` shows how it goes")
        return
    for log in settings.data_dir.glob("*.wal.broken-*"):
        yield Finding(
            "warning", f"{log} could not be replayed after a crash: `newsduck replay` loads what it held."
        )
    (counted,) = warehouse.query(settings, "select (select count(*) from articles)").rows
    behind = settings.warehouse_path.stat().st_mtime - settings.published_path.stat().st_mtime
    if behind > STALE.total_seconds():
        yield Finding("warning", f"{settings.published_path} is behind: `newsduck publish` renews it.")
    yield Finding("ok", f"{settings.published_path} answers: {counted[0]} articles")


def _runs(settings: Settings) -> Iterator[Finding]:
    if not settings.published_path.exists():
        return
    last = next(iter(warehouse.runs(settings, limit=1)), None)
    if last is None:
        return
    finding = f"the last run ({last.run_id}, {last.trigger}) is {last.status}"
    yield Finding("ok" if last.status == "completed" else "warning", finding)
    if last.trigger != "sample" and datetime.now(UTC) - last.started_at > STALE:
        yield Finding("warning", f"nothing has run since {last.started_at}: is `newsduck serve` up?")


def _alerts(settings: Settings) -> Iterator[Finding]:
    from flows.health import lasting  # noqa: PLC0415 - as all commands ask flows

    for alert in lasting(settings).values():
        yield Finding("warning", f"since {alert['since']}: {alert['text']}")


Check = Callable[[Settings], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (_program, _portals, _folder, _published, _runs, _alerts)
