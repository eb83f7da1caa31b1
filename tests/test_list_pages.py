"""List pages with much text: they hold no story; on pages of our own writing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsduck.items import Page
from newsduck.parse import parse

NOW = datetime(2026, 3, 2, 20, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
SUMMARY = "入冬以来，村里的老井第三次见底，几户人家凑钱请来打井队，说好开春前把水引到坡上，账贴在门口。"
STORY = "昨天上午，坡上三户人家的水龙头第一次出了水。老支书说，为这一天，全村人凑了三年的钱，也吵了三年的架。"
TEXTS = ("老井又见了底 打井队进村", "坡上通水的第一天", "祠堂门口的账目", "三户人家的水窖", "雨水收集池完工")


def read(body, *, url="http://www.pond.example/shen/", title="深度"):
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
    kind = (("Content-Type", "text/html; charset=utf-8"),)
    return parse(
        Page(portal="pond", url=url, final_url=url, status=200, headers=kind, body=page, fetched_at=NOW)
    )


@pytest.mark.parametrize(
    "item",
    [
        "<div><h2>{a}</h2><div><i>池塘晚报</i><i>3小时前</i></div><div>{summary}</div></div>",
        "<article><h2>{a}</h2><div><i>02-28</i> <i>12 评论</i></div><p>{summary}</p></article>",
        "<div><h2>{a}</h2><p>林深 · 2天前</p><p>{summary}</p><a href='{url}'>阅读全文</a></div>",
        "<div><h3>{a}</h3><div>2026-02-28</div><p>{summary}{summary}{summary}</p></div>",
        "<div><h2>{a}</h2><div>林深 发表于 2026年02月28日 10时22分 来自山里的人</div><p>{summary}</p></div>",
    ],
)
def test_summaries_each_below_its_headline_are_no_story(item):
    entries = "".join(
        item.format(a=f'<a href="/shen/{at}01.html">{text}</a>', summary=SUMMARY, url=f"/shen/{at}01.html")
        for at, text in enumerate(TEXTS)
    )
    parsed = read(f"<h1>深度</h1>{entries}")
    assert parsed.article is None
    assert [headline.text for headline in parsed.headlines] == list(TEXTS)


LINKS = "".join(
    f'<li><a href="/a/2026/{at}001.html">{text}的后续</a></li>' for at, text in enumerate(TEXTS * 2)
)


def test_the_introduction_of_a_topic_is_no_story():
    body = f"<h1>山村引水三年记</h1><p>{SUMMARY}{SUMMARY}</p><h2>最新进展</h2><ul>{LINKS}</ul>"
    topic = read(body, url="http://www.pond.example/zt/yinshui/", title="山村引水三年记_池塘网专题")
    assert topic.article is None
    assert len(topic.headlines) == len(TEXTS * 2)


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("http://www.pond.example/zt/yinshui/", "2026-03-01 10:20　来源：池塘晚报"),
        ("http://www.pond.example/a/2026/8001.html", ""),
    ],
)
def test_a_story_that_tells_its_time_or_has_an_address_of_its_own_stays_one(url, line):
    body = f"<h1>山村引水三年记</h1><div>{line}</div><p>{SUMMARY}{SUMMARY}</p><h2>相关</h2><ul>{LINKS}</ul>"
    story = read(body, url=url, title="山村引水三年记_池塘网")
    assert story.article is not None
    assert story.article.title == "山村引水三年记"


def test_a_summary_with_a_time_below_its_headline_is_no_entry_of_its_own():
    entries = "".join(
        f'<li><h3><a href="/shen/{at}01.html">{text}</a></h3>'
        f"<div><p>{SUMMARY}{at}</p><i>2026-02-28 10:0{at}</i></div></li>"
        for at, text in enumerate(TEXTS)
    )
    parsed = read(f"<ul>{entries}</ul>")
    assert [headline.text for headline in parsed.headlines] == list(TEXTS)


def test_records_that_a_page_s_script_shows_are_its_list():
    records = "".join(
        f"<record><![CDATA[<li><a href='/art/2026/2/2{at}/art_7_{at}01.html'>{text}</a>"
        f"[2026-02-2{at}]</li>]]></record>"
        for at, text in enumerate(TEXTS, 1)
    )
    store = f'<script type="text/xml"><datastore><recordset>{records}</recordset></datastore></script>'
    parsed = read(f'<div id="7">{store}</div>', title="工作动态")
    assert [headline.text for headline in parsed.headlines] == list(TEXTS)
    assert parsed.headlines[0].url == "http://www.pond.example/art/2026/2/21/art_7_101.html"
    assert f"{parsed.headlines[0].published_at:%m-%d}" == "02-21"


@pytest.mark.parametrize(
    "line",
    [
        "<div>来源：<a href='http://www.lake.example/'>湖山晚报新闻中心</a></div>",
        "<div><a href='/share/1'>转到微博</a> <a href='/share/2'>转到朋友圈</a></div>",
        "<div><a href='/say/1'>我要说两句</a></div>",
    ],
)
def test_a_story_of_one_paragraph_is_told_from_the_cards_with_summaries_that_follow(line):
    cards = "".join(
        f'<div><h3><a href="/shen/{at}01.html">{text}</a></h3><p>{SUMMARY}</p></div>'
        for at, text in enumerate(TEXTS)
    )
    body = f"<h1>山村引水三年记</h1><div>2026-03-01 10:20</div>{line}<p>{STORY}</p>"
    story = read(f"<div>{body}</div><div>{cards}</div>", title="山村引水三年记_池塘网").article
    assert story is not None
    assert story.body == STORY
