"""Title and text of stories in templates of many kinds: what belongs to them, and what only stands beside."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsduck.parse.bodies import find_story
from newsduck.parse.document import read_document

NOON = datetime(2023, 8, 15, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TITLE = "渡口末班船延到夜里十点"
LINES = (
    "青石渡口的末班船从本周起延到夜里十点，在对岸工厂上夜班的人不必再绕行四十公里外的大桥。",
    "船工老袁说，头一晚只来了七个人，第三晚船上已经坐满，还有人带着刚下班的孩子。",
    "交通部门统计，沿河六个渡口去年一共运送旅客二十三万人次，其中三成是学生和工人。",
    "新船用电，靠岸充电一小时可以来回十二趟，噪声比柴油船小得多。",
)
TEXT = "".join(f"<p>　　{line}</p>" for line in LINES)
MANY_LINKS = "".join(
    f"<p><a href='/m/{at}.html'>青石大桥昨夜恢复通车之后第{at}天</a></p>" for at in range(90)
)
INFO = "<p>2023-08-14 10:19 来源：青石日报</p>"


def story(inside=TEXT, *, head=f"{TITLE}_青石网", heading=f"<h1>{TITLE}</h1>", info=INFO, around=""):
    page = f"""<html><head><meta charset="utf-8"><title>{head}</title></head><body>
    <div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a> <a href="/biz/">财经</a></div>
    <div class="main">{heading}{info}<div class="text">{inside}</div>{around}</div>
    <div class="side"><h3>热门排行</h3><ul><li><a href="/a/1.html">青石大桥昨夜恢复通车</a></li>
    <li><a href="/a/2.html">新区地铁延长线开工建设</a></li></ul></div></body></html>"""
    return find_story(read_document(page, url="http://news.example/1.html", fetched_at=NOON))


def lines(*args, **more):
    found = story(*args, **more)
    return found.body.split("\n") if found else None


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        (
            "渡口末班船延时_青石网",
            "<h1>渡口末班船延时 夜班工人不再绕行</h1>",
            "渡口末班船延时 夜班工人不再绕行",
        ),
        (
            "渡口末班船延时_青石网",
            "<p><b>渡口末班船延时 夜班工人不再绕行大桥</b></p>",
            "渡口末班船延时 夜班工人不再绕行大桥",
        ),
        ("渡口末班船延时-青石网", "<h1>青石渡口末班船延时</h1>", "青石渡口末班船延时"),
        ("渡口末班船延时-青石网", "<h1><i>独家</i>渡口末班船延时</h1>", "渡口末班船延时"),
        (
            "青石网-渡口末班船延时：夜班工人少绕路",
            "<h1>渡口末班船延时<br>夜班工人少绕路</h1>",
            "渡口末班船延时 夜班工人少绕路",
        ),
        ("老袁 - 青石月刊", "<h1>老袁</h1>", "老袁"),
        ("停航公告 - 青石渡口", "<h3>停航公告</h3>", "停航公告"),
    ],
)
def test_a_title_is_the_heading_that_is_shown(head, heading, title):
    assert story(head=head, heading=heading).title == title


def test_a_heading_above_the_time_is_the_title_whatever_the_head_says():
    for head in ("青石网", "无标题文档"):
        found = story(head=head)
        assert (found.title, found.body.split("\n")) == (TITLE, list(LINES))
        assert story(head=head, around=MANY_LINKS).title == TITLE


def test_a_heading_far_above_the_text_is_found_by_the_time_below_it():
    box = "".join(
        f"<tr><td>·</td><td><a href='/x/{at}.html'>对岸工厂招夜班{at}</a></td></tr>" for at in range(6)
    )
    found = story(
        head="青石网", heading=f"<div class='title'>{TITLE}</div>", info=f"{INFO}<table>{box}</table>"
    )
    assert found.title == TITLE


def test_an_entry_that_begins_with_the_name_of_the_site_is_no_heading():
    entries = "".join(
        f"<div><a href='/n/{at}.html'>青石渡口公司公告第{at}号：{line[:20]}</a> "
        f"<span>2023-08-1{at}</span></div>"
        for at, line in enumerate(LINES)
    )
    contact = (
        "<p>公司总机：000-1234，传真：000-1235。</p><p>公司地址：青石市江南路一号三座九楼903至904室。</p>"
    )
    assert story(entries, head="青石渡口公司|信息披露", heading="", info="", around=contact) is None


@pytest.mark.parametrize(
    "beside",
    [
        "<p>【评论】【收藏此页】【大 中 小】【打印】【关闭】</p>",
        "<p>[ 新闻搜索 ] [ 违规举报 ] [ 关闭窗口 ]</p>",
        "<p>文字记者：李小满、王大海</p><p>视频记者：陈玉</p><p>海报设计：赵川</p><p>青石社国内部出品</p>",
        "<p>见习编辑 李小满 编辑 王大海 审读 陈玉 二审 赵川</p>",
        "<p>文章录入：admin　责任编辑：admin</p>",
        "<p>上一篇文章：古桥修缮</p><p>下一篇文章：没有了</p>",
        "<p>本文标题：渡口末班船</p><p>本文地址：http://news.example/1.html</p>",
        "<p>想爆料？请登录青石连线或拨打新闻热线000-66661234，也可以给我们留言。</p>",
        "<p>【青石网声明】本网站原创内容转载请注明稿源与作者。</p>",
        "<p>市场有风险，投资需谨慎。本文不构成任何建议，据此操作责任自负。</p>",
        "<p>读者若有感受，欢迎来信：edit@news.example</p>",
        "<p>下载<a href='/app'>青石客户端</a>，快讯一条不漏</p>",
        "<p>订阅每日头条，<a href='/b'>点击领取</a></p>",
        "<p>國際中心／綜合報導</p><p>《青石新聞網》提醒您：飲酒過量有害健康</p>",
        "<p>★ 加入青石新聞 LINE 好友</p><p>更多財經文章：<a href='/c'>按此</a></p>",
        "<p>圖說：船工老袁在碼頭。（圖／青石提供）</p>",
        "<div class='digg'><a>赞一个</a><em>12</em></div>",
        "<div class='author-box'><h4>李小满</h4><p>李小满是本刊记者，长期写河上的人。</p></div>",
        "<div><p>瀏覽數 5,120</p></div>",
        "<p>（《 青石日报 》 2023年08月14日 03 版）</p>",
        "<p>↑点击上方“青石夜话”关注我们</p><p>喜欢这条船，点个“在看”吧</p><p>阅读原文</p>",
        "<p>觉得好看，请点这里↓↓↓</p><p>举报/反馈</p>",
        "<p>※ 青石新聞網提醒您：飲酒過量有害健康</p><p>#渡口 #夜班</p>",
        "<p>請同意我們的隱私權規範，才能收聽這則新聞。</p>",
        "<p>青石晨报-江上新闻记者 李小满 摄影报道</p>",
        "<p>如对本稿件有异议，请联系我们。</p>",
    ],
)
def test_what_stands_below_a_text_is_no_part_of_it(beside):
    assert lines(TEXT + beside) == list(LINES)


@pytest.mark.parametrize(
    "info",
    [
        "<p>——青石渡口走访记</p><p>青石日报　2023年08月14日　　作者：　李小满</p>",
        "<p>By 李小满 · August 14, 2023 · 约 9 分钟读完</p>",
        "<p>李小满 发布于 2023年08月14日</p>",
        "<p>2023-08-14 10:19</p><p>瀏覽數 5,120</p>",
        "<ul><li>作者：李小满</li><li>日期：2023-08-14</li><li>人气：</li></ul>",
        "<p>2023-08-14 10:19</p><div><img><p class='caption'>老袁（右）和徒弟在码头合影。</p></div>",
    ],
)
def test_what_stands_above_a_text_is_no_part_of_it(info):
    assert lines(info=info) == list(LINES)


def test_a_paragraph_may_open_with_a_byline_in_brackets():
    first = "（文/青石网 李小满）青石渡口的末班船从本周起延到夜里十点，头一晚坐了七个人。"
    assert lines(f"<p>{first}</p>{TEXT}")[0] == first


def test_a_document_keeps_whom_it_addresses_and_its_signature():
    document = ["各区人民政府，市政府各部门：", LINES[0], "青石市人民政府办公室", "2023年8月10日", *LINES[1:]]
    assert lines("".join(f"<p>{line}</p>" for line in document)) == document


@pytest.mark.parametrize(
    "line",
    [
        "网友纷纷为老袁点赞",
        "为夜班船点个赞",
        "#1 船要新",
        "交警提醒您：夜里过渡口请慢行。",
        "如对公示有异议，请联系码头。",
    ],
)
def test_lines_that_read_like_what_stands_beside_a_text_stay_in_it(line):
    told = [LINES[0], line, *LINES[1:]]
    assert lines("".join(f"<p>{one}</p>" for one in told)) == told


def test_a_tip_to_read_on_within_a_text_does_not_end_it():
    tip = "<p>延伸閱讀：<a href='/2.html'>老戲院重開</a></p>"
    told = [f"<p>{line}</p>" for line in LINES]
    assert lines("".join([*told[:3], tip, told[3]])) == list(LINES)


def test_cells_with_shares_stay_in_a_table():
    cells = "<table><tr><td>客运</td><td>11.3%</td></tr><tr><td>货运</td><td>-9.2%</td></tr></table>"
    assert lines(TEXT + cells + "<p>货运只在白天开，夜里的船不装车。</p>")[4:8] == [
        "客运",
        "11.3%",
        "货运",
        "-9.2%",
    ]


def test_a_table_that_closes_a_story_stays_in_it():
    cells = "<table><tr><td>渡口</td><td>班次</td></tr><tr><td>青石</td><td>12</td></tr></table>"
    tools = "<div><table><tr><td>看过的人</td><td>喜欢这条</td></tr></table></div>"
    assert lines(TEXT + cells + tools) == [*LINES, "渡口", "班次", "青石", "12"]


def test_comments_longer_than_the_story_are_no_part_of_it():
    said = "".join(
        f"<div><b>用户{at}</b><p>{line}我看这条线路早就该这样安排了，等了好几年。</p>"
        f"<p>{at}楼 08-14 1{at}:22 <a href='#'>回复</a> 赞(1)</p></div>"
        for at, line in enumerate(LINES, 1)
    )
    assert lines(around=f"<div>{said}</div>") == list(LINES)
    assert lines(around=f"<div><p>网友评论（4）</p>{said.replace('回复', '')}</div>") == list(LINES)


def test_a_story_told_under_a_single_picture_is_a_story():
    told = "这是八月十四日的青石渡口，末班船载着下夜班的工人离岸，船灯一路照着水面。青石社记者 李小满 摄"
    assert lines(f"<p><img src='1.jpg'></p><p>{told}</p>") == [told]


def test_a_short_story_above_a_list_with_summaries_is_a_story():
    entries = "".join(
        f"<div class='item'><h3><a href='/n/{at}.html'>{line[:14]}</a></h3><p>{line * 2}</p>"
        f"<span>08-1{at} 10:1{at}</span></div>"
        for at, line in enumerate(LINES)
    )
    found = story(
        f"<p>{LINES[0]}</p><p>{LINES[1]}</p>",
        head="渡口末班船延时 - 青石网",
        heading="<h1>渡口末班船延时 夜班工人不再绕行</h1>",
        around=f"<div><h2>更多新闻</h2>{entries}</div>",
    )
    assert found.body.split("\n") == list(LINES[:2])


def test_signatures_at_either_end_are_no_text():
    opening = "<p>□ 本报记者 李小满</p><p>□ 本报通讯员 王大海</p>"
    assert lines(f"{opening}{TEXT}<p>岸报记者 李小满 岸报编辑 王大海</p>") == list(LINES)


def test_figures_in_a_table_are_text_and_a_lone_one_is_none():
    rows = (("渡口", "班次", "较上月"), ("青石渡", "5,512", "-12.4"), ("柳湾渡", "9", "+3"))
    cells = "".join(f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>" for row in rows)
    found = lines(f"{TEXT}<table>{cells}</table><p>{LINES[0][::-1]}</p><table><tr><td>2</td></tr></table>")
    assert found == [*LINES, *(cell for row in rows for cell in row), LINES[0][::-1]]


def test_a_signature_below_the_attachments_is_text_and_they_are_none():
    files = '<p>附件：1.<a href="/a.xls">班次表.xls</a></p><p>2.<a href="/b.doc">申请表.doc</a></p>'
    signature = "<p>青石县交通运输局</p><p>2023年8月11日</p>"
    expected = [*LINES, "青石县交通运输局", "2023年8月11日"]
    assert lines(f"{TEXT}{files}{signature}") == expected
    assert lines(f"{TEXT}{files}<p>{LINES[0][::-1]}</p>") == [*LINES, LINES[0][::-1]]
