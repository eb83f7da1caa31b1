from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import DROUGHT, FERRY, MORNING, THEATRE, article, lines, newsroom

from newsduck.deduplicate import judge, sign
from newsduck.items import Known, Verdict


def copies(*articles: Known) -> dict[int, int | None]:
    """Article → its original."""
    return {verdict.article_id: verdict.copy_of for verdict in judge(articles, [])}


def marked(articles: list[Known], verdicts: list[Verdict]) -> list[Known]:
    """The articles as the warehouse would hand them out after these verdicts."""
    by_id = {verdict.article_id: verdict for verdict in verdicts}
    fields = ("copy_of", "copy_rule", "copy_similarity", "story_id", "nearest")
    return [
        replace(one, **{name: getattr(by_id[one.article_id], name) for name in fields})
        if one.article_id in by_id
        else one
        for one in articles
    ]


def test_a_signature_is_the_same_however_the_text_is_spelled():
    spelled = FERRY.replace("，", ", ").replace("\n", "\n\n\u3000\u3000")
    assert sign(1, "渡口", FERRY) == sign(1, "Ferry", spelled)
    assert sign(1, "渡口", FERRY).text_key != sign(1, "渡口", DROUGHT).text_key
    assert len(sign(1, "渡口", FERRY).bands) == 40


def test_a_part_shares_keys_with_the_whole_in_proportion_to_its_size():
    whole = set(sign(1, "渡口", f"{FERRY}\n{DROUGHT}\n{THEATRE}").bands)
    part = set(sign(2, "旱情", DROUGHT).bands)
    assert len(whole & part) >= 8
    assert not part & set(sign(3, "渡口", FERRY).bands)


@pytest.mark.parametrize("body", ["", "点击查看", "。，！\n\u3000", "本文来源于网络"])
def test_an_empty_or_tiny_body_is_no_copy_of_another(body):
    assert sign(1, "图", body).text_key != sign(2, "图", body).text_key
    assert sign(1, "图", body).bands == ()
    assert copies(article(1, "图", body), article(2, "图", body)) == {1: None, 2: None}


def test_the_earliest_is_the_original_and_no_copy_points_to_a_copy():
    found = copies(*(article(n, "渡口", FERRY + f"第{n}版", hours=n) for n in (4, 2, 3, 1)))
    assert found == {4: 1, 2: 1, 3: 1, 1: None}


def test_published_goes_before_seen():
    late = article(1, "渡口", FERRY, hours=5, published_at=MORNING, published_precision="minute")
    early = article(2, "渡口", FERRY, hours=1)
    assert copies(late, early) == {1: None, 2: 1}


def test_a_day_may_end_at_midnight_but_not_after_the_page_was_seen():
    day = {"published_at": MORNING.replace(hour=0), "published_precision": "day"}
    whole_day = article(1, "渡口", FERRY, hours=9, **day)
    minute = article(2, "渡口", FERRY, hours=9, published_at=MORNING, published_precision="minute")
    assert copies(whole_day, minute) == {1: 2, 2: None}
    seen_first = replace(whole_day, first_seen_at=MORNING - timedelta(hours=1))
    assert copies(seen_first, minute) == {1: None, 2: 1}


def test_a_time_in_the_future_does_not_make_an_article_late():
    wrong = article(1, "渡口", FERRY, hours=1, published_at=MORNING + timedelta(days=300))
    assert copies(wrong, article(2, "渡口", FERRY, hours=2)) == {1: None, 2: 1}


def test_at_the_same_time_the_id_decides():
    assert copies(article(7, "渡口", FERRY), article(3, "渡口", FERRY)) == {7: 3, 3: None}


def test_every_mark_explains_itself():
    whole = article(1, "渡口", FERRY)
    part = article(2, "赶集有船坐了", lines(FERRY, 0, 1, 2, 4), hours=1)
    (verdict,) = (v for v in judge([part], [whole]) if v.article_id == 2)
    assert (verdict.copy_of, verdict.nearest, verdict.story_id) == (1, 1, 1)
    assert verdict.copy_rule == "near-copy"
    assert 0.9 < verdict.copy_similarity <= 1


def test_a_digest_does_not_make_one_story_of_what_it_holds():
    digest = article(3, "一周要闻", f"{FERRY}\n{DROUGHT}", hours=9)
    found = copies(article(1, "渡口", FERRY), article(2, "旱情", DROUGHT, hours=1), digest)
    assert found[1] is None
    assert found[2] is None
    assert found[3] == 1


def test_an_earlier_original_moves_the_pointers_of_known_copies():
    known = [article(n, "渡口", FERRY + f"第{n}版", hours=n) for n in (2, 3, 4)]
    known = marked(known, judge(known, []))
    moved = judge([article(1, "渡口", FERRY, hours=0)], known)
    assert {v.article_id: (v.copy_of, v.story_id) for v in moved} == {
        1: (None, 1),
        2: (1, 1),
        3: (1, 1),
        4: (1, 1),
    }


def test_signatures_that_are_at_hand_change_no_verdict():
    articles = newsroom()
    known = marked(articles[:6], judge(articles[:6], []))
    signatures = [sign(one.article_id, one.title, one.body) for one in articles[4:]]
    assert judge(articles[4:], known, signatures) == judge(articles[4:], known)


def test_known_ones_whose_mark_stays_are_not_told_again():
    known = [article(n, "渡口", FERRY, hours=n) for n in (1, 2)]
    known = marked(known, judge(known, []))
    told = judge([article(3, "渡口", FERRY, hours=3)], known)
    assert [verdict.article_id for verdict in told] == [3]


def test_a_known_article_without_its_text_keeps_its_mark_and_follows_its_original():
    first, second = article(1, "渡口", FERRY, hours=1), article(2, "渡口", FERRY, hours=2)
    known = marked([first, second], judge([first, second], []))
    known[1] = replace(known[1], body="")
    moved = {v.article_id: v for v in judge([article(9, "渡口", FERRY, hours=0)], known)}
    assert (moved[2].copy_of, moved[2].copy_rule, moved[2].nearest) == (9, "same-text", 1)


def test_a_copy_whose_original_is_not_at_hand_still_points_to_it():
    stray = article(
        5,
        "渡口",
        FERRY,
        hours=5,
        copy_of=77,
        story_id=77,
        copy_rule="near-copy",
        copy_similarity=0.9,
        nearest=66,
    )
    (verdict,) = judge([article(6, "渡口", FERRY + "完", hours=6)], [stray])
    assert (verdict.article_id, verdict.copy_of, verdict.nearest) == (6, 77, 5)


def test_read_again_with_another_text_an_article_keeps_the_mark_it_earned():
    first, second = article(1, "渡口", FERRY), article(2, "渡口", FERRY, hours=2)
    known = marked([first, second], judge([first, second], []))
    again = replace(second, body=THEATRE, first_seen_at=MORNING + timedelta(hours=8))
    (verdict,) = judge([again], known)
    assert (verdict.copy_of, verdict.copy_rule) == (1, "same-text")


def test_many_prints_of_one_text_are_one_story():
    prints = [article(n, f"渡口{n % 5}", FERRY, hours=n) for n in range(1, 151)]
    assert set(copies(*prints).values()) == {None, 1}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6))
def test_any_order_in_any_number_of_rounds_ends_in_the_same_marks(seed, rounds):
    articles = newsroom()
    expected = {verdict.article_id: verdict for verdict in judge(articles, [])}
    random = Random(seed)
    shuffled = random.sample(articles, len(articles))
    known: list[Known] = []
    for number in range(rounds):
        batch = shuffled[number::rounds]
        known = marked([*known, *batch], judge(batch, known))
    assert {one.article_id: (one.copy_of, one.story_id, one.copy_rule, one.nearest) for one in known} == {
        key: (v.copy_of, v.story_id, v.copy_rule, v.nearest) for key, v in expected.items()
    }


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet="渡口新船三3.，\n\ud800", max_size=60), max_size=5))
def test_any_bodies_are_judged_without_failing(bodies):
    articles = [article(n, body[:9], body * 4) for n, body in enumerate(bodies, 1)]
    verdicts = {verdict.article_id: verdict for verdict in judge(articles, [])}
    assert set(verdicts) == {one.article_id for one in articles}
    assert all(verdicts[v.copy_of].copy_of is None for v in verdicts.values() if v.copy_of)
