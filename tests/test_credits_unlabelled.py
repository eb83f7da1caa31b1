"""Credits without a label of their own: names beside a medium, accounts, what a page's data calls authors."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsduck.items import Page
from newsduck.parse import parse

TITLE = "青石市图书馆第三分馆开放"
LINES = (
    "青石市图书馆昨日在新区开放第三座分馆，首日接待读者两千余人次。馆长介绍，新馆藏书四万册，设有儿童阅览室和自习区。",
    "分馆每周二至周日开放，周一闭馆。市民可凭身份证免费借阅，每次最多十册。",
    "图书馆方面表示，年内还将增设流动书车，方便偏远社区的读者借书还书。",
)


def article(info, *, body=None):
    text = "".join(f"<p>{line}</p>" for line in LINES) if body is None else body
    page = f"""<html><head><title>{TITLE}_青石网</title></head><body>
    <div class="main"><h1>{TITLE}</h1>{info}<div class="content">{text}</div></div></body></html>"""
    url = "http://news.example/story.html"
    now = datetime(2023, 8, 15, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return parse(
        Page(
            portal="x",
            url=url,
            final_url=url,
            status=200,
            headers=headers,
            body=page.encode(),
            fetched_at=now,
        )
    ).article


@pytest.mark.parametrize(
    ("info", "source", "authors"),
    [
        (
            "<p><i>城事</i><i>青石晚报</i><i>李小满 王大海</i><i>2023-08-14 10:19</i></p>",
            "青石晚报",
            ("李小满", "王大海"),
        ),
        (
            "<div>李小满 王大海 青石证券报·青石网</div><div>2023-08-14 10:19</div>",
            "青石证券报·青石网",
            ("李小满", "王大海"),
        ),
        (
            "<p><span>新世纪经济报道</span> <span>李小满,王大海</span> <span>2023-08-14 10:19</span></p>",
            "新世纪经济报道",
            ("李小满", "王大海"),
        ),
    ],
)
def test_names_beside_a_medium_are_its_writers(info, source, authors):
    found = article(info)
    assert (found.source, found.authors) == (source, authors)


def test_two_labels_in_a_pair_have_two_values():
    for info in ("来源/作者：健康时刊/李小满", "作者/来源：李小满/健康时刊"):
        found = article(f"<p>2023-08-14 10:19　{info}</p>")
        assert (found.source, found.authors) == ("健康时刊", ("李小满",))


def test_a_name_of_two_characters_beside_a_medium_is_its_writers():
    info = "<p><i>青石日报</i><i>08-14 10:19</i>{}<i>阅读 3.2万</i></p>"
    assert article(info.format("<i>段晓</i>")).authors == ("段晓",)
    assert article(info.format("<a href='/gf/'>国防</a>")).authors == ()


def test_a_channel_of_an_app_is_a_medium():
    info = "<p><i>青石客户端柳湾频道</i><i>付青山</i><i>2023-08-14 10:19</i></p>"
    assert (article(info).source, article(info).authors) == ("青石客户端柳湾频道", ("付青山",))


def test_two_channels_beside_a_medium_are_no_writers():
    info = "<p><span>国内 国际</span><span>青石晚报</span><span>2023-08-14 10:19</span></p>"
    assert article(info).authors == ()


def test_a_bracket_cut_in_two_is_no_medium():
    caption = "<table><tr><td>馆长在新馆接受采访（青石社　李小满摄）</td></tr></table>"
    assert article(f"<p>http://www.pond.example 2023-08-14 10:19</p>{caption}").source is None


def test_behind_the_text_stands_an_account_where_the_author_is_named_too():
    found = article("<p>2023-08-14 10:19</p><p>文 | 深水区，作者 | 李小满，编辑 | 王大海</p>")
    assert (found.source, found.authors, found.editors) == ("深水区", ("李小满",), ("王大海",))


def test_an_author_and_his_text_are_one():
    assert article("<p>2023-08-14 10:19 作者：文/李小满 图/王大海</p>").authors == ("李小满",)


def test_a_story_chosen_from_a_magazine_is_that_magazines():
    assert article("<p>2023-08-14 10:19</p><p>本文选自《青石周刊》2023年第8期</p>").source == "青石周刊"


def test_reporter_and_editor_of_one_house_are_told_apart():
    found = article("<p>2023-08-14 10:19</p><p>岸报记者 李小满 岸报编辑 王大海</p>")
    assert (found.authors, found.editors) == (("李小满",), ("王大海",))


def test_authors_in_data_are_texts_or_objects():
    for told in ("李小满", {"name": "李小满"}, [{"@type": "Person", "name": "李小满"}]):
        data = {"headline": TITLE, "articleBody": "\n".join(LINES * 3), "author": told}
        script = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
        assert article("", body=script).authors == ("李小满",)


@pytest.mark.parametrize(
    ("info", "authors"),
    [
        ("<p>2023-08-14 10:19　作者： 记者 李小满 王大海 青石报道</p>", ("李小满", "王大海")),
        ("<p>2023-08-14 10:19</p><p>李小滿 王大海 / 青石報導</p>", ("李小滿", "王大海")),
        ("<p>李小满<span>2023-08-14 10:19</span></p>", ("李小满",)),
        ("<p><a href='/gf/'>国防</a> <span>2023-08-14 10:19</span></p>", ()),
        ("<p>国内 <span>2023-08-14 10:19</span></p>", ()),
        ("<p>By Lena Marsh in Pond City | Pond Daily | Updated: 2023-08-14 10:19</p>", ("Lena Marsh",)),
        ("<p>By continuing you agree to our terms</p><p>2023-08-14 10:19</p>", ()),
    ],
)
def test_names_stand_behind_two_labels_before_a_place_or_alone(info, authors):
    assert article(info).authors == authors


def test_the_medium_behind_an_english_byline_is_the_source():
    info = "<p>By Lena Marsh in Pond City | Pond Daily | Updated: 2023-08-14 10:19 <a>Share</a></p>"
    assert article(info).source == "Pond Daily"


@pytest.mark.parametrize("tool", ["推荐给朋友", "告诉好友", "L M S"])
def test_buttons_beside_the_time_are_no_medium(tool):
    info = f"<p>2023-08-14 10:19　【<a href='#'>{tool}</a>】</p>"
    assert article(info).source is None


def test_a_dateline_may_name_the_editor_or_a_columnist():
    text = "".join(f"<p>{line}</p>" for line in LINES)
    edited = article(
        "<p>2023-08-14 10:19</p>", body=text.replace("<p>", "<p>青石社8月14日讯（编辑 李小满）", 1)
    )
    assert (edited.editors, edited.authors) == (("李小满",), ())
    column = article(
        "<p>2023-08-14 10:19</p>", body=text.replace("<p>", "<p>【青石网】（专栏作家 李小满）", 1)
    )
    assert column.authors == ("李小满",)
