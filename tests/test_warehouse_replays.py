"""What is told again is counted once: failures, attempts, further pages."""

import pytest
from readings import ask, at, front, load, outcome, story, url
from readings import entry as listed

from newsduck import warehouse
from newsduck.items import Run
from newsduck.settings import Settings

FAILED = outcome(url(3), 1, "timeout", elapsed_ms=900)


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path, threads=1)


def replayed(settings, run_id):
    """Say of a run that it was a replay."""
    with warehouse.lock(settings):
        run = Run(run_id=run_id, started_at=at(9), trigger="replay", code_version="1", status="completed")
        warehouse.finish_run(settings, run)


def test_a_failed_attempt_that_is_told_again_is_no_second_failure(settings):
    failures = "select failures, last_tried_at from addresses where disposition = 'timeout'"
    load(settings, others=[FAILED], run_id="first")
    load(settings, others=[FAILED], run_id="replay")
    assert ask(settings, failures) == [(1, at(1))]
    load(settings, others=[outcome(url(3), 2, "timeout")])
    assert ask(settings, failures) == [(2, at(2))]
    load(settings, others=[FAILED], run_id="another replay")
    assert ask(settings, failures) == [(2, at(2))]


def test_a_replay_is_no_further_attempt(settings):
    pages = front(1, [listed(1)]), story(1, 1)
    load(settings, *pages, others=[FAILED], run_id="first")
    before = ask(settings, "from portal_health")
    for run_id in ("replay", "another replay"):
        load(settings, *pages, others=[FAILED], run_id=run_id)
        replayed(settings, run_id)
        assert ask(settings, "from portal_health") == before
    assert ask(settings, "select addresses, loaded, unreachable from portal_health") == [(3, 2, 1)]


def test_attempts_that_only_a_replay_tells_of_are_counted_once_as_first_told(settings):
    for run_id in ("replay", "another replay"):
        load(settings, story(1, 1), others=[FAILED], run_id=run_id)
        replayed(settings, run_id)
    load(settings, story(2, 1), run_id="a run that never ended")
    assert ask(settings, "select addresses, loaded, unchanged from portal_health") == [(3, 2, 0)]


def test_a_further_page_is_unchanged_when_its_bytes_are_or_younger_ones_are_known(settings):
    def told(hour, digest):
        page = outcome(url("1_2"), hour, kind="page", body_digest=digest)
        return dict(load(settings, others=[page]).outcomes)

    assert told(1, "a") == {"loaded": 1}
    assert told(1, "a") == {"unchanged": 1}
    assert told(2, "a") == {"unchanged": 1}
    assert told(3, "b") == {"loaded": 1}
    assert told(1, "a") == {"unchanged": 1}
