"""What all addresses of one portal share in one round."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from newsduck.fetch.ask import Failure
from newsduck.fetch.client import Client
from newsduck.fetch.pace import Pace
from newsduck.fetch.rules import Rules
from newsduck.items import Page, PageRef
from newsduck.portals import Portal
from newsduck.settings import FetchLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One portal's round: its limits, its connections (with their cookies), and what its hosts allow."""

    portal: Portal
    limits: FetchLimits
    client: Client
    pace: Pace
    agent: str
    """The product token that robots.txt may name."""
    deadline: float
    """A moment of `time.monotonic`."""
    clock: Callable[[], datetime]
    keep: Callable[[Page], PageRef]
    rules: dict[str, Rules | Failure] = field(default_factory=dict)
    """By origin; a Failure where nobody answers."""
    locks: dict[str, asyncio.Lock] = field(default_factory=dict)
