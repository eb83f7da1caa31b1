"""Failures and recoveries, told once each: as Prefect events, to a command, to a webhook.

What is wrong now is remembered in `data_dir/alerts.json`; only a change is told.
"""

import json
import shlex
import subprocess
from collections.abc import Container, Iterable
from datetime import datetime
from urllib.error import URLError
from urllib.request import Request, urlopen

from prefect import get_run_logger
from prefect.events import emit_event

from flows.health import Alert, lasting, remember
from newsduck.settings import Settings

RUN = "run"
"""The key of a run that was stopped, whatever portals it read."""
HOOK_SECONDS = 20.0
"""How long a command or a webhook may take."""


def announce(settings: Settings, alerts: Iterable[Alert], *, now: datetime, about: Container[str]) -> None:
    """Tell what has begun and what has ended since the last time, as far as these portals are concerned."""
    remembered, current = lasting(settings), {one.key: one for one in alerts}
    before = {key: one for key, one in remembered.items() if key == RUN or one["portal"] in about}
    for key in current.keys() - before.keys():
        _tell(settings, _news("failed", current[key].portal, current[key].text, since=now))
    for key in before.keys() - current.keys():
        known = before[key]
        since = datetime.fromisoformat(known["since"])
        _tell(settings, _news("recovered", known["portal"], known["text"], since=since))
    others = {key: one for key, one in remembered.items() if key not in before}
    kept = others | {
        key: before.get(key) or {"portal": one.portal, "text": one.text, "since": now.isoformat()}
        for key, one in current.items()
    }
    remember(settings, kept)


def _news(what: str, portal: str, text: str, *, since: datetime) -> dict[str, str]:
    return {"what": what, "portal": portal, "text": text, "since": since.isoformat()}


def _tell(settings: Settings, news: dict[str, str]) -> None:
    """One event, and whatever hooks there are; a hook that fails is logged and fails nothing else."""
    get_run_logger().warning("%s since %s: %s", news["what"], news["since"], news["text"])
    resource = {
        "prefect.resource.id": f"newsduck.portal.{news['portal'] or 'all'}",
        "prefect.resource.name": news["portal"] or "newsduck",
    }
    emit_event(f"newsduck.{news['what']}", resource=resource, payload=dict(news))
    body = json.dumps(news, ensure_ascii=False).encode()
    try:
        if settings.alert_command:
            subprocess.run(  # noqa: S603 - the operator's own command
                shlex.split(settings.alert_command), input=body, timeout=HOOK_SECONDS, check=True
            )
        if settings.alert_webhook:
            _post(settings.alert_webhook, body)
    except (OSError, URLError, ValueError, subprocess.SubprocessError) as error:
        get_run_logger().error("the alert hook failed: %s", error)


def _post(url: str, body: bytes) -> None:
    request = Request(url, data=body, headers={"Content-Type": "application/json"}, method="POST")  # noqa: S310
    urlopen(request, timeout=HOOK_SECONDS).close()  # noqa: S310 - the operator's own address
