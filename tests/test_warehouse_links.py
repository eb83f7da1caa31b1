"""A headline finds its article by address, else by how its text begins."""

from dataclasses import replace

import pytest
from readings import ask, at, entry, fresh, front, load, story

from newsduck.items import Verdict
from newsduck.portals import Portal

LINKS = """with entries as (
    select text, article_id, link_rule from headlines
    where headline_id not in (select one_id from printed_headlines)
    union all select text, article_id, link_rule from printed_headlines
)
select h.text, a.title, h.link_rule from entries h left join articles a using (article_id)"""


@pytest.fixture
def settings(tmp_path):
    return fresh(tmp_path)


def teaser(text, rank=1, **more):
    return entry(0, rank, text=text, url=None, is_truncated=True, **more)


def test_links_by_address_wait_for_the_article_and_find_those_that_are_there(settings):
    load(settings, front(0, [entry(1)]))
    assert ask(settings, LINKS) == [("第1号湖区水位观察记录", None, None)]
    load(settings, story(1, 0), story(2, 0))
    load(settings, front(1, [entry(1), entry(2, 2)]))
    assert {row[1:] for row in ask(settings, LINKS)} == {
        ("第1号湖区水位观察记录", "address"),
        ("第2号湖区水位观察记录", "address"),
    }


LEAD = "9月12日,湖岸资本减持南岭水务(00417)306.4万股,每股作价3.98元。此后不再持股。"


TEASERS = {
    "湖岸资本减持南岭水务的三个疑问": "title",
    "湖岸资本减持南岭水务的三": "title-start",
    "湖岸資本減持　南嶺水務的三個": "title-start",
    "9月12日,湖岸资本减持南岭水务(00417)306 4万股,每股作价3 9": "lead-start",
    "９月１２日湖岸资本减持南岭水务00417306 4万股": "lead-start",
    "9月12日,湖岸资本减持南岭水务(00417)307 4万股": None,
    "湖岸资本减持": None,
}


@pytest.mark.parametrize("is_article_first", [True, False])
def test_cut_teasers_are_found_by_their_beginning(settings, is_article_first):
    article = story(1, 0, LEAD, title="湖岸资本减持南岭水务的三个疑问")
    listed = front(0, [teaser(text, rank=rank) for rank, text in enumerate(TEASERS, 1)])
    pages = (article, listed) if is_article_first else (listed, article)
    for number, page in enumerate(pages):
        load(settings, page, run_id="r", round_number=number)
    assert {row[0]: row[2] for row in ask(settings, LINKS)} == TEASERS


def test_what_fits_two_articles_stays_open_unless_one_fits_better(settings):
    load(settings, story(1, 0, LEAD), story(2, 0, LEAD), story(3, 0, title="湖岸资本减持南岭水务的三个疑问"))
    load(settings, front(1, [teaser("9月12日,湖岸资本减持南岭水务"), teaser("湖岸资本减持南岭水务", rank=2)]))
    found = {text: rule for text, _, rule in ask(settings, LINKS)}
    assert found == {"9月12日,湖岸资本减持南岭水务": None, "湖岸资本减持南岭水务": "title-start"}


def test_texts_are_compared_within_the_window(settings):
    load(settings, story(1, 0, published_at=at(-24 * 30)))
    load(settings, front(1, [teaser("第1号湖区水位观察")]))
    assert ask(settings, LINKS)[0][2] is None
    load(settings, story(2, 0))
    load(settings, front(2, [teaser("第2号湖区水位观察", published_at=at(0))]))
    assert dict(row[::2] for row in ask(settings, LINKS)) == {
        "第1号湖区水位观察": None,
        "第2号湖区水位观察": "title-start",
    }


def test_an_address_that_is_read_later_outdoes_a_text(settings):
    load(settings, story(1, 0, title="湖岸资本减持南岭水务的三个疑问"))
    load(settings, front(0, [entry(2, text="湖岸资本减持南岭水务的三个疑问")]))
    assert ask(settings, LINKS)[0][2] == "title"
    load(settings, story(2, 1, title="湖岸资本减持南岭水务的三个疑问 续"))
    assert ask(settings, LINKS)[0][1:] == ("湖岸资本减持南岭水务的三个疑问 续", "address")


def test_articles_of_the_own_portal_come_first_and_copies_count_as_one(settings):
    other = Portal(id="other", name="他", front_pages=("http://other.example/",))
    title = "湖岸资本减持南岭水务的三个疑问"
    there = replace(story(8, 0, title=title), portal="other")
    load(settings, there, portal=other, more={"portal": "other"})
    load(settings, front(1, [teaser(title)]))
    assert ask(settings, LINKS)[0][2] == "title"
    load(settings, story(1, 2, title=title + "甲"), story(2, 2, title=title + "乙"))
    load(settings, front(3, [teaser(title[:-1])]))
    assert ask(settings, f"{LINKS} where h.text = '{title[:-1]}'")[0][2] is None
    ids = [
        row[0] for row in ask(settings, "select article_id from articles where portal = 'news' order by 1")
    ]
    verdicts = [Verdict(article_id=one, story_id=ids[0]) for one in ids]
    load(settings, front(4, [teaser(title[:-2])]), verdicts=verdicts)
    assert ask(settings, f"{LINKS} where h.text = '{title[:-2]}'")[0][2] == "title-start"
