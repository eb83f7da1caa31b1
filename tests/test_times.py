"""Written times: every form, the year where none is written, and the time of a story on pages of our own."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsduck.parse.bodies import find_story
from newsduck.parse.document import read_document
from newsduck.parse.times import find_published, read_time, read_times

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2023, 8, 15, 12, 0, tzinfo=CHINA)


def read(text, now=NOON, near=None):
    return read_time(text, now=now, zone=CHINA, near=near)


def shown(text, now=NOON, near=None):
    found = read(text, now, near)
    return found and found.at.strftime("%Y-%m-%d %H:%M")


FORMS = """
08月15日 10:19                                   2023-08-15 10:19
2023年08月15日 10:19                             2023-08-15 10:19
2023年8月15日10时19分                            2023-08-15 10:19
2023年8月15日10点19分33秒                        2023-08-15 10:19
2023年08月15日星期二 上午10:19                   2023-08-15 10:19
2023年8月14日 下午3:05                           2023-08-14 15:05
2022年8月15日 晚8点30分                          2022-08-15 20:30
2022年8月15日 中午12:05                          2022-08-15 12:05
2023年8月15日                                    2023-08-15 00:00
２０２３年８月１５日 １０：１９                      2023-08-15 10:19
二〇二三年八月十五日                             2023-08-15 00:00
二〇二三年八月十四日下午三时五分                 2023-08-14 15:05
2023-08-15 10:19                                 2023-08-15 10:19
2023-8-5 9:07:33                                 2023-08-05 09:07
2023/08/15 10:19                                 2023-08-15 10:19
2023.08.15 10:19                                 2023-08-15 10:19
2023 08/15 10:19                                 2023-08-15 10:19
2007-08-20-23:59:59                              2007-08-20 23:59
20230815 10:19                                   2023-08-15 10:19
20230815101933                                   2023-08-15 10:19
2019-09-3007:42                                  2019-09-30 07:42
10:19 2023/08/15                                 2023-08-15 10:19
發佈時間：10:19 2023-08-15 HKT                   2023-08-15 10:19
发布: 6:06pm 11/08/2023                          2023-08-11 18:06
18-03-08 23:16                                   2018-03-08 23:16
08-15 10:19                                      2023-08-15 10:19
(07/13 08:41)                                    2023-07-13 08:41
10-0812:00                                       2022-10-08 12:00
08-15                                            2023-08-15 00:00
8月15日                                          2023-08-15 00:00
06/02/2022 - 13:48                               2022-02-06 13:48
2004-12-30 07:31AM                               2004-12-30 07:31
2005-04-03 17:19PM                               2005-04-03 17:19
Aug 14, 2023 10:19 PM                            2023-08-14 22:19
15 August 2023, 10:19                            2023-08-15 10:19
Tue, 15 Aug 2023 10:19:00 +0800                  2023-08-15 10:19
Tue, 15 Aug 2023 02:19:00 GMT                    2023-08-15 10:19
2023-08-15T10:19:00+08:00                        2023-08-15 10:19
2023-08-15T02:19:00.123Z                         2023-08-15 10:19
2023-08-15 10:19 GMT+8                           2023-08-15 10:19
1692065940                                       2023-08-15 10:19
1692065940000                                    2023-08-15 10:19
刚刚                                             2023-08-15 12:00
剛剛                                             2023-08-15 12:00
5分钟前                                          2023-08-15 11:55
5分鐘前                                          2023-08-15 11:55
半小时前                                         2023-08-15 11:30
1个半小时前                                      2023-08-15 10:30
3小时前                                          2023-08-15 09:00
15小时前                                         2023-08-14 21:00
两天前                                           2023-08-13 00:00
1周前                                            2023-08-08 00:00
2 hours ago                                      2023-08-15 10:00
今天 08:00                                       2023-08-15 08:00
昨天 10:20                                       2023-08-14 10:20
昨天15:44                                        2023-08-14 15:44
前天 22:01                                       2023-08-13 22:01
昨日                                             2023-08-14 00:00
来源：青石日报 2023-08-15 10:19:33               2023-08-15 10:19
2005年07月18日 格林尼治标准时间10时19分          2005-07-18 18:19
7/8/2005 10:19:33 AM                             2005-07-08 10:19
2005/07/18(一) 10:19                             2005-07-18 10:19
中華民國112年8月15日                             2023-08-15 00:00
15 2023-08                                       2023-08-15 00:00
发布时间：2023年08月15日 10:19  来源：青石日报   2023-08-15 10:19
"""


@pytest.mark.parametrize(
    ("text", "expected"), [(line[:-16].strip(), line[-16:]) for line in FORMS.strip().split("\n")]
)
def test_every_written_form_is_read(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12:30",
        "比分 2-1",
        "2022/2023赛季",
        "1.2.2019.3.4",
        "十五的月亮",
        "2024年1月1日",
        "13月45日",
        "2023-02-30 10:00",
    ],
)
def test_what_is_no_past_time_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "precision"),
    [("2023-08-15 10:19:33", "second"), ("2023-08-15 10:19", "minute"), ("8月15日", "day"),
     ("3小时前", "minute"), ("2天前", "day"), ("昨天", "day"), ("昨天 10:20", "minute")],
)  # fmt: skip
def test_the_precision_is_what_is_written(text, precision):
    assert read(text).precision == precision


def test_the_raw_text_is_the_very_characters():
    found = read("发布时间：２０２３年０８月１５日　１０：１９  来源：青石日报")
    assert found.raw == "２０２３年０８月１５日　１０：１９"
    assert found.start == 5


def test_several_times_come_from_left_to_right():
    text = "2023-08-15 10:19 发布，2023-08-15 11:00 更新"
    assert [time.raw for time in read_times(text, now=NOON, zone=CHINA)] == [
        "2023-08-15 10:19",
        "2023-08-15 11:00",
    ]


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2024-01-01 00:05", "12-31 23:59", "2023-12-31 23:59"),
        ("2024-01-01 00:05", "01-01 00:01", "2024-01-01 00:01"),
        ("2024-01-01 00:05", "01-02 08:00", "2023-01-02 08:00"),
        ("2024-02-29 12:00", "02-29 10:00", "2024-02-29 10:00"),
        ("2023-03-01 12:00", "2月29日 10:00", "2020-02-29 10:00"),
        ("2023-08-15 12:00", "08-16 10:00", "2022-08-16 10:00"),
    ],
)
def test_a_year_less_date_is_the_nearest_past_one(now, text, expected):
    found = read(text, datetime.fromisoformat(now).replace(tzinfo=CHINA))
    assert (found.at.strftime("%Y-%m-%d %H:%M"), found.year) == (expected, "nearest past")


def test_the_portal_zone_decides_which_day_it_is():
    late_in_london = datetime(2023, 12, 31, 17, 0, tzinfo=ZoneInfo("UTC"))  # 01:00 of New Year's Day in China
    assert shown("01-01 00:30", late_in_london) == "2024-01-01 00:30"
    assert shown("今天 00:30", late_in_london) == "2024-01-01 00:30"


def test_a_weekday_beside_the_date_tells_the_year():
    assert shown("8月15日（星期日） 09:00") == "2021-08-15 09:00"
    assert shown("星期一 8月15日") == "2022-08-15 00:00"
    assert read("8月15日 星期日").year == "weekday"


def test_a_day_known_to_be_near_tells_the_year():
    assert shown("12-31 10:00", near=date(2019, 1, 1)) == "2018-12-31 10:00"
    assert read("08-15 10:19", near=date(2019, 8, 15)).year == "evidence"


def test_a_clock_a_little_ahead_of_ours_is_now_and_a_later_one_is_dropped():
    assert shown("2023-08-15 12:04") == "2023-08-15 12:00"
    late = read("2023-08-15 18:30")
    assert (late.at.hour, late.precision) == (0, "day")


FIRST, LAST = datetime(1995, 1, 1), datetime(2036, 1, 1)  # noqa: DTZ001 - bounds are wanted without a zone
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(CHINA))
WITH_YEAR = """
%Y-%m-%d %H:%M | %Y-%m-%d %H:%M:%S | %Y年%m月%d日 %H:%M | %Y年%m月%d日%H时%M分 | %Y/%m/%d %H:%M
%Y.%m.%d %H:%M | %Y-%m-%dT%H:%M:%S+08:00 | %Y%m%d %H:%M | %Y%m%d%H%M%S | %b %d, %Y %H:%M
%a, %d %b %Y %H:%M:%S +0800 | %d %B %Y %H:%M | 发布时间：%Y-%m-%d %H:%M 来源：青石日报 | %H:%M %Y/%m/%d
"""
FORMS_WITH_YEAR = [form.strip() for line in WITH_YEAR.strip().split("\n") for form in line.split("|")]
WITHOUT_YEAR = ["%m月%d日 %H:%M", "%m-%d %H:%M", "%m/%d %H:%M", "（%m-%d %H:%M）", "%m月%d日%H时%M分"]


@given(MOMENTS.filter(lambda at: at.year >= 2001), st.sampled_from(FORMS_WITH_YEAR), st.integers(0, 3000))
def test_forms_with_a_year_survive_the_round_trip(at, form, days):
    now = at + timedelta(days=days, minutes=1)
    assert read(at.strftime(form), now).at.replace(second=0) == at.replace(second=0, microsecond=0)


@given(MOMENTS, st.sampled_from(WITHOUT_YEAR), st.integers(0, 364 * 24 * 60 - 1))
def test_forms_without_a_year_survive_it_within_a_year(at, form, minutes):
    at = at.replace(second=0, microsecond=0)
    if (at.month, at.day) == (2, 29):
        at -= timedelta(days=1)
    assert read(at.strftime(form), at + timedelta(minutes=minutes)).at == at


@given(
    st.text(alphabet="0123456789年月日时分秒:：-/. 昨前今天刚刚小时前上午下星期二三十八〇TZ+周", max_size=40),
    MOMENTS,
)
def test_nothing_lies_in_the_future_and_what_was_read_reads_the_same_again(text, now):
    for found in read_times(text, now=now, zone=CHINA):
        assert found.at <= now
        assert found.raw in text
        again = read(found.raw, now)
        assert (again.at, again.precision, again.year) == (found.at, found.precision, found.year)


BODY = """
<p>青石市图书馆昨日在新区开放第三座分馆，首日接待读者两千余人次。馆长介绍，新馆藏书四万册，设有儿童阅览室和自习区。</p>
<p>分馆每周二至周日开放，周一闭馆。市民可凭身份证免费借阅，每次最多十册。2021年3月5日，第一座分馆在老城开放。</p>
<p>图书馆方面表示，年内还将增设流动书车，方便偏远社区的读者借书还书。</p>
"""
TITLE = "青石市图书馆第三分馆8月1日起开放"


def published(meta="", *, above="", below="", head="", url="http://news.example/story.html", now=NOON):
    page = f"""<html><head><title>{TITLE}_青石网</title>{head}</head><body>{above}
    <div class="article"><h1>{TITLE}</h1>{meta}<div class="content">{BODY}</div>{below}</div>
    <ul class="list"><li><a href="/a/1.html">青石大桥昨夜恢复通车</a> <span>2023-08-15 08:00</span></li>
    <li><a href="/a/2.html">新区地铁延长线开工</a> <span>2023-08-15 07:00</span></li></ul>
    <div class="footer">版权所有 © 2004-2023 青石网</div></body></html>"""
    document = read_document(page, url=url, fetched_at=now)
    found = find_published(document, find_story(document))
    return found and (found.at.strftime("%Y-%m-%d %H:%M"), found.rule)


def test_the_displayed_time_is_found_under_the_heading():
    assert published('<div class="info">来源：青石日报 2023-08-14 10:19</div>') == (
        "2023-08-14 10:19",
        "displayed",
    )


def test_a_clock_behind_the_sign_of_a_copyright_is_a_time_and_a_day_is_none():
    assert published("<div>青石观察 © 2023-08-14 10:19</div>") == ("2023-08-14 10:19", "displayed")
    assert published("<div>青石观察 © 2023-08-14</div>") is None


def test_a_date_cut_into_boxes_is_put_together():
    boxes = "<div>2023</div><div>08/14</div><div>10:19</div>"
    assert published(boxes) == ("2023-08-14 10:19", "displayed")
    assert (
        published("<p><em>2023</em> <span><em>08</em>/<em>14</em></span> <span>10:19:33</span></p>")[0]
        == "2023-08-14 10:19"
    )
    assert published("<p><span>08-14</span><span>10:19</span></p>")[0] == "2023-08-14 10:19"


def test_today_in_the_header_and_dates_in_headline_and_text_do_not_count():
    assert published(above="<div>今天是2023年8月15日 星期二</div><div>2023年8月15日 星期二</div>") in {
        None, ("2023-08-15 00:00", "displayed"),
    }  # fmt: skip
    dated = published("<p>2023-08-14 10:19</p>", above="<div>2023年8月15日 星期二</div>")
    assert dated == ("2023-08-14 10:19", "displayed")
    assert published() is None


@pytest.mark.parametrize(
    "subtitle", ["三年前的约定兑现了", "8月10日起凭证入馆", "2021年3月5日市政府批准的规划"]
)
def test_a_subtitle_with_a_date_is_no_time(subtitle):
    assert published(f"<h2>{subtitle}</h2>") is None
    assert published(f"<h2>{subtitle}</h2><p>2023-08-14 10:19</p>")[0] == "2023-08-14 10:19"


def test_the_first_publication_counts_not_the_change():
    assert published("<p>更新于 2023-08-15 09:00 | 发布于 2023-08-14 10:19</p>")[0] == "2023-08-14 10:19"
    assert published("<p>更新时间：2023-08-15 09:00</p>")[0] == "2023-08-15 09:00"


def test_what_is_displayed_beats_metadata_and_metadata_beats_nothing():
    head = '<meta property="article:published_time" content="2023-08-14T11:00:00+08:00">'
    assert published("<p>2023-08-14 10:19</p>", head=head)[0] == "2023-08-14 10:19"
    assert published(head=head) == ("2023-08-14 11:00", "meta article:published_time")
    told = '{"@type": "NewsArticle", "datePublished": "2023-08-14T10:19:00+08:00"}'
    linked = f'<script type="application/ld+json">{told}</script>'
    assert published(head=linked) == ("2023-08-14 10:19", "json-ld")
    assert published(head='<script>var page = {"publishTime": "2023-08-14 10:19:33"};</script>') == (
        "2023-08-14 10:19",
        "script",
    )


def test_a_labelled_time_below_the_text_is_found():
    assert published(below="<p>发布日期：2023-08-14 责任编辑：李小满</p>") == (
        "2023-08-14 00:00",
        "displayed below",
    )


ADDRESSES = "2021/0814/c1.html 20210814/c1.html 21/0814/08/X.html 202108/14/x.html 2021-08-14/x.html"


@pytest.mark.parametrize("path", ADDRESSES.split())
def test_the_address_tells_the_year(path):
    found = published("<p>08-14 10:19</p>", url=f"http://news.example/{path}")
    assert found == ("2021-08-14 10:19", "displayed, year: evidence")


def test_metadata_tell_the_year():
    head = '<meta name="pubdate" content="2020-08-14 10:19:57">'
    assert published("<p>08-14 10:19</p>", head=head)[0] == "2020-08-14 10:19"


def test_a_guessed_year_is_said_to_be_one():
    assert published("<p>09-14 10:19</p>") == ("2022-09-14 10:19", "displayed, year: nearest past")


def test_a_time_element_tells_the_zone_of_its_clock():
    meta = '<p><time datetime="2023-08-14T08:19:07+00:00">14/08/2023 - 10:19</time></p>'
    assert published(meta)[0] == "2023-08-14 16:19"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2023-08-14T10:19:07-04:00", "2023-08-14 22:19"),
        ("2023-08-14T10:19:07+00:00", "2023-08-14 10:19"),  # written by systems that know of no zone
        ("2023-08-14T11:40:00-04:00", "2023-08-14 10:19"),
    ],
)
def test_data_with_the_displayed_clock_tell_its_zone(told, expected):
    head = f'<script type="application/ld+json">{{"datePublished": "{told}"}}</script>'
    assert published("<p>2023-08-14 10:19 ET</p>", head=head) == (expected, "displayed")
