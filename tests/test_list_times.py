"""The time beside an entry, in the shapes that lists have; on pages of our own writing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsduck.parse.document import read_document
from newsduck.parse.lists import find_headlines

NOW = datetime(2026, 3, 2, 20, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
TEXTS = (
    "城东新桥今晨通车 早高峰快了二十分钟",
    "三月起图书馆夜场延到十一点",
    "山里的邮差：一条走了三十年的路",
    "豆腐坊重开，老街又闻豆香",
    "渔港清淤十天 头船今日出海",
    "末班渡轮的船长退休了",
)


def moments(item, times, *, around="<div>{}</div>"):
    """What is read beside each entry of a page whose entries look like this."""
    entries = "".join(
        item.format(a=f'<a href="/gn/{1001 + at}.html">{text}</a>', time=time, url=f"/gn/{1001 + at}.html")
        for at, (text, time) in enumerate(zip(TEXTS, times, strict=False))
    )
    page = f"<html><body><h2>要闻</h2>{around.format(entries)}</body></html>"
    document = read_document(page, url="http://www.pond.example/", fetched_at=NOW)
    found = {h.text: h.published_at for h in find_headlines(document, None)}
    return [found[text] and f"{found[text]:%m-%d %H:%M}" for text, _ in zip(TEXTS, times, strict=False)]


OTHER = '<a href="/b{time}.html">村口的井修好了 又打得出水</a>'
DAYS = ("2026-02-28", "2026-02-26", "2026-02-21")
READ_DAYS = ["02-28 00:00", "02-26 00:00", "02-21 00:00"]
CLOCKS = ("19:40", "19:12", "18:30", "17:05", "16:58", "16:20")
READ_CLOCKS = [f"03-02 {clock}" for clock in CLOCKS]


@pytest.mark.parametrize(
    "item",
    [
        "<h3>{a}</h3><p>{time}</p>",
        "<h3>{a}</h3><span>青石晚间新闻客户端 · {time}</span>",
        "<p>{time}</p><h3>{a}</h3>",
        "<div>{a}</div><div>{time}</div>",
        "<div><h2>{a}</h2><div><em>{time}</em></div><ul><li>" + OTHER + "</li></ul></div>",
        "<table><tr><td>{a}</td></tr><tr><td>发布时间：{time} 浏览：20 次</td></tr></table>",
        "<tr><td>{a}<i>成文日期：2026-01-01</i></td><td>{time}</td></tr>",
    ],
)
def test_a_day_stands_in_the_next_element_or_another_cell(item):
    assert moments(item, DAYS) == READ_DAYS


def test_two_entries_in_a_row_have_a_day_each():
    row = f"<tr><td>{{a}}</td><td>{{time}}</td><td>{OTHER}</td><td>2026-01-05</td></tr>"
    assert moments(row, DAYS, around="<table>{}</table>") == READ_DAYS


def test_a_day_among_source_and_counts_is_read_though_it_is_short():
    line = "<div>{a}<div><span>池塘晚报编辑部</span><span>{time}</span><span>3000 阅读</span></div></div>"
    assert moments(line, ("1天前", "2天前", "02-21")) == ["03-01 00:00", "02-28 00:00", "02-21 00:00"]


@pytest.mark.parametrize(
    "item",
    [
        "{a} ({time})<br>",
        '<li><b>{time}</b><a href="/sh/">社会</a>{a}</li>',
        '<li><a href="{url}"><img></a><b>{time}</b><a href="/sh/">社会</a>{a}</li>',
    ],
)
def test_a_clock_may_be_loose_or_have_a_label_beside_it(item):
    assert moments(item, CLOCKS) == READ_CLOCKS


def test_clocks_tell_their_half_of_the_day():
    times = ("下午7:40", "下午7:12", "下午 1:30", "上午11:58", "上午9:05", "凌晨0:20")
    read = ["19:40", "19:12", "13:30", "11:58", "09:05", "00:20"]
    assert moments("<li>{a}<i>{time}</i></li>", times) == [f"03-02 {clock}" for clock in read]


@pytest.mark.parametrize(
    "box",
    ["<p>{day}</p><p>2026.02</p>", "<p>{day}日</p><p>2026/2</p>", "<p>2026-02</p><p>{day}</p>"],
)
def test_a_day_in_large_figures_goes_with_month_and_year_on_another_line(box):
    text = "<div><p>{a}</p><p>这天的事，村里人还记得。</p></div>"
    item = f"<div><div>{box.format(day='{time}')}</div>{text}</div>"
    assert moments(item, ("28", "26", "21")) == READ_DAYS


def test_the_day_above_a_list_is_no_entry_s_time():
    item = "<div>{a}{time}</div>"
    assert moments(item, ("", "", ""), around="<div><p>2026-03-02</p>{}</div>") == [None, None, None]


def test_a_short_day_is_read_where_its_mates_have_longer_ones_and_is_else_a_score():
    item = "<li>{a}<i>{time}</i></li>"
    assert moments(item, ("2-12", "2-9", "2-3")) == ["02-12 00:00", "02-09 00:00", "02-03 00:00"]
    assert moments(item, ("3-1", "2-0", "1-1")) == [None, None, None]


@pytest.mark.parametrize(
    ("time", "read"),
    [
        ("115-02-28", "02-28 00:00"),
        ("115/2/8", "02-08 00:00"),
        ("20260228", "02-28 00:00"),
        ("半小时前", "03-02 19:35"),
        ("半个小时前", "03-02 19:35"),
    ],
)
def test_days_of_the_republic_days_in_one_number_and_half_hours_are_read(time, read):
    assert moments("<li>{a}<i>{time}</i></li>", (time, time, time)) == [read] * 3


def test_the_column_of_the_day_of_publication_is_known_by_its_head():
    head = "<tr><th>名称</th><th>成文日期</th><th>公开日期</th></tr>"
    row = "<tr><td>{a}</td><td>2026-02-20</td><td>{time}</td></tr>"
    assert moments(row, DAYS, around=f"<table>{head}{{}}</table>") == READ_DAYS


@pytest.mark.parametrize("page", ["<dl>{}</dl>", "<div>{}</div>"])
def test_a_day_above_several_entries_is_that_of_each(page):
    heads = [f"<dt>2026年2月{day}日</dt>" for day in (28, 26)]
    half = "".join(f'<dd><a href="/gn/{1001 + at}.html">{text}</a></dd>' for at, text in enumerate(TEXTS[:3]))
    rest = "".join(f'<dd><a href="/gn/{1004 + at}.html">{text}</a></dd>' for at, text in enumerate(TEXTS[3:]))
    parts = f"{heads[0]}{half}{heads[1]}{rest}"
    if page.startswith("<div"):
        parts = f"<dl>{heads[0]}{half}</dl><dl>{heads[1]}{rest}</dl>"
    document = read_document(page.format(parts), url="http://www.pond.example/", fetched_at=NOW)
    days = [h.published_at and f"{h.published_at:%m-%d}" for h in find_headlines(document, None)]
    assert days == ["02-28"] * 3 + ["02-26"] * 3


def test_one_day_above_a_list_is_that_of_the_page():
    entries = "".join(f'<dd><a href="/gn/{1001 + at}.html">{text}</a></dd>' for at, text in enumerate(TEXTS))
    page = f"<dl><dt>2026年3月2日</dt>{entries}</dl>"
    document = read_document(page, url="http://www.pond.example/", fetched_at=NOW)
    assert {h.published_at for h in find_headlines(document, None)} == {None}
