"""The server's own books: what a run costs them, and what they do when the server was killed."""

import json
import sqlite3
import time
from contextlib import closing
from logging import WARNING

import pytest

from flows import deploying, environment
from tests.flows.served import ENDED, Served

OVERRIDES = "PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES"
MOST = {"task_run": 5_000, "flow_run": 4_500, "log": 800, "artifact": 4_000}
"""Bytes of the server's database that a row may cost for a month, with its states and all indexes."""
SIZES = "select tbl_name, sum(pgsize - unused) from dbstat join sqlite_master using (name) group by 1"
ENDED_TASKS = "select name from task_run where state_name = 'Completed'"
LEAST_TASKS = 7
"""Task runs of a first reading of the sample, at the least: front pages have nothing to deduplicate."""
LOGGED = 12
"""Log lines that a run of the sample may leave, Prefect's own among them."""


def asked(settings, sql):
    """Rows of the server's own database."""
    with closing(sqlite3.connect(environment.home(settings.data_dir) / "prefect.db")) as books:
        return books.execute(sql).fetchall()


def written(settings, sql, least):
    """Rows of which at least so many are to come: the server writes in batches."""
    end = time.monotonic() + 30
    while len(rows := asked(settings, sql)) < least and time.monotonic() < end:
        time.sleep(0.3)
    return rows


def bytes_of(settings):
    """What each table takes, with its indexes; those of states are their runs'."""
    try:
        sizes = dict(asked(settings, SIZES))
    except sqlite3.OperationalError:
        pytest.skip("this sqlite has no dbstat")
    return sizes | {name: sizes[name] + sizes[f"{name}_state"] for name in ("task_run", "flow_run")}


def test_a_run_costs_the_server_few_bytes_and_few_lines(served):
    run = served.start(served.deployment("manual"), {"portals": ["sample"]})
    assert served.wait_for(run, ENDED)["state_type"] == "COMPLETED"
    assert len(written(served.settings, ENDED_TASKS, LEAST_TASKS)) >= LEAST_TASKS
    sizes = bytes_of(served.settings)
    for name, most in MOST.items():
        rows = asked(served.settings, f"select count(*) from {name}")[0][0]
        assert 0 < sizes[name] <= most * rows, name
    lines = asked(served.settings, f"select level, name, message from log where flow_run_id = '{run}'")
    assert len(lines) <= LOGGED, lines
    assert not [line for line in lines if line[0] < WARNING and line[1] == "prefect.task_runs"]


def test_of_what_runs_do_only_their_ends_stay_as_events_for_longer_than_half_an_hour(served):
    overrides = json.loads(environment.for_serving(served.settings.data_dir, host="x", port=1)[OVERRIDES])
    kinds = ("prefect.task-run.", "prefect.flow-run.", "prefect.artifact", "prefect.worker.")
    ended = "select 1 from events where event in ('prefect.task-run.Completed', 'prefect.flow-run.Completed')"
    assert len(written(served.settings, ended, LEAST_TASKS + 1)) > LEAST_TASKS
    events = {name for (name,) in asked(served.settings, "select distinct event from events")}
    lasting = {name for name in events - set(overrides) if name.startswith(kinds)}
    ends = {f"prefect.flow-run.{end}" for end in ("Completed", "Failed", "Crashed", "Cancelled")}
    assert lasting <= ends | {"prefect.worker.started", "prefect.worker.stopped"}
    assert overrides.pop("prefect.flow-run.Completed") == 86_400
    assert set(overrides.values()) == {1800}


def runs_of(settings, run_id):
    """Rows that a run has in each of the tables where it leaves any."""
    found = {
        name: asked(settings, f"select count(*) from {name} where flow_run_id = '{run_id}'")[0][0]
        for name in ("task_run", "flow_run_state", "log", "artifact")
    }
    found["flow_run"] = asked(settings, f"select count(*) from flow_run where id = '{run_id}'")[0][0]
    related = f"select count(distinct event_id) from event_resources where resource_id like '%.{run_id}'"
    return found | {"events": asked(settings, related)[0][0]}


def put_back(settings, run_id, days):
    """Have a run and its events happen so many days earlier than they did."""
    earlier = f"-{days} days"
    with closing(sqlite3.connect(environment.home(settings.data_dir) / "prefect.db")) as books, books:
        books.execute("update flow_run set end_time = datetime(end_time, ?) where id = ?", (earlier, run_id))
        related = "select distinct event_id from event_resources where resource_id like ?"
        for (event,) in books.execute(related, (f"%.{run_id}",)).fetchall():
            for table, key in (("events", "id"), ("event_resources", "event_id")):
                moved = f"update {table} set occurred = datetime(occurred, ?) where {key} = ?"
                books.execute(moved, (earlier, event))


def gone(settings, old, young):
    """Whether nothing is left of the old run, and of the young one no events."""
    return not any(runs_of(settings, old).values()) and not runs_of(settings, young)["events"]


def test_what_a_killed_one_left_in_work_does_not_block_the_next_and_old_runs_go(served):
    manual, brief = served.deployment("manual"), {"portals": ["sample"], "rounds": 1}
    old, young = served.start(manual, brief), served.start(manual, brief)
    for run in (old, young):
        assert served.wait_for(run, ENDED)["state_type"] == "COMPLETED"
    left = served.start(manual, brief)
    served.wait_for(left, ("PENDING", "RUNNING"))
    served.kill()
    assert min(runs_of(served.settings, old).values()) > 0
    put_back(served.settings, old, 31)
    put_back(served.settings, young, 29)
    again = Served(served.settings.data_dir.parent)
    try:
        end = time.monotonic() + 60
        while not (is_gone := gone(served.settings, old, young)) and time.monotonic() < end:
            time.sleep(0.5)
        assert is_gone, runs_of(served.settings, old)
        kept = runs_of(served.settings, young)
        assert min(kept[name] for name in kept if name != "events") > 0, kept
        crashed = again.wait_for(left, ENDED)
        assert (crashed["state_type"], crashed["state"]["message"]) == ("CRASHED", deploying.GONE)
        assert "ended without tidying up" in again.said
        assert again.wait_for(again.start(manual, brief), ENDED)["state_type"] == "COMPLETED"
    finally:
        again.stop()
