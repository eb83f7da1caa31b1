"""A round is loaded once, wholly, and in whatever order rounds come."""

from dataclasses import replace
from importlib import import_module

import pytest
from readings import FRONT, PORTAL, ask, at, entry, fresh, front, load, outcome, story, url

from newsduck import warehouse
from newsduck.errors import Terminal
from newsduck.items import Run, Verdict
from newsduck.warehouse import statements


@pytest.fixture
def settings(tmp_path):
    return fresh(tmp_path, lock_timeout=0)


def test_a_round_loaded_twice_changes_nothing_and_answers_the_same(settings):
    pages = [front(0, [entry(1), entry(2, 2)]), story(1, 0)]
    first = load(settings, *pages, run_id="r")
    before = ask(settings, "select * from placements"), ask(settings, "from runs")
    assert load(settings, *pages, run_id="r") == first
    assert (ask(settings, "select * from placements"), ask(settings, "from runs")) == before
    assert first.headlines_new == 2
    assert first.articles_new == 1


def test_a_wording_that_changes_becomes_a_version_and_white_space_does_not(settings):
    load(settings, story(1, 0, "湖水涨了。"))
    load(settings, story(1, 1, "湖水 涨了。\n"))
    changed = load(settings, story(1, 2, "湖水退了。"))
    assert changed.articles_changed == 1
    assert ask(settings, "select version, body from article_versions order by version") == [
        (1, "湖水涨了。"),
        (2, "湖水退了。"),
    ]
    assert ask(settings, "select version, body, first_seen_at, changed_at, last_seen_at from articles") == [
        (2, "湖水退了。", at(0), at(2), at(2))
    ]


def test_a_wording_that_returns_is_no_third_one(settings):
    for hour, body in enumerate(["甲文。", "乙文。", "甲文。"]):
        load(settings, story(1, hour, body))
    assert ask(settings, "select version, body from articles") == [(1, "甲文。")]
    assert ask(settings, "select count(*) from article_versions") == [(2,)]


def test_an_older_page_adds_its_wording_and_overwrites_nothing(settings):
    load(settings, story(1, 5, "新的。", source="新华网"))
    load(settings, story(1, 2, "旧的。", source="旧闻网"))
    assert ask(settings, "select body, source, first_seen_at, last_seen_at from articles") == [
        ("新的。", "新华网", at(2), at(5))
    ]
    assert ask(settings, "select body, seen_at from article_versions order by seen_at") == [
        ("旧的。", at(2)),
        ("新的。", at(5)),
    ]


def test_the_same_page_read_by_a_better_parser_corrects_its_wording(settings):
    load(settings, story(1, 0, "湖水涨了。扫一扫"), run_id="first")
    load(settings, story(1, 0, "湖水涨了。", source="湖报"), run_id="replay")
    assert ask(settings, "select version, body, source from articles") == [(1, "湖水涨了。", "湖报")]
    assert ask(settings, "select version, body from article_versions") == [(1, "湖水涨了。")]


def test_a_304_later_does_not_keep_a_better_parser_from_the_page(settings):
    load(settings, story(1, 0, "湖水涨了。扫一扫"), run_id="first")
    load(settings, others=[outcome(url(1), 1, "not-modified", status=304)], run_id="second")
    load(settings, others=[outcome(url(1), 2, "http-error", status=404)], run_id="third")
    load(settings, story(1, 0, "湖水涨了。", source="湖报"), run_id="replay")
    assert ask(settings, "select body, source, read_at, last_seen_at, gone_at from articles") == [
        ("湖水涨了。", "湖报", at(0), at(1), at(2))
    ]


def test_one_batch_may_hold_many_readings_of_a_story(settings):
    load(settings, story(1, 2, "丙。"), story(1, 0, "甲。"), story(1, 1, "乙。"))
    assert ask(settings, "select version, body, first_seen_at from articles") == [(3, "丙。", at(0))]
    assert ask(settings, "select string_agg(body, '' order by version) from article_versions") == [
        ("甲。乙。丙。",)
    ]


def test_each_address_has_one_outcome_and_parsed_ones_are_judged(settings):
    first = [front(0, [entry(1)]), story(1, 0), story(2, 0)]
    load(settings, *first, others=[outcome(url(3), 0, "http-error", status=404)], run_id="a")
    told = load(
        settings,
        front(1, [entry(1)]),
        story(1, 1),
        story(2, 1, "改写了。"),
        replace(story(4, 1), article=None),
        run_id="b",
    )
    assert told.outcomes == {"unchanged": 2, "loaded": 1, "empty": 1}
    assert ask(
        settings, "select run_id, count(*), count(distinct url) from outcomes group by 1 order by 1"
    ) == [
        ("a", 4, 4),
        ("b", 4, 4),
    ]


def test_a_list_where_something_came_or_went_is_loaded(settings):
    load(settings, front(0, [entry(1), entry(2, 2)]))
    assert load(settings, front(1, [entry(2), entry(1, 2)])).outcomes == {"unchanged": 1}
    assert load(settings, front(2, [entry(2)])).outcomes == {"loaded": 1}
    assert load(settings, front(3, [entry(2), entry(1, 2)])).outcomes == {"loaded": 1}


def test_an_article_that_is_gone_says_since_when_until_it_is_back(settings):
    load(settings, story(1, 0))
    load(settings, others=[outcome(url(1), 1, "http-error", status=404)])
    load(settings, others=[outcome(url(1), 2, "http-error", status=404)])
    assert ask(settings, "select gone_at, last_seen_at from articles") == [(at(1), at(0))]
    load(settings, others=[outcome(url(1), 3, "not-modified", status=304)])
    assert ask(settings, "select gone_at, last_seen_at from articles") == [(None, at(3))]


def test_verdicts_mark_new_articles_and_known_ones(settings):
    load(settings, story(1, 0))
    ((known,),) = ask(settings, "select article_id from articles")
    load(
        settings, story(2, 1), verdicts=[Verdict(article_id=known, story_id=9, copy_of=9, copy_rule="exact")]
    )
    assert ask(settings, "select copy_of, copy_rule, story_id from articles order by first_seen_at") == [
        (9, "exact", 9),
        (None, None, None),
    ]
    load(settings, story(1, 2, "改写。"))
    assert ask(settings, "select copy_of, body from articles where copy_of is not null") == [(9, "改写。")]


def test_runs_sum_up_their_rounds(settings):
    load(settings, front(0, [entry(1), entry(2, 2)]), run_id="r")
    load(settings, story(1, 0), story(2, 0), run_id="r", round_number=1)
    run = Run(run_id="r", started_at=at(0), finished_at=at(0.1), status="completed")
    with warehouse.lock(settings):
        warehouse.finish_run(settings, run)
    counts = "rounds, addresses, articles_new, headlines_new, status"
    assert ask(settings, f"select {counts} from runs") == [(2, 3, 2, 2, "completed")]
    assert warehouse.runs(settings, 5) == [run]


def test_a_load_that_would_break_an_invariant_is_undone(settings, monkeypatch):
    load(settings, story(1, 0))
    twice = "insert into articles by name select * from articles"
    monkeypatch.setattr(
        import_module("newsduck.warehouse.load"),
        "statement",
        lambda name: twice if name == "load/summary" else statements.statement(name),
    )
    with pytest.raises(Terminal, match="an article stands twice"):
        load(settings, story(1, 1, "改写。"))
    assert ask(settings, "select body, version from articles") == [("湖水涨了。\n桥还在。", 1)]
    assert ask(settings, "select count(*) from loads") == [(1,)]


def test_nothing_to_load_is_a_round_too(settings):
    told = load(settings, others=[outcome(FRONT, 0, "timeout")])
    assert told.outcomes == {"timeout": 1}
    assert ask(settings, "select name, front_pages from portals") == [(PORTAL.name, [FRONT])]
