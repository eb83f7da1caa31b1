"""Stories over several pages: held back, read on, joined; and no outcome is lost on the way."""

from datetime import UTC, datetime

import pytest

from flows.paged import MAX_PAGES, PagedStories
from newsduck.items import Article, Outcome, ParsedPage

AT = datetime(2026, 3, 2, tzinfo=UTC)
ONE, TWO, THREE = (f"http://a.example/{n}.html" for n in (1, 2, 3))


def page(url, further=None, *, body="正文", article=True):
    return ParsedPage(
        portal="p",
        url=url,
        final_url=url,
        fetched_at=AT,
        article=Article(title="题目", body=body) if article else None,
        next_page=further,
    )


def outcome(url, kind="article", disposition="loaded"):
    return Outcome(portal="p", url=url, kind=kind, disposition=disposition, fetched_at=AT)


def test_a_story_is_held_until_its_last_page_and_then_whole():
    stories = PagedStories()
    ready, whole, further = stories.sort([outcome(ONE)], [page(ONE, TWO, body="一")], is_last=False)
    assert (ready, whole) == ([], [])
    assert [(one.url, one.kind, one.first_page) for one in further] == [(TWO, "page", ONE)]
    ready, whole, further = stories.sort([outcome(TWO, "page")], [page(TWO, THREE, body="二")], is_last=False)
    assert [one.url for one in ready] == [TWO]
    assert [one.url for one in further] == [THREE]
    ready, whole, further = stories.sort([outcome(THREE, "page")], [page(THREE, body="三")], is_last=False)
    assert {one.url for one in ready} == {ONE, THREE}
    assert further == []
    assert whole[0].url == ONE
    assert whole[0].article.body.split() == ["一", "二", "三"]


def test_a_page_that_cannot_be_read_ends_the_story_and_says_so():
    stories = PagedStories()
    stories.sort([outcome(ONE)], [page(ONE, TWO)], is_last=False)
    ready, whole, further = stories.sort([outcome(TWO, "page", "http-error")], [], is_last=False)
    assert {one.url for one in ready} == {ONE, TWO}
    assert further == []
    assert TWO in whole[0].problems[-1]


@pytest.mark.parametrize("next_page", [ONE, TWO])
def test_pages_that_lead_in_a_circle_end(next_page):
    stories = PagedStories()
    stories.sort([outcome(ONE)], [page(ONE, TWO)], is_last=False)
    ready, whole, further = stories.sort([outcome(TWO, "page")], [page(TWO, next_page)], is_last=False)
    assert (len(ready), len(whole), further) == (2, 1, [])


def test_an_endless_story_is_cut():
    stories, rounds = PagedStories(), 1
    _, whole, further = stories.sort([outcome(ONE)], [page(ONE, TWO)], is_last=False)
    while further:
        url, rounds = further[0].url, rounds + 1
        read = page(url, f"http://a.example/{rounds + 10}.html")
        _, whole, further = stories.sort([outcome(url, "page")], [read], is_last=False)
    assert rounds == MAX_PAGES + 1
    assert len(whole) == 1


def test_in_the_last_round_nothing_is_held_back():
    ready, whole, _ = PagedStories().sort([outcome(ONE)], [page(ONE, TWO)], is_last=True)
    assert [one.url for one in ready] == [one.url for one in whole] == [ONE]


def test_front_pages_and_pages_without_a_story_are_never_held():
    stories = PagedStories()
    both = [page(ONE, TWO), page(TWO, THREE, article=False)]
    ready, whole, further = stories.sort([outcome(ONE, "front"), outcome(TWO)], both, is_last=False)
    assert (len(ready), len(whole), further) == (2, 2, [])
