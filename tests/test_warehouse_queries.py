"""Questions that are none are told to people in words."""

import pytest
from readings import ask, fresh, load, story

from newsduck import warehouse
from newsduck.errors import UsageError


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    settings = fresh(tmp_path_factory.mktemp("queries"))
    load(settings, story(1, 0), run_id="first")
    load(settings, story(1, 1), run_id="second")
    warehouse.publish(settings)
    return settings


@pytest.mark.parametrize("sql", ["", "  \n", "-- 只有注释", "/* a comment */", ";"])
def test_a_query_without_a_statement_says_so(settings, sql):
    with pytest.raises(UsageError, match="there is no statement to run"):
        warehouse.query(settings, sql)


def test_a_comment_before_a_statement_is_no_fault(settings):
    assert ask(settings, "-- 文章数\nselect count(*) from articles;") == [(1,)]


def test_runs_are_counted_from_one(settings):
    assert [run.run_id for run in warehouse.runs(settings, 1)] == ["second"]
    for limit in (0, -1):
        with pytest.raises(UsageError, match="ask for one or more"):
            warehouse.runs(settings, limit)
