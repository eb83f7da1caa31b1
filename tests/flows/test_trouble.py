"""Runs that cannot do all they should say so: in their status, their message, their row and the log."""

import logging

import pytest

from flows import job
from flows.running import run_ingest, run_replay
from newsduck import warehouse
from newsduck.errors import WarehouseTooNew
from newsduck.sample import EPOCH

pytestmark = pytest.mark.usefixtures("prefect")


def sample_run(settings):
    return run_ingest(settings, ["sample"], as_of=EPOCH, rounds=1, trigger="sample")


def test_a_copy_that_cannot_be_published_fails_the_run_and_is_told(settings, caplog):
    settings.published_path.mkdir(parents=True)
    with caplog.at_level(logging.ERROR, logger="newsduck"):
        report = sample_run(settings)
    assert report.status == "failed"
    assert "the published copy could not be written" in report.message
    assert "unwritten" in caplog.text
    settings.published_path.rmdir()
    warehouse.publish(settings)
    assert warehouse.query(settings, "select status from runs").rows == [("failed",)]


def test_a_warehouse_that_is_too_new_fails_the_replay_too(settings, monkeypatch):
    sample_run(settings)

    def refuse(*_):
        raise WarehouseTooNew("written by a newer newsduck")

    monkeypatch.setattr(job.warehouse, "finish_run", refuse)
    replayed = run_replay(settings)
    assert replayed.status == "failed"
    assert replayed.message.count("WarehouseTooNew") == 1


def test_a_run_that_asked_nothing_promises_nothing(settings):
    settings.data_dir.mkdir(parents=True)
    settings.warehouse_path.mkdir()
    report = sample_run(settings)
    assert report.status == "failed"
    assert report.message.startswith("stopped: ")
    assert "newsduck replay" not in report.message
