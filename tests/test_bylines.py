"""Credits word by word: names, labels, sources, and bylines in running text."""

import pytest

from newsduck.parse.credits.bylines import (
    closing_names,
    dateline_names,
    is_signature,
    line_names,
    posted_by,
    without_house,
)
from newsduck.parse.credits.labels import beginnings, labelled
from newsduck.parse.credits.names import is_name, sure_names, tokens
from newsduck.parse.credits.sources import clean_source


def test_all_letters_are_known_with_which_a_pattern_can_begin():
    assert set(beginnings(r"(?:甲|乙\s?己)*丙子|[丁戊]辛|by")) == set("甲乙己丙丁戊b")


@pytest.mark.parametrize(
    "name", ["李晓", "李小满", "欧阳明月", "司马青", "阿依努尔·买买提", "陳美玉", "付青山", "欧小满"]
)
def test_names_are_known_by_their_form(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "时政",
        "国内",
        "金融市场",
        "关注",
        "关闭",
        "青石报·青石网记者",
        "江声报",
        "欧洲",
        "代表",
        "楼市",
        "文图",
        "图书馆",
        "李",
        "李小满报道",
        "2023",
        "来源",
    ],
)
def test_other_words_are_no_names(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("李小满 王大海", ["李小满", "王大海"]),
        ("李小满、王大海，陈玉；赵川", ["李小满", "王大海", "陈玉", "赵川"]),
        ("李　满　王　海", ["李满", "王海"]),
        ("李小满（青石大学）", ["李小满"]),
        ("李小满_NF4425", ["李小满"]),
        ("李小满 PX209", ["李小满"]),
        ("HN666", ["HN666"]),
        ("Demi Xu", ["Demi Xu"]),
        ("李小满】", ["李小满"]),
        ("", []),
    ],
)
def test_a_value_lists_names(value, expected):
    assert list(tokens(value)) == expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("李小满报道", ["李小满"]),
        ("李小满青石报道", ["李小满"]),
        ("罗科苏盈", ["罗科", "苏盈"]),
        ("市文旅局", []),
    ],
)
def test_a_token_is_read_as_names_or_not_at_all(token, expected):
    assert sure_names(token) == expected


def kinds(line):
    return [(item.kind, item.value.strip()) for item in labelled(line) if item.kind != "other"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "来源：青石日报 作者：李小满 责任编辑：王大海",
            [("source", "青石日报"), ("author", "李小满"), ("editor", "王大海")],
        ),
        ("来源：青石日报作者：李小满", [("source", "青石日报"), ("author", "李小满")]),
        ("文/李小满 图/王大海 编辑/陈玉", [("author", "李小满"), ("editor", "陈玉")]),
        ("编辑丨李小满 校对丨王大海", [("editor", "李小满")]),
        ("責任編輯：李小滿", [("editor", "李小滿")]),
        ("稿源\t青石网\t|", [("source", "青石网\t|")]),
        ("图片来源：视觉青石", []),
        ("摄影记者：李小满", []),
        ("流程编辑：TF011", []),
    ],
)
def test_labels_part_a_line(line, expected):
    assert kinds(line) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("青石日报", "青石日报"),
        ("《青石日报》", "青石日报"),
        ("青石网-《青石日报》", "青石网-《青石日报》"),
        ("青石网(青石日报网)", "青石网(青石日报网)"),
        ("青石日报　2023-08-15 10:19", "青石日报"),
        ("青石日报 我要评论", "青石日报"),
        ("[\t青石日报\t]", "青石日报"),
        ("Qingshi Daily", "Qingshi Daily"),
        ("Example.COM", "Example.COM"),
        ("公众号“青石发布”", "青石发布"),
        ("青石财经（ID：qscj2020）", "青石财经"),
        ("甲研究院、乙研究院等", "甲研究院、乙研究院等"),
        ("| ", None),
    ],
)
def test_a_source_is_the_name_only(value, expected):
    assert clean_source(value) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("本报讯（记者李小满）青石市图书馆昨日开放。", ("李小满",)),
        ("青石社8月15日电（记者李小满、王大海）青石市图书馆开放。", ("李小满", "王大海")),
        ("本报讯 (记者 李小满 通讯员 王大海 陈玉) 青石市图书馆开放。", ("李小满", "王大海", "陈玉")),
        ("〔記者李小滿／青石報導〕圖書館昨開放。", ("李小滿",)),
        ("（中央社記者李小滿青石15日電）圖書館今天開放。", ("李小滿",)),
        ("本报讯 记者李小满报道：青石市图书馆开放。", ("李小满",)),
        ("据青石社电（记者 格桑边觉）图书馆开放。", ("格桑边觉",)),
        ("记者从市图书馆获悉，第三座分馆昨日开放。", ()),
        ("昨日，记者李小满来到图书馆采访。", ()),
        ("记者从海关了解到，图书馆昨日开放。", ()),
        ("青石网讯（记者李小满 通讯员阿依努尔·买买提报道）图书馆开放。", ("李小满", "阿依努尔·买买提")),
        ("【青石報訊】記者李小滿報道：圖書館昨日開放。", ("李小滿",)),
        ("本报讯（记者 昂旺 通讯员 李小满）图书馆开放。", ("昂旺", "李小满")),
        ("本报讯（记者 李小满 通讯员 青石电视）图书馆开放。", ("李小满",)),
        ("（青石報記者李小滿台灣青石報導）圖書館開放。", ("李小滿",)),
    ],
)
def test_a_dateline_names_the_writers(paragraph, expected):
    assert dateline_names(paragraph) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("读者很多。（记者 李小满 王大海）", ("李小满", "王大海")),
        ("读者很多。（李小满 青石报道）", ("李小满",)),
        ("读者很多。（文/图 李小满 王大海）", ("李小满", "王大海")),
        ("（李小满/文 王大海/图）", ("李小满",)),
        ("读者很多。（完）", ()),
        ("读者很多。（文中人物均为化名）", ()),
        ("读者很多。（作者系青石大学教授）", ()),
        ("责任编辑【李小满】", ()),
    ],
)
def test_closing_brackets_name_the_writers(paragraph, expected):
    assert closing_names(paragraph) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("青石日报记者 李小满", ("李小满",)),
        ("本报记者李小满王大海发自青石", ("李小满", "王大海")),
        ("【文/青石网专栏作者 李小满】", ("李小满",)),
        ("本报首席记者 李小满 见习记者 王大海 摄影记者 陈玉", ("李小满", "王大海")),
        ("本报记者 李小满 摄", ()),
        ("记者 李小满 通讯员 粤图宣", ("李小满", "粤图宣")),
        ("青石报·青石网记者 李小满", ("李小满",)),
        ("【打印】【关闭】", ()),
        ("记者手记：图书馆里的夏天", ()),
        ("有记者问起此事", ()),
    ],
)
def test_a_line_that_is_a_byline_names_the_writers(line, expected):
    assert line_names(line) == expected


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("■陈小满　解放日刊特约记者　王大海", ("王大海",)),
        ("□ 本报通讯员 陈小满", ("陈小满",)),
        ("□陈小满 王大海", ("陈小满", "王大海")),
        ("岸报记者 陈小满 岸报编辑 王大海", ("陈小满",)),
    ],
)
def test_a_line_that_signs_a_story_is_known(line, names):
    assert is_signature(line)
    assert line_names(without_house(line)) == names


@pytest.mark.parametrize(
    "line",
    ["■记者手记", "◆报名须知", "●救生设备是否齐全", "■", "记者编辑部搬到河边", "岸报记者陈小满去过渡口。"],
)
def test_headings_and_items_sign_nothing(line):
    assert not is_signature(line)


@pytest.mark.parametrize(("token", "names"), [("娄底报道", []), ("李小满报道", ["李小满"]), ("温州报道", [])])
def test_a_town_before_the_word_for_report_is_nobody(token, names):
    assert sure_names(token) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("由 李小满 发表于 2026年3月1日", ("李小满",)),
        ("作品 · 由 Lea Stone 發表於 2026-03-01", ("Lea Stone",)),
        ("由 admin 发布于 2026年3月1日", ()),
        ("由 青石市图书馆 发布", ()),
        ("理由 李小满 说", ()),
    ],
)
def test_a_publishing_system_names_the_writer(line, names):
    assert posted_by(line) == names
