"""One result for each address, whatever happens: who is missing at the end is told why."""

from collections.abc import Callable, Sequence
from datetime import datetime

from newsduck import log
from newsduck.fetch import outcomes
from newsduck.fetch.ask import Failure
from newsduck.fetch.trip import Trip
from newsduck.items import Fetched, Outcome, Target


class Ledger:
    """The results of a portal's addresses, by their place."""

    def __init__(self, targets: Sequence[Target], listener: Callable[[Outcome], None] | None) -> None:
        self._targets = targets
        self._listener = listener
        self._trips: dict[int, Trip] = {}
        self._results: dict[int, Fetched] = {}

    def begin(self, place: int, trip: Trip) -> Trip:
        """Remember that the address at a place is on its way."""
        self._trips[place] = trip
        return trip

    def settle(self, place: int, fetched: Fetched) -> None:
        """Enter the result of the address at a place, log it and tell the listener."""
        self._results[place] = fetched
        log.page(fetched.outcome)
        if self._listener is None:
            return
        try:
            self._listener(fetched.outcome)
        except Exception as error:  # noqa: BLE001 - a listener must not cost a page
            log.bug(fetched.outcome.portal, fetched.outcome.url, error)

    def close(self, failure: Failure, *, at: datetime) -> list[Fetched]:
        """All results, in the order of the addresses; `failure` for those that have none."""
        for place, target in enumerate(self._targets):
            if place not in self._results:
                kept = self._trips[place].ref if place in self._trips else None
                self.settle(place, outcomes.failed(target, failure, at=at, ref=kept))
        return [self._results[place] for place in range(len(self._targets))]
