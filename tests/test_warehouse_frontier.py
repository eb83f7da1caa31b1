"""What is read next: front pages with validators, articles when they are due, failures with growing gaps."""

from importlib import import_module

import pytest
from readings import FRONT, PORTAL, at, entry, fresh, front, load, outcome, story, url

from newsduck import warehouse


@pytest.fixture
def settings(tmp_path):
    return fresh(tmp_path)


def due(settings, hour):
    with warehouse.lock(settings):
        return warehouse.frontier(settings, [PORTAL], at(hour))


def names(targets):
    return [target.url.rsplit("/", 1)[1].removesuffix(".html") for target in targets]


def test_front_pages_come_always_with_the_validators_of_their_last_good_answer(settings):
    assert [(target.kind, target.url, target.etag) for target in due(settings, 0)] == [("front", FRONT, None)]
    told = {"etag": '"a"', "last_modified": "Mon", "body_digest": "sha1:A"}
    load(settings, front(0, [entry(1)]), more=told)
    load(settings, others=[outcome(FRONT, 1, "http-error", etag='"broken"')])
    load(settings, others=[outcome(FRONT, 2, "quarantined", body_digest="sha1:B")])
    (target,) = due(settings, 3)
    assert (target.etag, target.last_modified, target.body_digest) == ('"a"', "Mon", "sha1:A")


def test_articles_are_read_again_after_1_6_and_24_hours_while_they_stand_on_a_list(settings):
    load(settings, front(0, [entry(1), entry(2, 2)]))
    load(settings, story(1, 0), story(2, 0), run_id="r", round_number=1)
    read_at = []
    for hour in range(1, 30):
        load(settings, front(hour - 0.5, [entry(1)])) if hour == 3 else None
        again = due(settings, hour)[1:]
        if again:
            read_at.append((hour, names(again)))
            load(settings, *(story(name, hour) for name in names(again)))
    assert read_at == [(1, ["1", "2"]), (6, ["1"]), (24, ["1"])]


def test_a_late_start_reads_once_and_not_three_times(settings):
    load(settings, front(0, [entry(1)]), story(1, 0))
    assert names(due(settings, 30)[1:]) == ["1"]
    load(settings, others=[outcome(url(1), 30, "not-modified")])
    assert due(settings, 31)[1:] == []


def test_new_addresses_are_stories_in_the_order_of_the_list_up_to_max_pages(settings):
    entries = [entry(name, rank) for rank, name in enumerate("dbca", 1)]
    portal = PORTAL.model_copy(update={"article_urls": (r"/[a-c]\.html$",), "max_pages": 2})
    found = load(settings, front(0, entries), portal=portal, run_id="r").new_addresses
    assert names(found) == ["b", "c"]
    load(settings, story("b", 0), story("c", 0), run_id="r", round_number=1, portal=portal)
    told = load(settings, others=[outcome(FRONT, 1, "not-modified")], portal=portal).new_addresses
    assert names(told) == ["a"]


def test_a_failed_address_is_tried_again_with_growing_gaps_and_not_for_ever(settings, monkeypatch):
    monkeypatch.setattr(import_module("newsduck.warehouse.frontier"), "RETRY_HOURS", (1, 2))
    load(settings, front(0, [entry(1)]))
    tried = []
    for hour in (0, 1, 2, 3, 5, 100):
        if load(settings, others=[outcome(FRONT, hour + 0.5, "unchanged")]).new_addresses:
            tried.append(hour)
            load(settings, others=[outcome(url(1), hour + 0.5, "timeout")])
    assert tried == [0, 1, 3]


def test_what_article_pages_list_makes_no_new_addresses(settings):
    page = front(0, [entry(5)], url(1))
    assert load(settings, page, run_id="r", round_number=1).new_addresses == ()
