"""What Prefect is told before it is imported: its folder, its manners, its tuning (pure).

Prefect reads its settings once, at import; whoever wants them different has to be earlier.
"""

import json
from pathlib import Path

_MANNERS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    # Else each task run gets a row of the server's database that says "Finished in state Completed()".
    "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "WARNING",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLIENT_MAX_RETRIES": "6",  # two minutes: a server may be away for one
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",  # our server gives out no tokens
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
_DAY, _BRIEF = 86_400, 1800
_TASK_RUN = ("Pending", "Running", "Completed", "AwaitingRetry", "Retrying", "Failed", "Late")
_FLOW_RUN = ("Scheduled", "AwaitingConcurrencySlot", "Late", "Submitting", "Pending", "Running")
_PASSING = (
    *(f"task-run.{state}" for state in _TASK_RUN),
    *(f"flow-run.{state}" for state in (*_FLOW_RUN, "heartbeat", "pull-step.executed")),
    *(f"{kind}.{done}" for kind in ("artifact", "artifact-collection") for done in ("created", "updated")),
    *("worker.submitted-flow-run", "worker.executed-flow-run"),
)
"""Events that nobody reads after half an hour. Each takes 8 KB of the server's database, a task run makes
three of them and a flow run eighteen: kept for a week they would be nine tenths of it. That a run went well
stays for a day, how others ended for a week; the runs themselves, their logs and artifacts for a month."""
_HISTORY = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS": str(_BRIEF // 2),
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * _DAY),
    "PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES": json.dumps(
        {f"prefect.{name}": _BRIEF for name in _PASSING} | {"prefect.flow-run.Completed": _DAY}
    ),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
}
_IDLE = (
    *("SCHEDULER", "LATE_RUNS", "FOREMAN", "PAUSE_EXPIRATIONS", "CANCELLATION_CLEANUP", "REPOSSESSOR"),
    # Nobody can watch the events of a server that is gone with the run; they were half of its work.
    *("EVENT_PERSISTER", "TRIGGERS"),
)
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


def for_one_run(data_dir: Path, *, has_tables: bool) -> dict[str, str]:
    """For `newsduck run`: quiet, and a server that only keeps the books, and does so at once.

    `has_tables`: Prefect's tables are there, in its present version, and need no second look.
    """
    return {
        **shared(data_dir),
        **_services("false"),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_UI_ENABLED": "false",
        "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": "false" if has_tables else "true",
        # Fifty kinds of notification and storage that no flow of ours uses; `newsduck serve` registers them.
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
        "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",  # else it is noted down as done
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",  # they are one installation
    }


def _services(enabled: str) -> dict[str, str]:
    """Whether the server looks after schedules, late runs and events; said both ways: none is inherited."""
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
        # Who runs at the moment outlives the server: in memory, a run's place would be taken for ever.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    }
