import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import DROUGHT, FERRY, MORNING, article, lines, newsroom

from newsduck.addresses import canonical, key
from newsduck.deduplicate import judge, sign
from newsduck.items import Article, Known, Outcome, ParsedPage, Run
from newsduck.portals import Portal
from newsduck.settings import Settings
from newsduck.warehouse.copies import RANGES, VECTOR, _ranges, known
from newsduck.warehouse.load import load
from newsduck.warehouse.lock import lock

PORTALS = [
    Portal(id=f"portal-{number}", name="样例", front_pages=(f"http://p{number}.example/",))
    for number in range(3)
]


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path, threads=1)


def ingest(settings: Settings, articles: list[Known], run_id: str) -> list[Known]:
    """One round of a run: what is known is asked, judged with, and loaded."""
    pages = [page(one) for one in articles]
    new = [replace(one, article_id=key(canonical(one.url))) for one in articles]
    signatures = [sign(one.article_id, one.title, one.body) for one in new]
    with lock(settings):
        before = known(settings, signatures)
        load(
            settings,
            run=Run(run_id=run_id, started_at=MORNING, trigger="test"),
            round_number=1,
            outcomes=[
                Outcome(portal=p.portal, url=p.url, disposition="loaded", fetched_at=p.fetched_at)
                for p in pages
            ],
            pages=pages,
            signatures=signatures,
            verdicts=judge(new, before, signatures),
            portals=PORTALS,
        )
    return before


def page(one: Known) -> ParsedPage:
    return ParsedPage(
        portal=one.portal,
        url=one.url,
        final_url=one.url,
        fetched_at=one.first_seen_at,
        article=Article(
            title=one.title,
            body=one.body,
            published_at=one.published_at,
            published_precision=one.published_precision,
            source=one.source,
        ),
    )


def marks(settings: Settings) -> dict[str, tuple[str, str | None, str | None, float | None]]:
    """Address → address of the story's first, of the original, rule, similarity."""
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as connection:
        rows = connection.execute(
            "select a.url, s.url, o.url, a.copy_rule, a.copy_similarity from articles a "
            "left join articles s on s.article_id = a.story_id "
            "left join articles o on o.article_id = a.copy_of"
        ).fetchall()
    return {row[0]: row[1:] for row in rows}


def rounds(articles: list[Known], seed: int) -> list[list[Known]]:
    """The articles in any order, in one to four rounds."""
    random = Random(seed)
    shuffled = random.sample(articles, len(articles))
    cuts = sorted(random.sample(range(1, len(articles)), random.randint(0, 3)))
    return [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(articles)], strict=True)]


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_arrival_ends_in_the_same_stories(settings, seed):
    articles = newsroom()
    urls = {one.article_id: one.url for one in articles}
    expected = {
        urls[v.article_id]: (urls[v.story_id], urls.get(v.copy_of), v.copy_rule, v.copy_similarity)
        for v in judge(articles, [])
    }
    for number, batch in enumerate(rounds(articles, seed)):
        ingest(settings, batch, f"run-{number}")
    assert marks(settings) == expected
    assert sum(1 for _, original, *_ in expected.values() if original) == 8


def test_an_earlier_one_that_turns_up_later_moves_all_pointers_of_its_story(settings):
    first, second, third = (article(n, "渡口", FERRY + f"（{n}）", hours=n) for n in (1, 2, 3))
    ingest(settings, [second, third], "one")
    assert marks(settings)[third.url][1] == second.url
    ingest(settings, [first], "two")
    found = marks(settings)
    assert {row[0] for row in found.values()} == {first.url}
    assert [found[one.url][1] for one in (first, second, third)] == [None, first.url, first.url]


def test_the_same_round_twice_changes_nothing(settings):
    articles = newsroom()
    ingest(settings, articles, "one")
    before = marks(settings)
    ingest(settings, articles, "two")
    assert marks(settings) == before
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as connection:
        times = connection.execute(
            "select max(n) from (select count(*) as n from signature_bands group by article_id, band)"
        )
        assert times.fetchone() == (1,)


def test_a_copy_stays_a_copy_when_it_is_read_again_after_the_window(settings):
    original, copy = article(1, "渡口", FERRY), article(2, "渡口复航", FERRY, hours=2)
    ingest(settings, [original, copy], "one")
    ingest(settings, [article(3, "旱情", DROUGHT, hours=24 * 30)], "two")
    ingest(settings, [replace(copy, first_seen_at=MORNING + timedelta(days=30))], "three")
    assert marks(settings)[copy.url][1] == original.url


def test_what_is_older_than_the_window_is_not_asked_for(settings):
    ingest(settings, [article(1, "渡口", FERRY), article(2, "旱情", DROUGHT, hours=24 * 20)], "one")
    late = article(3, "渡口", FERRY, hours=24 * 20)
    assert ingest(settings, [late], "two") == []
    assert marks(settings)[late.url][1] is None


def test_what_meets_nothing_new_comes_without_its_text(settings):
    whole = article(1, "渡口", FERRY)
    head, tail = (
        article(n, "渡口", lines(FERRY, *which), hours=n) for n, which in ((2, (0, 1, 2)), (3, (3, 4, 5)))
    )
    ingest(settings, [whole, head, tail], "one")
    asked = article(4, "渡船", lines(FERRY, 0, 1), hours=5)
    found = ingest(settings, [asked], "two")
    assert {one.url: bool(one.body) for one in found} == {whole.url: True, head.url: True, tail.url: False}


def test_the_views_show_who_says_it_is_whose_beside_who_had_it_first(settings):
    first = article(1, "渡口", FERRY, source="银滩日报")
    copy = article(2, "渡口复航", FERRY, hours=2, source="柳湾晚报")
    again = article(3, "渡 口", FERRY, hours=3)
    ingest(settings, [first, copy, again], "one")
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as connection:
        rows = connection.execute(
            "select source, original_source, lag, is_retitled, copy_similarity from copies "
            "order by first_seen_at"
        ).fetchall()
        stories = connection.execute("select portal, portal_count, articles, titles from stories").fetchall()
    assert rows == [
        ("柳湾晚报", "银滩日报", timedelta(hours=2), True, 1.0),
        (None, "银滩日报", timedelta(hours=3), False, 1.0),
    ]
    assert stories == [("portal-1", 3, 3, ["渡 口", "渡口", "渡口复航"])]


@given(st.lists(st.integers(0, 3_000_000), max_size=900))
def test_of_a_long_table_a_few_pieces_are_read_that_hold_every_place(places):
    told = _ranges(np.array(places, dtype=np.int64))
    pieces = [tuple(map(int, re.findall(r"\d+", piece))) for piece in told.split(" or ")] if places else []
    assert len(pieces) <= RANGES
    assert all(any(first <= place < end for first, end in pieces) for place in places)
    assert all(before[1] < after[0] for before, after in pairwise(pieces))
    if len(places) < RANGES:
        assert sum(end - first for first, end in pieces) <= len(places) * VECTOR


def test_nothing_asked_is_nothing_known(settings):
    assert known(settings, []) == []
