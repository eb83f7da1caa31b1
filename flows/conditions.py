"""What a run is given by the program around it, where a flow's parameters are not the place for it."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from newsduck.items import Outcome
from newsduck.settings import Settings, load_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The settings of the caller, and who wants to hear of every outcome at once."""

    settings: Settings
    trigger: str | None = None
    on_outcome: Callable[[Outcome], None] | None = None


_given: ContextVar[Conditions | None] = ContextVar("given", default=None)


def give(conditions: Conditions) -> None:
    """Set the conditions of the flows that this context runs."""
    _given.set(conditions)


def current() -> Conditions:
    """The conditions that were given; a worker was given none and reads its settings."""
    return _given.get() or Conditions(settings=load_settings())


def hear(outcome: Outcome) -> None:
    """Tell whoever wants to hear of every outcome at once."""
    given = _given.get()
    if given is not None and given.on_outcome is not None:
        given.on_outcome(outcome)
