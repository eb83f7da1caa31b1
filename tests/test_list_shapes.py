"""What an address tells of where it leads, and how many columns a text takes."""

import pytest

from newsduck.parse.lists.shapes import shape_of
from newsduck.parse.lists.widths import cut_width, teaser_width, width


@pytest.mark.parametrize(
    ("widths", "column"),
    [
        ([66, 66, 65, 66, 40], 66),
        ([30, 31, 44, 52], None),
        ([8, 8, 8, 8], None),
        ([66, 66], None),
        ([], None),
    ],
)
def test_a_list_is_cut_where_its_texts_pile_up(widths, column):
    assert cut_width(widths) == column


def test_openings_of_stories_end_near_one_column():
    openings = [66, 64, 62, 65, 60, 64, 63, 61, 35]
    assert cut_width(openings) is None, "in a list of links these are long headlines"
    assert teaser_width(openings) == 61
    assert teaser_width([40, 38, 36, 39, 41, 40, 38, 37, 36]) is None


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("news", 4), ("新闻", 4), ("“新桥”", 8), ("A股4100点", 9), ("ｂ", 2), ("…", 2), ("é", 1)],
)
def test_a_chinese_character_is_two_columns_wide(text, columns):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("url", "claims"),
    [
        ("http://www.pond.example/", {"is_index"}),
        ("http://www.pond.example/gn/index.html", {"is_index", "is_document"}),
        ("http://www.pond.example/2026/03/02/city/bridge/index.html", {"is_dated", "is_document"}),
        ("http://www.pond.example/?p=21953", set()),
        ("http://v.pond.example/today/#250701", set()),
        ("http://www.pond.example/h5/#/detail?id=3121", set()),
        ("http://www.pond.example/h5/#/list?channel=3", {"is_index"}),
        ("http://www.pond.example/#!/tag/bridge", {"is_service"}),
        ("http://www.pond.example/life/why-the-old-lamps-came-back", {"is_document"}),
        ("http://www.pond.example/user/4711", {"is_service"}),
        ("http://www.pond.example/user_4711", {"is_service"}),
        ("http://ad2.pond.example/x.html", {"is_advert", "is_document"}),
        ("http://go.pond.example/click?to=1", {"is_advert"}),
        ("http://g.pond.example/gg?c=5", {"is_advert"}),
        ("http://txt.go.pond.example/6450", {"is_advert"}),
        ("http://www.pond.example/s?wd=yu", {"is_service"}),
        ("http://www.pond.example/zt/c12/", {"is_index"}),
        ("http://www.pond.example/story/20210/", set()),
    ],
)
def test_an_address_tells_what_it_can_lead_to(url, claims):
    shape = shape_of(url)
    names = ("is_advert", "is_dated", "is_document", "is_index", "is_service")
    assert {name for name in names if getattr(shape, name)} == claims


def test_siblings_are_of_one_family_and_strangers_are_not():
    first, second, other = (
        shape_of(f"http://{rest}")
        for rest in (
            "news.pond.com.cn/gn/2026-03/02/c_101.html",
            "local.pond.com.cn/xy/2026-02/28/c_99.html",
            "news.pond.com.cn/gn/",
        )
    )
    assert first.family == second.family != other.family
    assert first.site == second.site == "pond.com.cn"
