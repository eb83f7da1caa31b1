"""Where a story begins, and what is one: live reports, verse, lines with the time, standfirsts."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsduck.parse.bodies import find_story
from newsduck.parse.document import read_document
from newsduck.parse.openings import is_meta_line

NOON = datetime(2023, 8, 15, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TITLE = "渡口末班船延到夜里十点"
LINES = (
    "青石渡口的末班船从本周起延到夜里十点，在对岸工厂上夜班的人不必再绕行四十公里外的大桥。",
    "船工老袁说，头一晚只来了七个人，第三晚船上已经坐满，还有人带着刚下班的孩子。",
    "交通部门统计，沿河六个渡口去年一共运送旅客二十三万人次，其中三成是学生和工人。",
)
VERSE = (
    "灯还亮着",
    "桨靠在柳树上",
    "河水替他翻身",
    "数过往的脚印",
    "一个，两个",
    "天亮以前没有人",
    "喊他的名字",
)


def body(inside, *, info="<p>2023-08-14 10:19 来源：青石日报</p>", lead=""):
    page = f"""<html><head><title>{TITLE}_青石网</title></head><body>
    <div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a> <a href="/biz/">财经</a></div>
    <div class="main"><h1>{TITLE}</h1>{info}{lead}<div class="text">{inside}</div></div></body></html>"""
    found = find_story(read_document(page, url="http://news.example/1.html", fetched_at=NOON))
    return found.body.split("\n") if found else None


def paragraphs(lines=LINES):
    return "".join(f"<p>{line}</p>" for line in lines)


def test_a_live_report_is_read_from_its_newest_line_on():
    clocks = ("11:40", "10:05", "09:30")
    items = "".join(f"<div>{clock}</div><p>{line}</p>" for clock, line in zip(clocks, LINES, strict=True))
    assert [line for line in body(items) if line not in clocks] == list(LINES)


def test_flashes_below_linked_headlines_are_no_live_report():
    headline = "<p><a href='/f/{at}.html'>【青石大桥昨夜恢复通车】</a></p>"
    items = "".join(
        f"<div>1{9 - at}:30</div>{headline.format(at=at)}<p>渡口第{at}天多开了两班，船上坐满了人。</p>"
        for at in range(9)
    )
    page = f"<html><head><title>快讯_青石网</title></head><body>{items}</body></html>"
    assert find_story(read_document(page, url="http://news.example/", fetched_at=NOON)) is None


def test_verse_below_a_heading_and_its_credits_is_a_story():
    verse = "<p>" + "<br>".join(VERSE) + "</p>"
    assert body(verse, info="<p>来源：青石诗刊 2023-08-14 10:19</p>") == list(VERSE)
    assert body(verse, info="") is None, "without credits short lines are anything"


def test_linked_lines_are_no_verse():
    items = "".join(f"<p>{line}<a href='/{at}.html'>看</a></p>" for at, line in enumerate(VERSE))
    assert body(items) is None


@pytest.mark.parametrize(
    "text",
    [
        "http://www.pond.example 2023年8月14日9时12分 信息来源：青石机械行业网",
        "青石客户端 4小时前",
        "青石客戶端 12分鐘前",
        "14 August 2023",
        "Aug. 14, 2023",
    ],
)
def test_lines_with_the_time_may_hold_an_address_or_an_age(text):
    assert is_meta_line(text)
    assert body(f"<p>{text}</p>{paragraphs()}", info="") == list(LINES)


def test_the_age_of_something_else_opens_a_story():
    first = "渡口上一次停航，还是二十年前。"
    assert body(paragraphs([first, *LINES])) == [first, *LINES]


def test_a_labelled_standfirst_that_repeats_the_text_is_left_out():
    lead = f'<div class="abstract"><b>摘要</b>：{LINES[1]}</div>'
    assert body(paragraphs(), lead=lead) == list(LINES)


def test_the_line_under_a_picture_is_no_standfirst():
    caption = "<p><img src='/1.jpg'></p><p>8月14日，渡船靠上青石渡口（无人机照片）。</p>"
    assert body(caption + paragraphs()) == list(LINES)


def test_the_folded_rest_of_a_story_is_read():
    rest = [*(line[::-1] for line in LINES), *(line[20:] + line[:20] for line in LINES)]
    folded = f'<div style="display:none">{paragraphs(rest)}</div><p><a href="#">展开剩余70%</a></p>'
    assert body(paragraphs() + folded) == [*LINES, *rest]


def test_a_hidden_text_elsewhere_is_not_the_storys():
    hidden = f'<div style="display:none"><div>{paragraphs([line[::-1] for line in LINES * 3])}</div></div>'
    page = f"""<html><head><title>{TITLE}_青石网</title></head><body><div><h1>{TITLE}</h1>
    <p>2023-08-14 10:19 来源：青石日报</p><div><div><div><div>{paragraphs()}</div></div></div></div></div>
    {hidden}</body></html>"""
    found = find_story(read_document(page, url="http://news.example/1.html", fetched_at=NOON))
    assert found.body.split("\n") == list(LINES)
