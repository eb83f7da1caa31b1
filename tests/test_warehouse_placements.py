"""A placement is an unbroken stay, whatever readings come, in whatever order."""

from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from readings import FRONT, ask, at, entry, fresh, front, load, outcome

STAYS = """
    select text, section, on_at, off_at, p.last_seen_at, first_rank, best_rank, last_rank, sightings
    from placements p join headlines using (headline_id) order by text, section, on_at
"""


@pytest.fixture
def settings(tmp_path):
    return fresh(tmp_path)


def stays(settings):
    return [row[2:] for row in ask(settings, STAYS)]


def test_a_headline_that_keeps_its_list_extends_its_row(settings):
    for hour, rank in enumerate([3, 1, 2]):
        load(settings, front(hour, [entry(1, rank)]))
    assert stays(settings) == [(at(0), None, at(2), 3, 1, 2, 3)]


def test_one_that_leaves_closes_it_and_one_that_returns_opens_another(settings):
    for hour, entries in enumerate([[entry(1)], [entry(2)], [entry(2), entry(1, 2)]]):
        load(settings, front(hour, entries))
    assert stays(settings)[:2] == [(at(0), at(1), at(0), 1, 1, 1, 1), (at(2), None, at(2), 2, 2, 2, 1)]


def test_only_a_list_that_was_read_closes_anything(settings):
    load(settings, front(0, [entry(1)]))
    for hour, word in enumerate(["http-error", "timeout", "quarantined", "robots", "undecodable"], 1):
        load(settings, others=[outcome(FRONT, hour, word)])
    load(settings, front(6, []))
    assert stays(settings) == [(at(0), None, at(0), 1, 1, 1, 1)]


def test_a_list_that_did_not_change_extends_all_its_stays(settings):
    load(settings, front(0, [entry(1), entry(2, 2)]))
    load(settings, others=[outcome(FRONT, 1, "not-modified")])
    load(settings, others=[outcome(FRONT, 2, "unchanged")])
    assert stays(settings) == [(at(0), None, at(2), 1, 1, 1, 3), (at(0), None, at(2), 2, 2, 2, 3)]
    assert ask(settings, "select distinct last_seen_at from headlines") == [(at(2),)]


def test_an_entry_in_two_sections_stays_in_each(settings):
    load(settings, front(0, [entry(1), entry(1, 5, section="体育")]))
    load(settings, front(1, [entry(1, 4, section="体育")]))
    assert stays(settings) == [(at(0), None, at(1), 5, 4, 4, 2), (at(0), at(1), at(0), 1, 1, 1, 1)]


def test_a_reading_that_comes_late_splits_and_joins_stays(settings):
    load(settings, front(0, [entry(1)]))
    load(settings, front(2, [entry(1)]))
    load(settings, front(1, [entry(2)]))
    assert stays(settings) == [
        (at(0), at(1), at(0), 1, 1, 1, 1),
        (at(2), None, at(2), 1, 1, 1, 1),
        (at(1), at(2), at(1), 1, 1, 1, 1),
    ]


def test_a_page_read_again_by_a_better_parser_corrects_its_reading(settings):
    for hour in range(3):
        load(settings, front(hour, [entry(1), entry("广告", 2)]), run_id=f"{hour}")
    for hour in range(3):
        load(settings, front(hour, [entry(1)]), run_id=f"replay {hour}")
    assert stays(settings) == [(at(0), None, at(2), 1, 1, 1, 3)]


LISTED = """
    select list_url, text, on_at, off_at, p.last_seen_at, sightings
    from placements p join headlines using (headline_id) order by text, on_at
"""
READINGS = st.dictionaries(
    st.integers(0, 7), st.one_of(st.none(), st.sets(st.integers(1, 3), min_size=1)), min_size=1, max_size=6
)
LISTS = st.lists(
    READINGS.flatmap(lambda told: st.tuples(st.just(told), st.permutations(list(told)))), min_size=20
)


@given(lists=LISTS, batch=st.integers(1, 3))
@hypothesis_settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
def test_stays_are_what_the_readings_say(lists, batch):
    """Many lists, each with readings in an order of its own; None is a reading that failed."""
    with TemporaryDirectory() as folder:
        settings = fresh(Path(folder))
        for step in range(0, 6, batch):
            pages, failed = [], []
            for number, (told, order) in enumerate(lists):
                for hour in order[step : step + batch]:
                    if told[hour] is None:
                        failed.append(outcome(f"{FRONT}{number}/", hour, "timeout"))
                    else:
                        entries = [entry(name, name) for name in sorted(told[hour])]
                        pages.append(front(hour, entries, f"{FRONT}{number}/"))
            if pages or failed:
                load(settings, *pages, others=failed, run_id=f"{step}")
        rows = ask(settings, LISTED)
    for number, (told, _) in enumerate(lists):
        found = [(row[1][1], *row[2:]) for row in rows if row[0] == f"{FRONT}{number}/"]
        assert found == expected(told)


def expected(readings):
    """The stays that a reader with a pencil finds: name, on, off, last seen, sightings."""
    read = [hour for hour in sorted(readings) if readings[hour]]
    found = []
    for name in (1, 2, 3):
        for stands, run in groupby(range(len(read)), key=lambda i: name in readings[read[i]]):
            hours = list(run)
            if stands:
                after = hours[-1] + 1
                off = at(read[after]) if after < len(read) else None
                found.append((str(name), at(read[hours[0]]), off, at(read[hours[-1]]), len(hours)))
    return found
