"""Portals beside their own two weeks: a field that vanishes tells of a new layout, a block, a silent stop."""

from dataclasses import dataclass
from datetime import datetime

from flows import hooks
from flows.asking import ask
from newsduck.settings import Settings

MEMORY = "alerts.json"
"""What is wrong, in `data_dir`: only a change is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that ought to be looked at: `key` stays the same for as long as it lasts."""

    key: str
    portal: str
    text: str


def drift(settings: Settings, now: datetime) -> list[Alert]:
    """An alert for each field of a portal that has left its usual range in the six hours before `now`."""
    rows = ask(settings, "drift", now=now.isoformat())
    alerts = []
    for portal, field, usual, recent in rows:
        values = {"portal": portal, "field": field, "usual": str(usual), "now": now.isoformat()}
        pages = "".join(f"; {_page(*found)}" for found in ask(settings, "drift_pages", **values))
        text = f"{portal}: {field} is {recent:.3g}, usually {usual:.3g}{pages}"
        alerts.append(Alert(key=f"{portal}:{field}", portal=portal, text=text))
    return alerts


def _page(what: str, url: str, file: str | None, offset: int | None) -> str:
    """`first bad https://… (file@offset)`: a page, and where the archive has it, if it does."""
    return f"{what} {url} ({file}@{offset})" if file else f"{what} {url} (not archived)"


def lasting(settings: Settings) -> dict[str, dict[str, str]]:
    """What was wrong after the last runs: key → `portal`, `text`, `since`."""
    return hooks.read_json(settings.data_dir / MEMORY)


def remember(settings: Settings, wrong: dict[str, dict[str, str]]) -> None:
    """Keep what is wrong now; the caller is the `hooks.one_teller`."""
    hooks.write_json(settings.data_dir / MEMORY, wrong)
