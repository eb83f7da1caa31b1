"""Teasers of one portal that are one text, cut here and there, are one headline."""

from itertools import pairwise
from random import Random

import duckdb
import pytest
from readings import ask, at, entry, fresh, front, load, outcome, story

OTHER = "http://news.example/list.html"
WHOLE = "9月12日湖岸资本减持南岭水务306.4万股每股作价3.98元此后不再持股"
TABLES = {
    "headlines": "* exclude (run_id)",
    "placements": "*",
    "sightings": "*",
    "readings": "* exclude (run_id)",
    "printed_headlines": "* exclude (run_id)",
    "printed_placements": "*",
}
HEADLINES = "select text, is_truncated from headlines order by text"
STAYS = """select h.text, p.list_url, p.on_at, p.off_at, p.first_rank, p.last_rank, p.sightings
from placements p join headlines h using (headline_id) order by p.list_url, p.on_at, h.text"""


@pytest.fixture
def settings(tmp_path):
    return fresh(tmp_path)


def teaser(text, rank=1, *, cut=True, **more):
    return entry(0, rank, text=text, url=None, is_truncated=cut, **more)


def test_two_lists_that_cut_a_teaser_at_different_columns_hold_one_headline(settings):
    load(settings, front(0, [teaser(WHOLE[:33])]), front(0, [teaser(WHOLE[:20])], OTHER))
    assert ask(settings, HEADLINES) == [(WHOLE[:33], True)]
    assert {row[:2] for row in ask(settings, STAYS)} == {(WHOLE[:33], OTHER), (WHOLE[:33], front(0, []).url)}
    history = ask(settings, "select text, sightings from headline_history('湖岸资本')")
    assert history == [(WHOLE[:33], 1)] * 2


@pytest.mark.parametrize("widths", [(33, 20, 20, 33), (20, 33, 33, 20)])
def test_a_list_that_is_cut_at_other_columns_from_hour_to_hour_holds_it_in_one_unbroken_stay(
    settings, widths
):
    ids = set()
    for hour, letters in enumerate(widths):
        load(settings, front(hour, [teaser("柳湾晚报今日导读"), teaser(WHOLE[:letters], 2 + hour)]))
        ids |= set(ask(settings, f"select headline_id from headlines where text like '{WHOLE[:9]}%'"))
    stays = [row for row in ask(settings, STAYS) if row[0] == WHOLE[:33]]
    assert stays == [(WHOLE[:33], front(0, []).url, at(0), None, 2, 5, 4)]
    assert len(ids) == 1
    then = ask(settings, f"select text, rank from front_page('{front(0, []).url}', '{at(1)}') where rank > 1")
    assert then == [(WHOLE[:33], 3)]


def test_the_whole_text_is_cut_no_more(settings):
    load(settings, front(0, [teaser(WHOLE[:20])]))
    load(settings, front(1, [teaser(WHOLE, cut=False)], OTHER))
    assert ask(settings, HEADLINES) == [(WHOLE, False)]
    seen = ask(settings, "select first_seen_at, last_seen_at from headlines")
    assert seen == [(at(0), at(1))]


def test_what_begins_two_texts_stays_open_also_when_the_second_comes_later(settings):
    first, second = WHOLE[:33], WHOLE[:21] + "之后又卖出柳湾纸业"
    load(settings, front(0, [teaser(first)]), front(0, [teaser(WHOLE[:20])], OTHER))
    assert len(ask(settings, HEADLINES)) == 1
    load(settings, front(1, [teaser(first), teaser(second, 2)]), front(1, [teaser(WHOLE[:20])], OTHER))
    assert [row[0] for row in ask(settings, HEADLINES)] == sorted([WHOLE[:20], first, second])
    assert [row[2:4] for row in ask(settings, STAYS) if row[0] == WHOLE[:20]] == [(at(0), None)]
    assert ask(settings, "select count(*) from printed_headlines") == [(0,)]


def test_what_begins_an_article_that_the_longer_one_does_not_begin_stays_open(settings):
    load(settings, front(0, [teaser(WHOLE[:33])]), front(0, [teaser(WHOLE[:20])], OTHER))
    bodies = [f"{WHOLE[:22]}{rest}。\n桥还在。" for rest in ("之后又卖出柳湾纸业", "之前已卖出松浦乳业")]
    load(settings, *(story(number, 1, body) for number, body in enumerate(bodies, 1)))
    assert len(ask(settings, HEADLINES)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (teaser("湖岸资本减持", 1), teaser("湖岸资本减持南岭水务", 1)),
        (teaser("湖岸资本减持南岭水务", 1, cut=False), teaser("湖岸资本减持南岭水务之后", 1)),
        (teaser(WHOLE[:20]), teaser(WHOLE[:19] + "又卖出柳湾纸业")),
        (teaser(WHOLE[:20], published_at=at(-40)), teaser(WHOLE[:33], published_at=at(-1))),
        (entry(1, text=WHOLE[:20], is_truncated=True), teaser(WHOLE[:33])),
    ],
    ids=["too short", "another title", "another text", "another day", "with an address"],
)
def test_others_are_headlines_of_their_own(settings, one, other):
    load(settings, front(0, [one]), front(0, [other], OTHER))
    assert len(ask(settings, HEADLINES)) == 2


def test_what_stood_there_days_before_is_another_one(settings):
    load(settings, front(0, [teaser(WHOLE[:20])]))
    load(settings, front(1, []), front(26, [teaser(WHOLE[:33])], OTHER))
    assert len(ask(settings, HEADLINES)) == 2
    load(settings, front(27, [teaser(WHOLE[:20])]))
    assert ask(settings, HEADLINES) == [(WHOLE[:33], True)]


def test_an_article_is_found_by_the_longer_text_for_both(settings):
    load(settings, front(0, [teaser(WHOLE[:33])]), front(0, [teaser(WHOLE[:20])], OTHER))
    load(settings, story(1, 1, WHOLE + "。\n桥还在。"))
    linked = "select h.text, h.link_rule, a.url from headlines h join articles a using (article_id)"
    assert ask(settings, linked) == [(WHOLE[:33], "lead-start", story(1, 0).url)]
    load(settings, front(2, [teaser(WHOLE[:20])], OTHER))
    assert ask(settings, linked) == [(WHOLE[:33], "lead-start", story(1, 0).url)]


def test_a_list_that_did_not_change_keeps_its_headline(settings):
    load(settings, front(0, [teaser(WHOLE[:33])]))
    load(settings, front(1, [teaser(WHOLE[:20])]))
    load(settings, others=[outcome(front(0, []).url, 2, "not-modified")])
    assert ask(settings, STAYS) == [(WHOLE[:33], front(0, []).url, at(0), None, 1, 1, 3)]
    assert ask(settings, "select last_seen_at from headlines") == [(at(2),)]


def everything(settings):
    """All rows of the tables, in an order of their own."""
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as connection:
        asked = {name: f"select {what} from {name}" for name, what in TABLES.items()}
        return {name: sorted(map(repr, connection.execute(sql).fetchall())) for name, sql in asked.items()}


def hours(seed):
    """Ten hours of two lists, that cut at changing columns texts which begin alike."""
    random = Random(seed)
    texts = [WHOLE, WHOLE[:21] + "之后又卖出柳湾纸业", "柳湾晚报今日导读渡口复航", "柳湾晚报今日导读"]
    pages = []
    for hour in range(10):
        for address in (front(0, []).url, OTHER):
            letters = random.choice([12, 17, 20, 24, 33, 60])
            shown = random.sample(texts, random.randint(0, 3))
            entries = [
                teaser(text[:letters], rank, cut=letters < len(text), section=random.choice(["要闻", None]))
                for rank, text in enumerate(texts, 1)
                if text in shown
            ]
            if random.random() < 0.7:
                pages.append(front(hour, entries, address))
    return pages


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_arrival_ends_in_the_same_headlines(tmp_path, seed):
    pages, found = hours(seed), []
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        settings = fresh(folder)
        order = Random(number).sample(pages, len(pages)) if number else pages
        cuts = sorted(Random(number).sample(range(1, len(pages)), 5))
        for start, end in pairwise([0, *cuts, len(pages)]):
            load(settings, *order[start:end])
        found.append(everything(settings))
        load(settings, *order[: len(order) // 2], run_id="again")
        assert everything(settings) == found[-1]
    assert found[0]["printed_headlines"]
    assert found[1] == found[0]
    assert found[2] == found[0]


def test_a_headline_that_a_second_text_comes_for_was_new_once(settings):
    assert load(settings, front(0, [teaser(WHOLE[:20])])).headlines_new == 1
    assert load(settings, front(1, [teaser(WHOLE[:33])])).headlines_new == 0
