"""The hourly flow on the sample portal and on small portals of files."""

import asyncio
import fcntl
import json
import os
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows import conditions, ingest, work
from flows.running import run_ingest, run_replay
from flows.sites import sample_hour
from newsduck import warehouse
from newsduck.errors import UsageError
from newsduck.sample import EPOCH
from newsduck.settings import Settings

pytestmark = pytest.mark.usefixtures("prefect")

TITLES = [
    "渡口晨雾让早班船晚开半小时",
    "老街装上新灯夜市多了百余摊位",
    "城北菜场今起改在清晨四点开门",
    "少年棋手连胜五局捧回省赛奖杯",
    "江堤加固工程本周进入最后阶段",
    "图书馆把闭馆时间推迟到夜里十点",
]
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


def portal_of_files(folder, portal_id, titles, *, story=STORY, first=0, at=None):
    """A portal whose front page and stories are files, which count as fetched when they were written."""
    site, named = folder / portal_id, list(enumerate(titles, first))
    site.mkdir(exist_ok=True)
    for number, title in named:
        (site / f"story-{number}.html").write_text(story.format(title=title, body=BODY), "utf-8")
    links = "".join(f'<li><a href="story-{n}.html">{title}</a> 03-02 08:00</li>' for n, title in named)
    (site / "index.html").write_text(
        f'<html><head><meta charset="utf-8"></head><body><h2>要闻</h2><ul>{links}</ul></body></html>', "utf-8"
    )
    for path in site.iterdir() if at else ():
        os.utime(path, (at.timestamp(), at.timestamp()))
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


@pytest.fixture(scope="module")
def history(tmp_path_factory, prefect):  # noqa: ARG001 - the server must stand
    """Three hours of the sample: the settings, the three reports, and the outcomes as they were heard."""
    settings, heard = Settings(data_dir=tmp_path_factory.mktemp("history")), []
    reports = [sample_run(settings, hour, on_outcome=heard.append) for hour in range(3)]
    return settings, reports, heard


def test_three_hours_tell_a_story_and_each_address_has_one_outcome(history):
    settings, reports, heard = history
    assert [report.status for report in reports] == ["completed"] * 3
    assert reports[0].articles_new > 10
    assert sum(report.articles_changed for report in reports) > 0
    assert all(report.articles_new > 0 for report in reports)
    for report in reports:
        assert_every_address_has_one_outcome(settings, report)
        assert str(report.addresses) in report.message
    names = {row["portal"] for row in reports[0].by_portal}
    assert names == {"sample", "sample-reprint"}
    assert sum(row["new"] for row in reports[1].by_portal) == reports[1].articles_new
    assert len(warehouse.runs(settings)) == 3
    assert len(heard) == sum(report.addresses for report in reports)


def test_the_same_hour_again_loads_nothing_new(history):
    settings, _, _ = history
    before = content(settings)
    again = sample_run(settings, 2)
    assert (again.articles_new, again.articles_changed, again.headlines_new) == (0, 0, 0)
    assert again.status == "completed"
    assert_every_address_has_one_outcome(settings, again)
    assert content(settings) == before


def test_front_pages_only_reads_no_story(settings):
    report = sample_run(settings, 0, rounds=1)
    assert report.rounds == 1
    assert report.headlines_new > 0
    assert rows(settings, "select distinct kind from outcomes") == [("front",)]


def test_the_sample_goes_on_with_the_clock_on_the_wall(history, settings):
    read, _, _ = history
    now = datetime.now(UTC)
    assert sample_hour(settings, now=now) == EPOCH
    assert sample_hour(read, now=now + timedelta(hours=3)) >= EPOCH + timedelta(hours=4)


def test_a_dead_portal_costs_only_itself_and_is_told_once(tmp_path):
    portal_of_files(tmp_path, "alive", TITLES)
    portals, told = declared(tmp_path, "dead", "http://127.0.0.1:9/"), tmp_path / "told"
    settings = Settings(
        data_dir=tmp_path / "data",
        portals_dir=portals,
        alert_command=f"sh -c 'cat >> {told}; echo >> {told}'",
    )
    report = run_ingest(settings, ["alive", "dead"])
    assert report.status == "completed"
    assert set(report.failures) == {"dead"}
    assert "FAILED dead" in report.message
    assert report.articles_new == len(TITLES)
    assert rows(settings, "select disposition from outcomes where portal = 'dead'") == [("http-error",)]
    assert_every_address_has_one_outcome(settings, report)
    assert run_ingest(settings, ["dead"]).status == "failed"
    portal_of_files(tmp_path, "dead", TITLES)
    assert run_ingest(settings, ["dead"]).status == "completed"
    news = [json.loads(line) for line in told.read_text("utf-8").splitlines()]
    assert [(one["what"], one["portal"]) for one in news] == [("failed", "dead"), ("recovered", "dead")]
    assert news[0]["since"] == news[1]["since"]


def test_an_outage_of_all_portals_is_one_failure_told_once(tmp_path):
    names, told = ["one", "two", "three"], tmp_path / "told"
    for name in names:
        portals = declared(tmp_path, name, "http://127.0.0.1:9/")
    settings = Settings(
        data_dir=tmp_path / "data",
        portals_dir=portals,
        alert_command=f"sh -c 'cat >> {told}; echo >> {told}'",
    )
    for _ in range(2):
        report = run_ingest(settings, names)
        assert report.status == "failed"
        assert set(report.failures) == set(names)
    for name in names[1:]:
        portal_of_files(tmp_path, name, TITLES)
    assert run_ingest(settings, names).status == "completed"
    news = [json.loads(line) for line in told.read_text("utf-8").splitlines()]
    assert {(one["what"], one["portal"]) for one in news[1:]} == {("recovered", ""), ("failed", "one")}
    assert (len(news), news[0]["what"], news[0]["portal"]) == (3, "failed", "")
    assert "none of 3 portals could be read; one: http-error" in news[0]["text"]
    assert news[2 if news[1]["what"] == "recovered" else 1]["text"].startswith("one: http-error")


def test_a_run_goes_by_the_clock_of_the_installation(settings):
    naive = EPOCH.replace(tzinfo=None)
    report = asyncio.run(_ingested(settings, naive))
    assert report.started_at == EPOCH
    assert report.started_at.tzinfo == ZoneInfo("Asia/Shanghai")


async def _ingested(settings, as_of):
    """A run as a form of the UI may start it: with a time that has no zone."""
    conditions.give(conditions.Conditions(settings=settings))
    state = await ingest.ingest(["sample"], "front-pages", None, as_of, return_state=True)
    return await state.aresult()


def test_a_field_that_vanishes_is_an_alert_with_the_last_good_and_the_first_bad_page(tmp_path):
    now, usual = (
        datetime(2026, 3, 10, 8, 0, tzinfo=UTC),
        [f"第{n}座桥今天合龙通车时间提前" for n in range(20)],
    )
    portals = portal_of_files(tmp_path, "one", usual, at=now - timedelta(days=5))
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals)
    run_ingest(settings, ["one"], as_of=now - timedelta(days=5))
    later, nameless = [f"第{n}条渡船航线本周恢复运营" for n in range(6)], STORY.replace("来源：临江日报", "")
    portal_of_files(tmp_path, "one", later, story=nameless, first=100, at=now)
    report = run_ingest(settings, ["one"], as_of=now)
    alert = next((text for text in report.alerts if text.startswith("one: source")), "")
    assert "last good" in alert
    assert "story-100.html" in alert.partition("first bad")[2]


def test_a_task_that_breaks_leaves_outcomes_and_other_portals_alone(tmp_path, monkeypatch):
    portal_of_files(tmp_path, "one", TITLES)
    portals = portal_of_files(tmp_path, "two", TITLES)
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
    portals = portal_of_files(tmp_path, "one", TITLES)
    real = work.parse

    def breaking(page, portal=None):
        if page.url.endswith("story-1.html"):
            raise RecursionError("too deep")
        return real(page, portal)

    monkeypatch.setattr(work, "parse", breaking)
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals)
    report = run_ingest(settings, ["one"])
    assert report.outcomes["quarantined"] == 1
    assert report.articles_new == len(TITLES) - 1
    assert_every_address_has_one_outcome(settings, report)
    monkeypatch.undo()
    replayed = run_replay(settings)
    assert replayed.articles_new == 1
    assert replayed.outcomes.get("quarantined", 0) == 0


def test_a_busy_warehouse_stops_the_run_and_replay_brings_what_was_read(tmp_path):
    portals = portal_of_files(tmp_path, "one", TITLES)
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
    assert run_replay(settings).headlines_new == len(TITLES)


def test_a_scheduled_hour_is_read_once_however_many_late_runs_start(tmp_path):
    portals = portal_of_files(tmp_path, "one", TITLES)
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals)
    at = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)
    first, late = (
        run_ingest(settings, ["one"], as_of=moment, trigger="schedule:incremental")
        for moment in (at, at + timedelta(minutes=40))
    )
    assert (first.status, late.status) == ("completed", "skipped")
    assert "already done" in late.message
    assert len(warehouse.runs(settings)) == 1
    next_hour = run_ingest(
        settings, ["one"], as_of=at + timedelta(minutes=45), trigger="schedule:incremental"
    )
    assert next_hour.status == "completed"


@pytest.mark.parametrize(
    ("ids", "said"), [(["nope"], "no portal nope"), (["sample", "x"], "clock of its own")]
)
def test_wrong_portals_are_refused_before_anything_is_asked(settings, ids, said):
    with pytest.raises(UsageError, match=said):
        run_ingest(settings, ids)
    assert not settings.data_dir.exists()
