"""Logical hours: what is due once is done once, however late or often it is started."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from flows.asking import ask
from newsduck.settings import Settings

Mode = Literal["incremental", "front-pages"]
_PERIODS: dict[str, timedelta] = {"incremental": timedelta(hours=1), "front-pages": timedelta(minutes=15)}
_OFFSETS: dict[str, timedelta] = {"incremental": timedelta(minutes=5), "front-pages": timedelta(0)}
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def local(at: datetime, settings: Settings) -> datetime:
    """A moment by the installation's clock, never the host's; one without a zone is meant by that clock."""
    zone = ZoneInfo(settings.display_timezone)
    return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)


def slot(at: datetime, mode: str) -> datetime:
    """The logical hour (or quarter) that a moment lies in: when it began.

    It goes by when a run starts, not by when it was due: what is read after a downtime is the present,
    so four late runs are one.
    """
    since = at - _EPOCH - _OFFSETS[mode]
    return _EPOCH + _OFFSETS[mode] + (since // _PERIODS[mode]) * _PERIODS[mode]


def trigger_of(mode: str) -> str:
    """What `runs.trigger` says of a scheduled run of this mode."""
    return f"schedule:{mode}"


def is_done(settings: Settings, portals: Iterable[str], *, mode: str, at: datetime) -> bool:
    """Whether a scheduled run has already read all these portals in this logical hour."""
    rows = ask(settings, "done_portals", trigger=trigger_of(mode), since=slot(at, mode).isoformat())
    return set(portals) <= {str(row[0]) for row in rows}
