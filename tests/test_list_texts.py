"""What of a link is its headline, and which lists beside the news are none; on pages of our own writing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsduck.parse.document import read_document
from newsduck.parse.lists import find_headlines
from newsduck.parse.lists.ranks import rank_lengths

NOW = datetime(2026, 3, 2, 8, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
TEXTS = (
    "城东新桥今晨通车 早高峰快了二十分钟",
    "三月起图书馆夜场延到十一点",
    "山里的邮差：一条走了三十年的路",
    "豆腐坊重开，老街又闻豆香",
)
NEWS = "".join(
    f'<li><a href="/gn/2026-03/0{at}/100{at}.html">{text}</a></li>' for at, text in enumerate(TEXTS)
)


def texts(body):
    page = f"<html><body>{body}</body></html>"
    document = read_document(page, url="http://www.pond.example/", fetched_at=NOW)
    return [headline.text for headline in find_headlines(document, None)]


def entries(inner):
    """A list whose links hold this."""
    return "".join(
        f'<li><a href="/gn/2026-03/0{at}/200{at}.html">{inner.format(rank=at + 1, text=text)}</a></li>'
        for at, text in enumerate(TEXTS)
    )


@pytest.mark.parametrize(
    "inner",
    [
        "{rank}. {text}",
        "{rank}、{text}",
        "0{rank} {text}",
        "【{rank}】{text}",
        '<b class="tag">H5</b>{text}',
        '{text}<i class="source">塘报</i>',
        "<em>{text}</em><time>2026年3月1日 星期日 下午8:0{rank}</time>",
    ],
)
def test_ranks_labels_and_times_in_a_link_are_no_part_of_the_text(inner):
    assert texts(f"<ul>{entries(inner)}</ul>") == list(TEXTS)


@pytest.mark.parametrize(
    ("lines", "lengths"),
    [
        (["1. 甲", "2. 乙", "3. 丙"], [3, 3, 3]),
        (["1. 甲", "2. 乙"], [0, 0]),
        (["3 名船员获救", "头船出海", "1 月的第一场雪"], [0, 0, 0]),
        (["头条", "1、甲", "2、乙", "3、丙", "12 月有雪"], [0, 2, 2, 2, 0]),
        (["1. 甲", "2. 乙", "3. 丙", "1. 丁", "2. 戊", "3. 己"], [3] * 6),
        ([], []),
    ],
)
def test_ranks_count_up_from_one(lines, lengths):
    assert rank_lengths(lines) == lengths


def test_a_heading_broken_in_two_is_one_headline():
    link = '<a href="/gn/2026-03/01/3001.html">城东新桥今晨通车<br>早高峰快了二十分钟</a>'
    assert texts(f"<h2>{link}</h2><ul>{NEWS}</ul>")[0] == "城东新桥今晨通车 早高峰快了二十分钟"


def test_a_title_attribute_with_labels_completes_a_cut_text():
    hint = "文章标题：城东新桥今晨通车 早高峰快了二十分钟&#13;&#10;作　　者：佚名&#13;&#10;更新时间：2026-3-1"
    link = f'<li><a href="/gn/2026-03/01/3001.html" title="{hint}">城东新桥今晨通车 早…</a></li>'
    assert texts(f"<ul>{link}{NEWS}</ul>")[0] == "城东新桥今晨通车 早高峰快了二十分钟"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/gn/2026-03/01/1001.html">2026 年 3 月 1 日</a>',
        '<a href="/2026/03/archive.html">2026年2月(12)</a>',
        '<a href="/paper/20260301/page02.htm">A02版 要闻与时评</a>',
        '<a href="/zwgk/c12/">法定主动公开内容目录</a>',
        '<a href="/ns?word=yanglao">农村养老金</a>',
        '<a href="/topic/20260301">#我家门口的老井和新水管#</a>',
    ],
)
def test_times_counts_pages_of_a_paper_places_and_searches_are_no_headlines(link):
    assert texts(f"<ul>{NEWS}</ul><div>{link}</div>") == list(TEXTS)


@pytest.mark.parametrize("heading", ["热门楼盘", "小说排行", "会员单位", "办事服务", "特产商城", "人才招聘"])
def test_goods_partners_and_services_are_no_news(heading):
    other = '<li><a href="/m/20260001.html">江南某某机械制造有限公司</a></li>'
    other += '<li><a href="/m/20260002.html">老街里的旧书店出让启事</a></li>'
    boxes = f"<div><h3>要闻</h3><ul>{NEWS}</ul></div><div><h3>{heading}</h3><ul>{other}</ul></div>"
    assert texts(boxes) == list(TEXTS)


def test_a_channel_that_is_called_after_its_subject_is_news():
    assert len(texts(f"<div><h3>游戏</h3><ul>{NEWS}</ul></div>")) == len(TEXTS)


def test_on_a_page_that_collects_other_sites_stories_no_site_is_foreign():
    sites = ("river.example", "lake.example", "hill.example")
    short = "".join(
        f'<li><a href="http://news.{site}/2026-03-01/{at}0{place}4.html">{text}</a></li>'
        for at, site in enumerate(sites)
        for place, text in enumerate(("河灯下水", "头船出海", *TEXTS))
    )
    assert texts(f"<ul>{short}</ul>").count("河灯下水") == len(sites)


def test_words_set_off_within_a_headline_belong_to_it():
    inner = (
        "城东新桥通车<em>20</em>天 早高峰快了二十分钟",
        "水位升了2<em>.4</em>米 渡口停航两天",
        "<i>3</i>山里的邮差：一条走了三十年的路<i>热</i>",
    )
    found = texts("".join(f'<h3><a href="/gn/100{at}.html">{text}</a></h3>' for at, text in enumerate(inner)))
    assert found == [
        "城东新桥通车20天 早高峰快了二十分钟",
        "水位升了2.4米 渡口停航两天",
        "山里的邮差：一条走了三十年的路",
    ]


def test_other_issues_of_a_paper_and_counted_pictures_are_no_headlines():
    tools = (
        '<a href="/2026-03/01/node_1.html">上一期</a> <a href="/2026-03/03/node_1.html">下一期</a> '
        '<a href="/2026-03/01/all.html">往期回顾</a> <a href="/photo/2532.html">全部<em>1119</em>张大图</a>'
    )
    assert texts(f"<ul>{NEWS}</ul><div>{tools}</div>") == list(TEXTS)


def test_a_folder_that_the_page_lies_in_is_no_headline():
    page = f'<header><a href="/gn/city">城东新闻网，每天看城东</a></header><ul>{NEWS}</ul>'
    document = read_document(page, url="http://www.pond.example/gn/city/roads/bridge", fetched_at=NOW)
    assert [headline.text for headline in find_headlines(document, None)] == list(TEXTS)


SHORT = ("夜渡柳河", "雪落长桥", "山中一日", "盐工父子", "末班渡轮")


def test_few_words_under_pictures_are_headlines_where_nothing_else_is():
    pictures = "".join(
        f'<li><a href="/story/524{at}.html"><img src="/{at}.jpg"></a>'
        f'<p><a href="/story/524{at}.html">{text}</a></p></li>'
        for at, text in enumerate(SHORT)
    )
    menu = '<div class="nav"><a href="/story/">图片故事</a> <a href="/photo/">专题摄影</a></div>'
    assert texts(f"{menu}<ul>{pictures}</ul>") == list(SHORT)
    assert texts(f"{menu}<ul>{pictures}</ul><ul>{NEWS}</ul>") == list(TEXTS), "accounts under their portraits"
