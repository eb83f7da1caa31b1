"""The sample portal keeps its plan: the same answer to the same question, and a story in every change."""

from collections import Counter
from datetime import datetime, timedelta

import httpx
import pytest
from sample_plan import TEMPLATED, copies, expected, public_stories

from newsduck import decode
from newsduck.sample import EPOCH, hour_of, respond, serve
from newsduck.sample.plan import DONGLING, FINANCE, FRONT, FRONT_PAGES, NEWS, ROLL, WAP, blocks, cut
from newsduck.sample.site import conditional
from newsduck.sample.stories import ZONE, Story, stories

HOURS = range(10)
BY_ID = {story.id: story for story in stories()}


def text_of(story: Story, hour: int) -> str:
    answer = respond(story.url, hour, attempt=2)
    assert answer.status == 200
    return decode.decode(answer.body, answer.header("Content-Type")).text


def texts(page: str, hour: int, block: str | None = None) -> list[str]:
    return [entry.text for part in blocks(page, hour) if block in (None, part.name) for entry in part.entries]


def test_hours_count_from_the_epoch_in_any_zone_and_never_below_zero():
    assert datetime(2026, 3, 2, 8, 5, tzinfo=ZONE) == EPOCH
    assert hour_of(EPOCH) == 0
    assert hour_of(EPOCH + timedelta(hours=2, minutes=59)) == 2
    assert hour_of(datetime.fromisoformat("2026-03-02T03:05:00+00:00")) == 3
    assert hour_of(EPOCH - timedelta(days=400)) == 0


def test_an_answer_is_a_function_of_address_hour_and_attempt():
    for url in (*FRONT_PAGES, *(story.url for story in stories())):
        assert respond(url, 3) == respond(url, 3)


def test_an_address_is_unique_and_so_is_a_title():
    assert len({story.url for story in stories()}) == len(stories())
    assert len({story.title for story in stories()}) == len(stories())


def test_every_hour_of_the_first_five_adds_stories():
    new = Counter(story.appears for story in stories())
    assert all(new[hour] for hour in range(6))
    assert respond(BY_ID["10014"].url, 1).status == 404
    assert respond(BY_ID["10014"].url, 2).status == 200


def test_own_stories_have_three_to_eight_paragraphs_and_nothing_is_told_twice():
    own = [story for story in public_stories() if story.copy_of is None]
    assert len(own) >= 25
    assert all(3 <= len(story.paragraphs + story.further) <= 8 for story in own)
    paragraphs = [line for story in own for line in story.paragraphs + story.further]
    assert len(paragraphs) == len(set(paragraphs))


def test_the_front_page_moves_and_retitles_a_headline():
    assert texts(FRONT, 0, "头条") == ["望江二桥主桥今晨合龙 两岸通行将缩至八分钟"]
    assert texts(FRONT, 1, "头条") == ["望江二桥合龙：从南岸到北岸只要八分钟"]
    assert texts(FRONT, 2, "头条") == ["冷空气提前六小时 临江发布大风黄色预警"]
    assert texts(FRONT, 2, "要闻").index("望江二桥合龙：从南岸到北岸只要八分钟") > 0
    assert texts(FRONT, 0, "热点排行") != texts(FRONT, 1, "热点排行")


def test_the_roll_has_the_story_first_and_teasers_of_at_most_66_columns_without_links():
    for page in (ROLL, WAP):
        (block,) = blocks(page, 2)
        assert block.entries[0].story.url == page
        assert len(block.entries) == 21
        assert any(entry.is_truncated for entry in block.entries)
        assert all(cut(entry.text, 66) == entry.text for entry in block.entries)
    html = respond(ROLL, 2).body.decode()
    rolling = html[html.index('<div class="rolling">') : html.index('<div class="footer">')]
    assert rolling.count('<p class="d">03月0') + rolling.count('<p class="d">02月2') == 21
    assert "<a" not in rolling
    lines = respond(WAP, 2).body.decode().splitlines()
    assert lines[0] == cut(lines[0], 66) == lines[lines.index("关键词：社区厨房 老人") + 1]
    assert lines[1] == "03月02日 07:48"


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [("临江abc江", 6, "临江ab"), ("临江", 4, "临江"), ("临江", 3, "临"), ("“江”", 4, "“江"), ("", 0, "")],
)
def test_a_cut_counts_two_columns_for_an_east_asian_character(text, columns, short):
    assert cut(text, columns) == short


def test_dots_say_what_dongling_cut():
    reprints = [entry for entry in blocks(DONGLING, 2)[2].entries if entry.is_truncated]
    assert reprints
    assert all(entry.text.endswith("…") and entry.text[:-1] in entry.story.title for entry in reprints)


def test_finance_is_gbk_under_a_declaration_of_gb2312():
    body = respond(FINANCE, 0).body
    assert b"charset=gb2312" in body
    assert "陶镕" in body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        body.decode("gb2312")
    assert respond(FINANCE, 0).header("Content-Type") == "text/html"


def test_one_page_lies_about_its_charset():
    answer = respond(BY_ID["20005"].url, 0)
    assert answer.header("Content-Type") == "text/html; charset=utf-8"
    assert "瞿记" in answer.body.decode("gbk")


def test_a_correction_changes_one_number_and_the_copy_keeps_the_old_one():
    bridge, copy = BY_ID["10001"], BY_ID["30004"]
    assert "四百一十二米" in text_of(bridge, 0)
    assert "四百二十一米" in text_of(bridge, 1)
    assert "四百一十二米" in text_of(copy, 1)
    assert "九千四百人" in text_of(BY_ID["10003"], 6)


def test_copies_are_retitled_credited_later_and_one_is_abridged():
    for story in (story for story in stories() if story.copy_of):
        original = BY_ID[story.copy_of]
        assert story.title != original.title
        assert story.site != original.site
        assert story.published > original.published
        assert story.source
        assert len(set(story.body(9).split("\n")) & set(original.body(0).split("\n"))) >= 3
    assert BY_ID["30005"].body(9) == "\n".join(BY_ID["10006"].body(9).split("\n")[:4])
    assert len(copies()) == 6
    assert not TEMPLATED & {story.id for story in stories() if story.copy_of}


def test_a_story_is_taken_down_and_listed_for_an_hour_more():
    story = BY_ID["10009"]
    assert [respond(story.url, hour).status for hour in range(3)] == [200, 404, 404]
    assert [story.title in texts(NEWS, hour) for hour in range(3)] == [True, True, False]


def test_a_busy_server_answers_503_and_then_200():
    url = BY_ID["10010"].url
    assert [respond(url, 0, attempt=attempt).status for attempt in (1, 2, 3)] == [503, 200, 200]


def test_a_paged_story_leads_to_its_second_page_and_that_one_to_no_third():
    story = BY_ID["10005"]
    second = story.url.replace(".html", "_2.html")
    first = respond(story.url, 0).body.decode()
    assert f'<a href="{second}">下一页</a>' in first
    assert story.further[0] not in first
    answer = respond(second, 0).body.decode()
    assert story.further[0] in answer
    assert "下一页" not in answer
    assert respond(story.url.replace(".html", "_3.html"), 0).status == 404
    assert respond(BY_ID["10001"].url.replace(".html", "_2.html"), 0).status == 404


def test_robots_forbid_a_page_that_is_listed():
    assert "Disallow: /internal/" in respond("http://www.linjiang.example/robots.txt", 0).body.decode()
    assert texts(FRONT, 0, "通知公告") == ["临江新闻网编辑部三月值班安排（内部）"]


@pytest.mark.parametrize("url", [FRONT, BY_ID["10001"].url])
def test_validators_hold_until_the_page_changes(url):
    first = respond(url, 0)
    etag, modified = first.header("ETag"), first.header("Last-Modified")
    for headers in ({"if-none-match": etag}, {"if-modified-since": modified}):
        assert conditional(respond(url, 0), headers).status == 304
        assert conditional(respond(url, 0), headers).body == b""
        assert conditional(respond(url, 1), headers).status == 200
    assert conditional(first, {}).status == 200


def test_static_pages_stay_the_same_bytes_and_made_ones_do_not():
    same = [respond(BY_ID["20001"].url, hour).body for hour in (0, 1, 9)]
    assert same[0] == same[1] == same[2]
    assert respond(BY_ID["20001"].url, 0).header("ETag") is None
    assert respond(BY_ID["30001"].url, 0).body != respond(BY_ID["30001"].url, 1).body


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://www.elsewhere.example/", 502),
        ("https://www.linjiang.example/", 502),
        ("http://www.linjiang.example/login", 404),
        ("http://www.linjiang.example/news/2026-03/02/content_99999.html", 404),
    ],
)
def test_other_addresses_are_unknown(url, status):
    assert respond(url, 0).status == status


def test_the_portals_know_their_front_pages_and_stories():
    with serve(EPOCH) as site:
        by_id = {portal.id: portal for portal in site.portals}
    assert list(by_id) == ["sample", "sample-reprint"]
    assert {page for portal in by_id.values() for page in portal.front_pages} == set(FRONT_PAGES)
    for story in stories():
        portal = by_id["sample-reprint" if story.site == "dongling" else "sample"]
        assert portal.in_scope(story.url)
        assert portal.is_story(story.url) == (story.url not in FRONT_PAGES)


def test_the_proxy_answers_for_the_sites_and_notes_what_was_asked():
    flaky = BY_ID["10010"].url
    with serve(EPOCH + timedelta(hours=1)) as site, httpx.Client(proxy=site.proxy) as client:
        front = client.get(FRONT)
        again = client.get(FRONT, headers={"If-None-Match": front.headers["etag"]})
        tries = [client.get(flaky).status_code for _ in range(2)]
    assert front.content == respond(FRONT, 1).body
    assert (again.status_code, again.content, tries) == (304, b"", [503, 200])
    assert site.requests == [(FRONT, 200), (FRONT, 304), (flaky, 503), (flaky, 200)]


def test_a_browser_may_ask_the_server_itself_by_host():
    with serve(EPOCH) as site, httpx.Client() as client:
        answer = client.get(site.proxy + "/", headers={"Host": "finance.linjiang.example"})
    assert answer.content == respond(FINANCE, 0).body


def test_each_serving_counts_attempts_anew():
    flaky = BY_ID["10010"].url
    for _ in range(2):
        with serve(EPOCH) as site, httpx.Client(proxy=site.proxy) as client:
            assert client.get(flaky).status_code == 503


def test_the_plan_for_hourly_runs_adds_up():
    first, second, third = (expected(hour) for hour in range(3))
    assert first.articles == first.articles_new == first.versions
    assert first.failed == {"robots": 1, "http-error": 0}
    assert second.failed == {"robots": 0, "http-error": 1}
    assert (second.articles_changed, third.articles_changed) == (1, 0)
    assert second.articles == first.articles + second.articles_new
    assert (first.copies, second.copies, third.copies) == (1, 3, 5)
    assert expected(6).articles_changed == 1
    assert all(page.headlines[ROLL] for page in (first, second, third))
