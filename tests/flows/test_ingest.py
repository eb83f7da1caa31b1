"""The hourly flow on the sample portal and on small portals of files."""

import fcntl
from datetime import UTC, datetime, timedelta

import pytest
from flows import conditions, work
from flows.running import run_ingest, run_replay

from newsduck import warehouse
from newsduck.errors import UsageError
from newsduck.sample import EPOCH
from newsduck.settings import Settings

pytestmark = pytest.mark.usefixtures("prefect")

STORY = """<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>
<p>2026年03月02日 08:00 来源：临江日报</p><div>{body}</div></body></html>"""
BODY = "<p>清晨的渡口起了雾，摆渡的船比平日晚开了半个小时，等船的人在岸边排起了队。</p>" * 4


def rows(settings, sql):
    return warehouse.query(settings, sql).rows


def sample_run(settings, hour, **more):
    return run_ingest(settings, ["sample"], as_of=EPOCH + timedelta(hours=hour), trigger="sample", **more)


def assert_every_address_has_one_outcome(settings, report):
    found = rows(
        settings,
        f"select count(*), count(distinct (portal, url)) from outcomes where run_id = '{report.run_id}'",
    )
    assert found == [(report.addresses, report.addresses)]


def content(settings):
    """All that readers care about, without the times at which things were last seen."""
    return (
        rows(settings, "select * exclude (run_id, last_seen_at) from articles order by article_id"),
        rows(settings, "select * exclude (run_id) from article_versions order by article_id, version"),
        rows(settings, "select * exclude (last_seen_at) from headlines order by all"),
        rows(settings, "select * exclude (last_rank, sightings) from placements order by all"),
    )


def portal_of_files(folder, portal_id, titles):
    """A portal whose front page and stories are files."""
    site = folder / portal_id
    site.mkdir(parents=True)
    for number, title in enumerate(titles):
        (site / f"story-{number}.html").write_text(STORY.format(title=title, body=BODY), "utf-8")
    links = "".join(
        f'<li><a href="story-{number}.html">{title}</a> 03-02 08:00</li>' for number, title in enumerate(titles)
    )
    (site / "index.html").write_text(
        f'<html><head><meta charset="utf-8"></head><body><h2>要闻</h2><ul>{links}</ul></body></html>', "utf-8"
    )
    return declared(folder, portal_id, (site / "index.html").as_uri(), story="story-")


def declared(folder, portal_id, front, *, story=""):
    portals = folder / "portals"
    portals.mkdir(exist_ok=True)
    (portals / f"{portal_id}.toml").write_text(
        f"id = '{portal_id}'\nname = '{portal_id}'\nfront_pages = ['{front}']\n"
        f"article_urls = ['{story or portal_id}']\nallow_private_addresses = true\n"
        "[fetch]\nmin_interval = 0.0\nretries = 0\nretry_wait = 0.0\ntimeout = 2.0\n",
        "utf-8",
    )
    return portals


def test_three_hours_tell_a_story_and_each_address_has_one_outcome(settings):
    reports = [sample_run(settings, hour) for hour in range(3)]
    assert [report.status for report in reports] == ["completed"] * 3
    assert reports[0].articles_new > 10
    assert reports[1].articles_changed > 0
    assert all(report.articles_new > 0 for report in reports)
    for report in reports:
        assert_every_address_has_one_outcome(settings, report)
        assert str(report.addresses) in report.message
    names = {row["portal"] for row in reports[0].by_portal}
    assert names == {"sample", "sample-reprint"}
    assert sum(row["new"] for row in reports[1].by_portal) == reports[1].articles_new
    assert len(warehouse.runs(settings)) == 3


def test_the_same_hour_again_loads_nothing_new(settings):
    sample_run(settings, 0)
    before = content(settings)
    again = sample_run(settings, 0)
    assert (again.articles_new, again.articles_changed, again.headlines_new) == (0, 0, 0)
    assert again.status == "completed"
    assert_every_address_has_one_outcome(settings, again)
    assert content(settings) == before


def test_front_pages_only_reads_no_story(settings):
    report = sample_run(settings, 0, rounds=1)
    assert report.rounds == 1
    assert report.headlines_new > 0
    assert rows(settings, "select distinct kind from outcomes") == [("front",)]


def test_the_sample_goes_on_by_an_hour_where_no_clock_is_given(settings):
    first, second = (run_ingest(settings, ["sample"], rounds=1) for _ in range(2))
    assert first.started_at == EPOCH
    assert second.started_at == EPOCH + timedelta(hours=1)


def test_a_dead_portal_costs_only_itself(tmp_path):
    portal_of_files(tmp_path, "alive", ["渡口晨雾", "老街新灯"])
    portals = declared(tmp_path, "dead", "http://127.0.0.1:9/")
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals)
    report = run_ingest(settings, ["alive", "dead"])
    assert report.status == "completed"
    assert set(report.failures) == {"dead"}
    assert "FAILED dead" in report.message
    assert report.articles_new == 2
    assert rows(settings, "select disposition from outcomes where portal = 'dead'") == [("http-error",)]
    assert_every_address_has_one_outcome(settings, report)
    assert run_ingest(settings, ["dead"]).status == "failed"


def test_a_task_that_breaks_leaves_outcomes_and_other_portals_alone(tmp_path, monkeypatch):
    portal_of_files(tmp_path, "one", ["渡口晨雾"])
    portals = portal_of_files(tmp_path, "two", ["老街新灯"])
    real = work.fetch

    async def breaking(targets, portal, **more):
        if portal.id == "one":
            raise OSError("the disk is on strike")
        return await real(targets, portal, **more)

    monkeypatch.setattr(work, "fetch", breaking)
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals)
    report = run_ingest(settings, ["one", "two"])
    assert report.status == "completed"
    assert "on strike" in report.failures["one"]
    lost = rows(settings, "select disposition, detail from outcomes where portal = 'one'")
    assert [(kind, "on strike" in detail) for kind, detail in lost] == [("quarantined", True)]
    assert report.outcomes["quarantined"] == 1


def test_a_page_that_breaks_the_parser_is_quarantined_and_kept(tmp_path, monkeypatch):
    portals = portal_of_files(tmp_path, "one", ["渡口晨雾", "老街新灯"])
    real = work.parse

    def breaking(page, portal=None):
        if page.url.endswith("story-1.html"):
            raise RecursionError("too deep")
        return real(page, portal)

    monkeypatch.setattr(work, "parse", breaking)
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals)
    report = run_ingest(settings, ["one"])
    assert report.outcomes["quarantined"] == 1
    assert report.articles_new == 1
    assert_every_address_has_one_outcome(settings, report)
    monkeypatch.undo()
    replayed = run_replay(settings)
    assert replayed.articles_new == 1
    assert replayed.outcomes.get("quarantined", 0) == 0


def test_a_busy_warehouse_stops_the_run_and_replay_brings_what_was_read(tmp_path):
    portals = portal_of_files(tmp_path, "one", ["渡口晨雾"])
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals, lock_timeout=0.2)
    held = []

    def hold(_outcome):
        if not held:
            held.append(settings.lock_path.open("a"))
            fcntl.flock(held[0], fcntl.LOCK_EX)

    settings.data_dir.mkdir()
    report = run_ingest(settings, ["one"], on_outcome=hold)
    assert report.status == "failed"
    assert "newsduck replay --since" in report.message
    held[0].close()
    assert run_replay(settings).headlines_new == 1


def test_a_scheduled_hour_is_read_once_however_many_late_runs_start(tmp_path):
    portals = portal_of_files(tmp_path, "one", ["渡口晨雾"])
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals)
    at = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)
    first, late = (
        run_ingest(settings, ["one"], as_of=moment, trigger="schedule:incremental")
        for moment in (at, at + timedelta(minutes=40))
    )
    assert (first.status, late.status) == ("completed", "skipped")
    assert "already done" in late.message
    assert len(warehouse.runs(settings)) == 1
    next_hour = run_ingest(settings, ["one"], as_of=at + timedelta(minutes=45), trigger="schedule:incremental")
    assert next_hour.status == "completed"


def test_every_outcome_is_heard_as_it_comes(settings):
    heard = []
    report = run_ingest(settings, ["sample"], as_of=EPOCH, on_outcome=heard.append)
    assert len(heard) == report.addresses
    conditions.give(conditions.Conditions(settings=settings))


@pytest.mark.parametrize(("ids", "said"), [(["nope"], "no portal nope"), (["sample", "x"], "clock of its own")])
def test_wrong_portals_are_refused_before_anything_is_asked(settings, ids, said):
    with pytest.raises(UsageError, match=said):
        run_ingest(settings, ids)
    assert not settings.data_dir.exists()
