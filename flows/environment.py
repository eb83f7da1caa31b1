"""What Prefect is told before it is imported: its folder, its manners, its tuning (pure).

Prefect reads its settings once, at import; whoever wants them different has to be earlier.
"""

import json
from pathlib import Path

_MANNERS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLIENT_MAX_RETRIES": "6",  # two minutes: a server may be away for one
}
_TUNING = {
    # One row at a time, SQLite stalls 6-16 s after a hundred task runs; in batches, one second.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "2",
}
_HOUR, _DAY = 3600, 86_400
_TASK_STATES = ("Pending", "Running", "Completed", "AwaitingRetry", "Retrying", "Failed", "Late")
# A task run costs 20 KB of the server's database, most of it events that nobody reads after an hour;
# the runs themselves, their logs and artifacts stay for a month.
_SHORT_LIVED = {f"prefect.task-run.{state}": _HOUR for state in _TASK_STATES} | {
    "prefect.flow-run.heartbeat": _HOUR
}
_HISTORY = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * _DAY),
    "PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES": json.dumps(_SHORT_LIVED),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{7}D",
}
_IDLE = ("SCHEDULER", "LATE_RUNS", "FOREMAN", "PAUSE_EXPIRATIONS", "CANCELLATION_CLEANUP", "REPOSSESSOR")
ONE_CERTIFICATE = "ca.pem"
"""In place of a whole bundle, which Prefect loads anew for each task run: half of a run's time. Our own
server speaks plain http on this machine, and needs none."""


def home(data_dir: Path) -> Path:
    """Prefect's folder for this installation, so that a user's own Prefect is not touched."""
    return data_dir.resolve() / "prefect"


def shared(data_dir: Path) -> dict[str, str]:
    """What client, worker and server of one installation agree on."""
    return {
        **_MANNERS,
        **_TUNING,
        "PREFECT_HOME": str(home(data_dir)),
        "PREFECT_PROFILES_PATH": str(home(data_dir) / "profiles.toml"),
        "PREFECT_API_SSL_CERT_FILE": str(home(data_dir) / ONE_CERTIFICATE),
    }


def for_one_run(data_dir: Path) -> dict[str, str]:
    """For `newsduck run`: quiet, and a server that only keeps the books."""
    quiet = {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_UI_ENABLED": "false"}
    return shared(data_dir) | _services("false") | quiet


def _services(enabled: str) -> dict[str, str]:
    """Whether the server looks after schedules and late runs; said both ways, so that none is inherited."""
    return {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": enabled for name in _IDLE}


def for_serving(data_dir: Path, *, host: str, port: int) -> dict[str, str]:
    """For `newsduck serve`: server, worker and the runs that they start."""
    return {
        **shared(data_dir),
        **_services("true"),
        **_HISTORY,
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_UI_ENABLED": "true",
        "PREFECT_API_URL": f"http://{host}:{port}/api",
        "PREFECT_SERVER_API_HOST": host,
        "PREFECT_SERVER_API_PORT": str(port),  # the UI asks this port, whatever `--port` says
        "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_RUNS": "12",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    }
