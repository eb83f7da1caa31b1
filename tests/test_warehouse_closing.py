"""What the end of a run and of a day tidies up."""

import pytest
from readings import at, entry, fresh, front, load

from newsduck import warehouse
from newsduck.items import Run
from newsduck.warehouse import closing
from newsduck.warehouse.connect import connect

GROUPS = "select count(distinct row_group_id) from pragma_storage_info('headlines')"


@pytest.fixture
def settings(tmp_path):
    """A warehouse after three loads."""
    settings = fresh(tmp_path)
    for hour in range(3):
        load(settings, front(hour, [entry(hour)]), run_id=f"{hour}")
    return settings


def ask(settings, sql):
    with connect(settings) as connection:
        return connection.execute(sql).fetchall()


def finish(settings, run_id):
    run = Run(run_id=run_id, started_at=at(0), finished_at=at(1), status="completed")
    with warehouse.lock(settings):
        warehouse.finish_run(settings, run)


def test_a_load_writes_its_own_row_groups_and_a_run_now_and_then_joins_them(settings, monkeypatch):
    texts = ask(settings, "select text from headlines order by all")
    assert ask(settings, GROUPS) == [(3,)]
    finish(settings, "2")
    assert ask(settings, GROUPS) == [(3,)]
    monkeypatch.setattr(closing, "TIDY_RUNS", 3)
    finish(settings, "2")
    assert ask(settings, GROUPS) == [(1,)]
    assert ask(settings, "select text from headlines order by all") == texts


def test_the_daily_maintenance_joins_them_too_even_if_no_article_came(settings):
    with warehouse.lock(settings):
        assert warehouse.compact(settings) == 0
    assert ask(settings, GROUPS) == [(1,)]
