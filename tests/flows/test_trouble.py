"""Runs that cannot do all they should say so: in their status, their message, their row and the log."""

import logging
from datetime import timedelta

import pytest
from prefect.exceptions import ParameterTypeError
from prefect.utilities.callables import parameter_schema

from flows import comparing, ingest, job, replay
from flows.running import run_ingest, run_maintain, run_replay
from newsduck import warehouse
from newsduck.errors import UsageError, WarehouseTooNew
from newsduck.items import Article, ParsedPage
from newsduck.portals import Portal
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


def test_a_replay_of_nothing_or_of_nobody_is_refused(settings):
    with pytest.raises(UsageError, match="is empty"):
        run_replay(settings)
    sample_run(settings)
    with pytest.raises(UsageError, match=r"no portal nosuch; known are .*sample"):
        run_replay(settings, portal="nosuch")
    assert len(warehouse.runs(settings)) == 1


def test_pages_of_a_portal_that_is_configured_no_longer_are_replayed(settings, monkeypatch):
    sample_run(settings)
    monkeypatch.setattr(replay, "known_portals", lambda _: {})
    assert run_replay(settings, portal="sample").addresses > 0


def test_fewer_rounds_than_one_are_refused(settings):
    with pytest.raises(UsageError, match="at least 1"):
        run_ingest(settings, ["sample"], rounds=0)
    with pytest.raises(ParameterTypeError, match="greater than or equal to 1"):
        ingest.ingest.validate_parameters({"rounds": 0})
    schema = parameter_schema(ingest.ingest).model_dump_for_openapi()
    assert "minimum" in str(schema["properties"]["rounds"])


def test_a_replay_of_an_old_reading_is_not_held_against_a_younger_one():
    read_at = EPOCH
    page = ParsedPage(
        portal="one",
        url="http://one.example/1.html",
        final_url="http://one.example/1.html",
        fetched_at=read_at,
        article=Article(title="旧标题", source="临江日报"),
    )
    portal = Portal(id="one", name="one", front_pages=("http://one.example/",))
    compared = comparing.Comparison()
    compared.add([page], [portal])
    for hours, changed in ((1, 0), (0, 1), (-1, 1)):
        seen = {number: (read_at + timedelta(hours=hours), (7,) * 8) for number in compared._read}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(comparing, "_published", lambda *_, seen=seen: seen)
            rows = {row["field"]: row for row in compared.rows(None)}
        assert rows["title"]["changed"] == changed
        assert rows["title"]["before"] == changed


def test_the_night_sorts_the_search_index_and_finds_the_same(settings):
    sample_run(settings)
    found = warehouse.query(settings, "select count(*) from search('渡口')").rows
    assert run_maintain(settings)["compact"].partition(" ")[0] != "0"
    assert run_maintain(settings)["compact"].startswith("0 postings")
    assert warehouse.query(settings, "select count(*) from search('渡口')").rows == found
    assert warehouse.query(settings, "select count(*) from search_tail").rows == [(0,)]
