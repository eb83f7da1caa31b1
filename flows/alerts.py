"""Failures and recoveries, told once each: as Prefect events, to a command, to a webhook.

What is wrong now is remembered in `data_dir/alerts.json`; only a change is told.
"""

from collections.abc import Container, Iterable
from datetime import datetime

from prefect import get_run_logger
from prefect.events import emit_event

from flows import hooks
from flows.health import Alert, lasting, remember
from newsduck.settings import Settings

RUN = "run"
"""The key of a run that was stopped, whatever portals it read."""


def announce(settings: Settings, alerts: Iterable[Alert], *, now: datetime, about: Container[str]) -> None:
    """Tell what has begun and what has ended since the last time, as far as these portals are concerned."""
    current = {one.key: one for one in alerts}
    with hooks.one_teller(settings):
        remembered = lasting(settings)
        before = {key: one for key, one in remembered.items() if key == RUN or one["portal"] in about}
        others = {key: one for key, one in remembered.items() if key not in before}
        kept = {
            key: before.get(key) or {"portal": one.portal, "text": one.text, "since": now.isoformat()}
            for key, one in current.items()
        }
        news = [{"what": "failed", **one} for key, one in kept.items() if key not in before]
        news += [{"what": "recovered", **one} for key, one in before.items() if key not in current]
        for one in news:
            _emit(one)
        hooks.tell(settings, news)
        remember(settings, others | kept)


def _emit(news: hooks.News) -> None:
    """One event and one line in the run's log."""
    get_run_logger().warning("%s since %s: %s", news["what"], news["since"], news["text"])
    resource = {
        "prefect.resource.id": f"newsduck.portal.{news['portal'] or 'all'}",
        "prefect.resource.name": news["portal"] or "newsduck",
    }
    emit_event(f"newsduck.{news['what']}", resource=resource, payload=dict(news))
