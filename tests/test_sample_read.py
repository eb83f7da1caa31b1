"""The general reading finds on the sample's pages what the plan put there, field by field, unruled."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from sample_plan import copies, expected, public_stories

from newsduck.addresses import key
from newsduck.deduplicate import judge
from newsduck.items import Known, Page, ParsedPage
from newsduck.parse import join, parse
from newsduck.sample import EPOCH, respond
from newsduck.sample.plan import DONGLING, FINANCE, FRONT, FRONT_PAGES, NEWS, ROLL, WAP, blocks
from newsduck.sample.stories import Story

STORIES = [pytest.param(story, id=story.id) for story in public_stories()]
LISTS = [pytest.param(page, hour, id=f"{page}@{hour}") for page in FRONT_PAGES for hour in (0, 1, 2)]
MINUTES = {ROLL, WAP, NEWS, FINANCE}
"""Front pages whose lists show a time to the minute; one shows days, the other none."""


@cache
def read(url: str, hour: int) -> ParsedPage:
    answer = respond(url, hour, attempt=2)
    assert answer.status == 200
    return parse(
        Page(
            portal="sample",
            url=url,
            final_url=url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=EPOCH + timedelta(hours=hour),
        )
    )


def article(story: Story, hour: int | None = None):
    found = read(story.url, story.appears if hour is None else hour).article
    assert found is not None
    return found


@pytest.mark.parametrize("story", STORIES)
def test_title(story):
    assert article(story).title == story.title


@pytest.mark.parametrize("story", STORIES)
def test_published_at(story):
    precise = story.byline == "seconds"
    found = article(story)
    assert found.published_at == (story.published if precise else story.published.replace(second=0))
    assert found.published_precision == ("second" if precise else "minute")
    assert found.published_raw


@pytest.mark.parametrize("story", STORIES)
def test_source(story):
    assert article(story).source == story.source


@pytest.mark.parametrize("story", STORIES)
def test_authors(story):
    assert article(story).authors == story.authors


@pytest.mark.parametrize("story", STORIES)
def test_editors(story):
    assert article(story).editors == story.editors


@pytest.mark.parametrize("story", STORIES)
def test_keywords(story):
    assert article(story).keywords == story.keywords


@pytest.mark.parametrize("story", STORIES)
def test_channel(story):
    if story.url not in FRONT_PAGES:
        assert (article(story).channel or "").split(" > ")[-1] == story.channel


@pytest.mark.parametrize("story", STORIES)
def test_body(story):
    assert article(story).body == "\n".join(story.pages(story.appears)[0])


def test_a_correction_is_read():
    (bridge,) = (story for story in public_stories() if story.id == "10001")
    assert "四百一十二米" in article(bridge, 0).body
    assert "四百二十一米" in article(bridge, 1).body


def test_the_second_page_is_found_and_joined():
    (paged,) = (story for story in public_stories() if story.further)
    first = read(paged.url, 0)
    assert first.next_page == paged.url.replace(".html", "_2.html")
    second = read(first.next_page, 0)
    assert second.next_page is None
    whole = join(first, [second])
    assert whole.article is not None
    assert whole.article == replace(article(paged), body=paged.body(0))


@pytest.mark.parametrize("story", STORIES)
def test_only_a_paged_story_goes_on(story):
    assert (read(story.url, story.appears).next_page is not None) == bool(story.further)


def test_the_page_that_lies_about_its_charset_says_so():
    (liar,) = (story for story in public_stories() if story.charset)
    found = read(liar.url, 0)
    assert found.charset == "gb18030"
    assert any("utf-8" in problem for problem in found.problems)
    assert not read(FRONT, 0).problems


@pytest.mark.parametrize(("page", "hour"), LISTS)
def test_headlines(page, hour):
    assert [found.text for found in read(page, hour).headlines] == expected(hour).headlines[page]


@pytest.mark.parametrize(("page", "hour"), LISTS)
def test_sections_and_ranks(page, hour):
    planned = [(block.name, rank) for block in blocks(page, hour) for rank, _ in enumerate(block.entries, 1)]
    assert [(found.section, found.rank) for found in read(page, hour).headlines] == planned


@pytest.mark.parametrize(("page", "hour"), LISTS)
def test_listed_times(page, hour):
    found = [headline.published_at for headline in read(page, hour).headlines]
    planned = [entry.story.published for block in blocks(page, hour) for entry in block.entries]
    if page in MINUTES:
        assert found == [at.replace(second=0) for at in planned]
    elif page == DONGLING:
        assert [at.date() for at in found] == [at.date() for at in planned]
    else:
        assert found == [None] * len(planned)


@pytest.mark.parametrize(("page", "hour"), LISTS)
def test_links(page, hour):
    found = [headline.url for headline in read(page, hour).headlines]
    planned = [entry.story.url for block in blocks(page, hour) for entry in block.entries]
    assert found == ([None] * len(planned) if page in (ROLL, WAP) else planned)


@pytest.mark.parametrize("page", [ROLL, WAP])
def test_cut_teasers_are_known_as_cut(page):
    found = [headline.is_truncated for headline in read(page, 2).headlines]
    planned = [entry.is_truncated for block in blocks(page, 2) for entry in block.entries]
    assert found == planned


@pytest.mark.parametrize("page", [FRONT, NEWS, FINANCE, DONGLING])
def test_a_list_page_is_no_article(page):
    assert read(page, 0).article is None


def known(story: Story) -> Known:
    found = article(story)
    return Known(
        article_id=key(story.url),
        portal=story.site,
        url=story.url,
        title=found.title,
        body=found.body,
        first_seen_at=EPOCH + timedelta(hours=story.appears),
        published_at=found.published_at,
        published_precision=found.published_precision,
        source=found.source,
    )


def test_copies_as_read_are_the_planned_ones_and_templates_are_nobody_s():
    everything = [known(story) for story in public_stories()]
    by_id = {one.article_id: one.url for one in everything}
    verdicts = judge(everything, [])
    assert {by_id[v.article_id]: by_id[v.copy_of] for v in verdicts if v.copy_of is not None} == copies()
