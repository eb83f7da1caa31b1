"""Which portals a run reads, and the sample's site where it is one of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from flows.asking import ask
from newsduck.errors import UsageError
from newsduck.portals import Portal, choose_portals, load_portals
from newsduck.settings import Settings, load_settings

SAMPLE = "sample"

if TYPE_CHECKING:
    PortalId = str
else:
    # An Enum, because Prefect's form makes a multi-select of a list of them.
    PortalId = Enum(
        "PortalId",
        {name: name for name in (*load_portals(load_settings().portals_dir), SAMPLE)},
        type=str,
    )
ALL: list[PortalId] = []
"""No portal named: all that are enabled. A list, because Prefect's form shows one as a multi-select."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """What is to be read, by which clock, and through which proxy."""

    portals: tuple[Portal, ...]
    as_of: datetime | None
    proxy: str | None = None


@contextmanager
def opened(settings: Settings, ids: Sequence[str], as_of: datetime | None) -> Iterator[Sites]:
    """The portals of these ids (none: all enabled ones); `sample` is served on loopback meanwhile.

    Raises UsageError for an unknown id, for no portal at all, and for the sample among others.
    """
    if SAMPLE in ids:
        if len(set(ids)) > 1:
            raise UsageError("`sample` has a clock of its own: read it alone, and the others without it.")
        from newsduck import sample  # noqa: PLC0415 - only its own runs pay for it

        at = as_of or sample_hour(settings, now=datetime.now(UTC))
        with sample.serve(at) as site:
            yield Sites(portals=tuple(site.portals), as_of=at, proxy=site.proxy)
        return
    portals = tuple(choose_portals(load_portals(settings.portals_dir), ids))
    if not portals:
        raise UsageError("no portal is enabled; add one (docs/add-a-portal.md), or read the `sample`.")
    yield Sites(portals=portals, as_of=as_of)


def known_portals(settings: Settings) -> dict[str, Portal]:
    """All portals that a file declares, the sample's too, by id."""
    from newsduck.sample.server import sample_portals  # noqa: PLC0415 - only replays ask for it

    return {one.id: one for one in sample_portals()} | load_portals(settings.portals_dir)


def sample_hour(settings: Settings, *, now: datetime) -> datetime:
    """The sample's present: its first hour on an empty warehouse; then its clock goes on with ours.

    Two runs within an hour of the wall's clock read the same sample; a run in the next hour reads the next.
    """
    from newsduck.sample import EPOCH  # noqa: PLC0415 - see above

    rows = ask(settings, "last_sample_hour")
    if not rows or rows[0][0] is None:
        return EPOCH
    last: datetime
    loaded_at: datetime
    last, loaded_at = rows[0]
    passed = int(now.timestamp() // 3600) - int(loaded_at.timestamp() // 3600)
    return last.astimezone(EPOCH.tzinfo) + timedelta(hours=max(0, passed))
