"""Headline lists: which links are entries, and what is told about each; on pages of our own writing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsduck.parse.bodies import find_story
from newsduck.parse.document import read_document
from newsduck.parse.lists import find_headlines
from newsduck.parse.lists.widths import width

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 8, 5, tzinfo=CHINA)

NAV = """<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/gn/">国内</a></li>
<li><a href="/gj/">国际</a></li><li><a href="/ty/">体育新闻频道</a></li></ul></div>"""
FOOT = """<div class="footer"><a href="/about.html">关于我们</a> <a href="/contact.html">联系我们</a>
<a href="http://beian.example/10086">某ICP备20261234号-1</a></div>"""
STORIES = [
    ("城东新桥今晨通车 早高峰快了二十分钟", "/gn/2026-03/02/content_1001.html"),
    ("三月起图书馆夜场延到十一点", "/gn/2026-03/02/content_1002.html"),
    ("山里的邮差：一条走了三十年的路", "/gn/2026-03/01/content_1003.html"),
    ("豆腐坊重开，老街又闻豆香", "/gn/2026-03/01/content_1004.html"),
]


def headlines(body, url="http://www.pond.example/", *, with_story=False):
    document = read_document(f"<html><body>{body}</body></html>", url=url, fetched_at=NOW)
    return find_headlines(document, find_story(document) if with_story else None)


def listing(stories=STORIES, item='<li><a href="{url}">{text}</a></li>'):
    return "<ul>" + "".join(item.format(text=text, url=url) for text, url in stories) + "</ul>"


def texts(found):
    return [headline.text for headline in found]


def test_a_list_is_taken_and_what_surrounds_it_is_not():
    found = headlines(NAV + f"<div class='box'>{listing()}<a href='/gn/'>更多>></a></div>" + FOOT)
    assert texts(found) == [text for text, _ in STORIES]
    assert found[0].url == "http://www.pond.example/gn/2026-03/02/content_1001.html"


def test_an_entry_knows_its_section_and_its_rank():
    page = f"""<div><h2>要闻</h2>{listing(STORIES[:2])}</div>
    <div><div class="box-title"><span>乡野</span><a href="/xy/">更多</a></div>{listing(STORIES[2:])}</div>"""
    found = headlines(NAV + page + FOOT)
    assert [(h.section, h.rank) for h in found] == [("要闻", 1), ("要闻", 2), ("乡野", 1), ("乡野", 2)]


def test_pages_that_a_script_makes_have_addresses_behind_the_hash():
    routes = [(text, f"#/detail?id={at}") for at, (text, _) in enumerate(STORIES, 3121)]
    menu = (
        '<div class="tabs"><a href="#/">首页</a><a href="#/list?id=2">国内</a><a href="#top">顶部</a></div>'
    )
    found = headlines(menu + listing(routes), url="http://www.pond.example/h5/#/list?id=1")
    assert texts(found) == [text for text, _ in STORIES]
    assert found[0].url == "http://www.pond.example/h5/#/detail?id=3121"


def test_a_list_without_a_heading_has_no_section():
    assert {h.section for h in headlines(NAV + listing() + FOOT)} == {None}


def test_addresses_need_no_digits():
    stories = [
        ("The ferry that would not wait for winter", "/life/the-ferry-that-would-not-wait"),
        ("A bakery, a blackout, and forty loaves", "/life/a-bakery-a-blackout-and-forty-loaves"),
        ("Why the old lamps came back", "/city/why-the-old-lamps-came-back"),
    ]
    menu = "<ul>" + "".join(f"<li><a href='/{w}'>{w}</a></li>" for w in ("Life", "City", "Sport")) + "</ul>"
    found = headlines(menu + listing(stories, '<article><h3><a href="{url}">{text}</a></h3></article>'))
    assert texts(found) == [text for text, _ in stories]


def test_short_headlines_stand_among_long_ones():
    stories = [*STORIES, ("河灯下水", "/gn/2026-03/01/content_1005.html")]
    assert "河灯下水" in texts(headlines(NAV + listing(stories) + FOOT))


@pytest.mark.parametrize(
    ("item", "raw"),
    [
        ('<li><a href="{url}">{text}</a><span>03-01 21:40</span></li>', "03-01 21:40"),
        ('<li><span class="t">2026-03-01 21:40</span><a href="{url}">{text}</a></li>', "2026-03-01 21:40"),
        ('<li><a href="{url}"><h3>{text}</h3><em>昨天 21:40</em></a></li>', "昨天 21:40"),
        ('<dl><dt><a href="{url}">{text}</a></dt><dd>某某报 2026-03-01 21:40</dd></dl>', "2026-03-01 21:40"),
        ('<a href="{url}">{text}</a> (03-01 21:40)<br>', "03-01 21:40"),
        ('03-01 21:40 <a href="{url}">{text}</a><br>', "03-01 21:40"),
    ],
)
def test_the_time_beside_an_entry_is_read(item, raw):
    found = headlines(NAV + f"<div>{listing(item=item)}</div>" + FOOT)
    assert texts(found) == [text for text, _ in STORIES]
    assert {h.published_raw for h in found} == {raw}
    assert {h.published_at for h in found} == {datetime(2026, 3, 1, 21, 40, tzinfo=CHINA)}


def test_a_relative_time_counts_from_the_visit():
    found = headlines(listing(item='<li><a href="{url}">{text}</a><i>3小时前</i></li>'))
    assert {h.published_at for h in found} == {datetime(2026, 3, 2, 5, 5, tzinfo=CHINA)}


def clocked(clocks):
    rows = zip(
        clocks,
        [*STORIES, *[(f"{text}（续）", url.replace("_1", "_2")) for text, url in STORIES]],
        strict=False,
    )
    items = "".join(
        f'<li><span>{clock}</span> <a href="{url}">{text}</a></li>' for clock, (text, url) in rows
    )
    return [h.published_at for h in headlines(f"<ul>{items}</ul>")]


def test_clocks_that_run_down_are_times_of_a_rolling_list():
    assert clocked(["08:01", "07:55", "00:10", "23:40", "21:00"]) == [
        datetime(2026, 3, 2, 8, 1, tzinfo=CHINA),
        datetime(2026, 3, 2, 7, 55, tzinfo=CHINA),
        datetime(2026, 3, 2, 0, 10, tzinfo=CHINA),
        datetime(2026, 3, 1, 23, 40, tzinfo=CHINA),
        datetime(2026, 3, 1, 21, 0, tzinfo=CHINA),
    ]
    assert clocked(["22:10", "21:05", "21:05", "20:00", "08:30"])[0] == datetime(
        2026, 3, 1, 22, 10, tzinfo=CHINA
    )


@pytest.mark.parametrize(
    "lengths", [["03:10", "12:44", "01:05", "02:20", "04:00"], ["08:01", "07:55"], ["05:00"] * 5]
)
def test_the_lengths_of_clips_are_no_times(lengths):
    assert set(clocked(lengths)) == {None}


def test_a_day_in_the_headline_or_in_the_summary_is_no_listed_time():
    item = '<li><a href="{url}">3月1日{text}</a>'
    item += "<p>3月1日，记者在渡口看到，新船已经靠岸，船工们正在检查缆绳和灯。</p></li>"
    assert {h.published_at for h in headlines(listing(item=item))} == {None}


def test_rank_numbers_badges_counts_and_bullets_are_no_part_of_the_text():
    item = '<li><a href="{url}"><i>1</i><b>热</b><span>·{text}</span><em>120评论</em></a></li>'
    assert texts(headlines(listing(item=item))) == [text for text, _ in STORIES]


def test_a_cut_text_is_replaced_by_the_title_attribute():
    item = '<li><a href="{url}" title="{text}">' + STORIES[0][0][:9] + "...</a></li>"
    found = headlines(listing(STORIES[:1] * 3, item))
    assert [(h.text, h.is_truncated) for h in found] == [(STORIES[0][0], False)]


def test_a_title_attribute_that_only_adds_the_site_s_name_is_left_alone():
    item = '<li><a href="{url}" title="{text} - 池塘晚报">{text}</a></li>'
    assert texts(headlines(listing(item=item))) == [text for text, _ in STORIES]


def test_an_ellipsis_tells_a_cut_text():
    found = headlines(listing([(text[:10] + "…", url) for text, url in STORIES[:3]] + [STORIES[3]]))
    assert [h.is_truncated for h in found] == [True, True, True, False]


def cut(text, columns):
    while width(text) > columns:
        text = text[:-1]
    return text


def test_a_list_cut_at_one_column_is_told_without_an_ellipsis():
    long = "渡口的老船工说起当年的大水，说得最多的是那一夜的灯火，和灯火下面排成一队的木船与人家"
    stories = [(cut(f"{n}{'ab'[n % 2]}{long}", 66), f"/gn/20260302/{n}.html") for n in range(5)]
    found = headlines(listing([*stories, STORIES[3]]))
    assert [h.is_truncated for h in found] == [True] * 5 + [False]


def test_texts_that_just_end_are_not_cut():
    assert not any(h.is_truncated for h in headlines(listing()))


STORY = """<h1>城东新桥今晨通车</h1><div class="info">2026-03-02 07:10 来源：某某晚报</div><div class="text">
<p>今晨六点，城东新桥正式通车。桥长一千二百米，双向六车道，两侧设有步道。</p>
<p>桥的设计者说，<a href="/gn/2026-02/01/content_900.html">最难的是水下的桩</a>，
江底的石头比图纸上硬得多，工期因此拖了半年。</p>
<p>头一班过桥的公交车上坐满了人。司机说，往后这一趟能省二十分钟，早饭可以坐下来吃了。</p></div>"""


def test_on_a_story_s_page_the_lists_are_taken_and_links_in_the_text_are_not():
    url = "http://www.pond.example/gn/2026-03/02/content_1001.html"
    around = f"""<p>上一篇：<a href="/gn/2026-03/01/content_999.html">老桥拆除之前，他们回来看了一眼</a></p>
    <div class="rel"><h3>相关新闻</h3>{listing()}</div>"""
    found = headlines(NAV + STORY + around + FOOT, url, with_story=True)
    assert texts(found) == [text for text, _ in STORIES[1:]], "neither itself, nor the story before it"
    assert {h.section for h in found} == {"相关新闻"}


def test_a_summary_beside_its_headline_is_no_second_entry():
    summary = "山路有三十里，他每周走三趟，背包里是信、药和孩子们的课本。" * 3
    item = '<div><h3><a href="{url}">{text}</a></h3><a href="{url}">' + summary + "</a></div>"
    assert texts(headlines(listing(item=item))) == [text for text, _ in STORIES]


def test_an_entry_is_told_once_a_list():
    found = headlines(f"<div><h2>要闻</h2>{listing()}</div><div><h2>热点</h2>{listing()}{listing()}</div>")
    assert [h.section for h in found] == ["要闻"] * 4 + ["热点"] * 4


def test_lists_with_times_but_without_links_are_kept():
    lines = "".join(f"<p>{text}</p><p>03月02日 07:{n}0</p>" for n, (text, _) in enumerate(STORIES))
    found = headlines(f"<h1>一个题目</h1><p>03月01日 10:10</p><p>只有一句话。</p>{lines}")
    assert [(h.text, h.url, h.published_raw) for h in found] == [
        (text, None, f"03月02日 07:{n}0") for n, (text, _) in enumerate(STORIES)
    ]


@pytest.mark.parametrize(
    "word", ["更多>>", "查看全部", "登录", "120评论", "下一页", "免费注册", "©2026 某某网", "3", "»"]
)
def test_commands_counts_and_licences_are_never_entries(word):
    assert word not in texts(headlines(listing([*STORIES, (word, "/gn/2026-03/01/content_1009.html")])))


MARKUP = [
    "<a href='/a/1.html'>",
    "</a>",
    "<ul><li>",
    "</ul>",
    "<a href='http://[x/'>",
    "<a href='javascript:;'>",
]
WORDS = ["新桥通车", "昨天 10:20", "99条评论", "<h2>", "</h2>", "<div class='nav'>", "</div>", "\x00", "…"]
FRAGMENTS = st.sampled_from([*MARKUP, *WORDS, "<a href=' //b.example '>"])


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, max_size=40))
def test_any_markup_is_read_and_every_entry_has_a_place(fragments):
    found = headlines("".join(fragments))
    places = [(h.section, h.rank) for h in found]
    assert len(set(places)) == len(places)
    assert all(h.text == " ".join(h.text.split()) != "" for h in found)
    assert all(h.published_at is None or h.published_at <= NOW for h in found)
