"""A moment as it is read, and the rule that none lies in the future."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, Literal

from newsduck.items import Precision
from newsduck.parse.times.parts import Written, read_clock, read_offset

Year = Literal["printed", "two digits", "evidence", "weekday", "nearest past", "relative"]

SKEW: Final = timedelta(minutes=10)
"""A clock that runs this much ahead of ours is taken for now: servers' clocks differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a time is read against: the latest possible moment, the zone, a day known to be near."""

    now: datetime
    zone: tzinfo
    near: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time without its text."""

    at: datetime
    precision: Precision
    year: Year
    zoned: bool = False


def settle(day: date, written: Written, frame: Frame, year: Year) -> Moment | None:
    """The moment of a whole date, its clock dropped or the moment refused where it lies in the future."""
    clock = read_clock(written)
    named = written.text("zone") or ("GMT" if written.text("gmt") else "")
    zone = read_offset(named) if clock and named else None
    if clock:
        at = datetime.combine(day, clock[0], zone or frame.zone).astimezone(frame.zone)
        if at <= frame.now:
            return Moment(at=at, precision=clock[1], year=year, zoned=zone is not None)
        if at <= frame.now + SKEW:
            return Moment(
                at=floor(frame.now, clock[1]), precision=clock[1], year=year, zoned=zone is not None
            )
    midnight = datetime.combine(day, time(), frame.zone)
    return Moment(at=midnight, precision="day", year=year) if midnight <= frame.now else None


def floor(at: datetime, precision: Precision) -> datetime:
    """The moment without what is finer than its precision."""
    return at.replace(microsecond=0) if precision == "second" else at.replace(second=0, microsecond=0)
