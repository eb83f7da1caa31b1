"""Source, authors, editors, keywords and channel of whole pages: our own, in many shapes."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsduck.parse.bodies import find_story
from newsduck.parse.credits import find_channel, find_credits, find_keywords
from newsduck.parse.document import read_document

NOON = datetime(2023, 8, 15, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TITLE = "青石市图书馆第三分馆开放"
LINES = (
    "青石市图书馆昨日在新区开放第三座分馆，首日接待读者两千余人次。馆长介绍，新馆藏书四万册，设有儿童阅览室和自习区。",
    "分馆每周二至周日开放，周一闭馆。市民可凭身份证免费借阅，每次最多十册。",
    "图书馆方面表示，年内还将增设流动书车，方便偏远社区的读者借书还书。",
)


def document(meta="", end="", *, first="", last="", head="", above=""):
    lines = [f"{first}{LINES[0]}", LINES[1], f"{LINES[2]}{last}"]
    body = "".join(f"<p>　　{line}</p>" for line in lines)
    page = f"""<html><head><title>{TITLE}_青石网</title>{head}</head><body>
    <div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a> <a href="/biz/">财经</a></div>{above}
    <div class="article"><h1>{TITLE}</h1>{meta}<div class="content">{body}{end}</div></div>
    <div class="side"><h3>热门排行</h3><ul><li><a href="/a/1.html">青石大桥昨夜恢复通车</a></li>
    <li><a href="/a/2.html">新区地铁延长线开工建设</a></li></ul></div>
    <div class="footer">© 2004-2023 凡注明来源：青石网的作品，转载须经授权</div></body></html>"""
    return read_document(page, url="http://news.example/story.html", fetched_at=NOON)


def credits_of(*args, **more):
    page = document(*args, **more)
    found = find_credits(page, find_story(page))
    return found.source, list(found.authors), list(found.editors)


TIME = "2023-08-15 10:19"
PAGES = {
    "labels in one line": (
        f"<p>{TIME} 来源：青石日报 作者：李小满 编辑：王大海</p>",
        "",
        "青石日报",
        ["李小满"],
        ["王大海"],
    ),
    "labels in spans": (
        f"<p><span>来源：<a>青石日报</a></span><span>作者：<b>李小满</b></span><i>{TIME}</i></p>",
        "",
        "青石日报",
        ["李小满"],
        [],
    ),
    "labels in cells": (
        f"<dl><dt>来源</dt><dd>青石日报</dd><dt>日期</dt><dd>{TIME}</dd></dl>",
        "",
        "青石日报",
        [],
        [],
    ),
    "brackets": (f"<p>【来源：青石日报】【作者：李小满】【{TIME}】</p>", "", "青石日报", ["李小满"], []),
    "strokes": (
        f"<p>文 / <a>李小满</a></p><p>来源 / 青石日报</p><p>发布 / {TIME}</p>",
        "",
        "青石日报",
        ["李小满"],
        [],
    ),
    "editor below": (
        f"<p>{TIME} 来源：青石日报</p>",
        "<div>[责任编辑：李小满 PX209]</div>",
        "青石日报",
        [],
        ["李小满"],
    ),
    "editors twice": (
        f"<p>{TIME} 来源：青石网</p>",
        "<p>（编辑：李小满 王大海）</p><p>【责任编辑：李小满】</p>",
        "青石网",
        [],
        ["李小满", "王大海"],
    ),
    "editor is an account": (
        f"<p>{TIME} 来源：青石网</p>",
        "<p>责任编辑：lemonz</p>",
        "青石网",
        [],
        ["lemonz"],
    ),
    "medium without a label": (f"<p>{TIME} <a>青石晚报</a> <a>我要评论</a></p>", "", "青石晚报", [], []),
    "account with a button": (
        f"<div><a>小城夜话</a></div><div>关注</div><p>{TIME} 来自湖北</p>",
        "",
        "小城夜话",
        [],
        [],
    ),
    "account in its own class": (
        f'<p class="author-name">小城夜话</p><p>发布时间：{TIME}</p>',
        "",
        "小城夜话",
        [],
        [],
    ),
    "original, writer, account": (
        f"<p><span>原创</span><span>李小满</span><a>小城夜话</a> <em>{TIME}</em></p>",
        "",
        "小城夜话",
        ["李小满"],
        [],
    ),
    "writer and medium": (f"<p>李小满/青石日报</p><p>{TIME}</p>", "", "青石日报", ["李小满"], []),
    "writer in brackets": (f"<p>{TIME} [ 李小满 ] 来源：青石日报</p>", "", "青石日报", ["李小满"], []),
    "vague above, named below": (f"<p>{TIME} 来源：转载</p>", "<p>转自《青石日报》</p>", "青石日报", [], []),
    "only below": (f"<p>{TIME}</p>", "<p>（来源：青石日报 作者：李小满）</p>", "青石日报", ["李小满"], []),
    "label left empty": (f"<p>来源： | 发布时间：{TIME} | 浏览次数：12</p>", "", None, [], []),
    "channel, counts and tools": (
        f"<p><a>国内新闻</a> {TIME} 阅读 1234 <a>打印</a> <a>收藏</a></p>",
        "",
        None,
        [],
        [],
    ),
    "place": (f"<p>{TIME} 发布于湖北</p>", "", None, [], []),
    "nobody": (f"<p>{TIME} 作者：佚名 来源：网络</p>", "", "网络", [], []),
    "a medium is no author": (f"<p>{TIME} 来源：青石日报 作者：青石日报</p>", "", "青石日报", [], []),
    "school": (
        f"<p>作者： 来源： 时间：{TIME}</p>",
        "<p>文/李小满 图/王大海 编辑/陈玉 审核/赵川</p>",
        None,
        ["李小满"],
        ["陈玉"],
    ),
    "traditional": (
        f"<p><a>青石報</a>／ 記者<a>李小滿</a>／青石報導 {TIME}</p>",
        "<p>（編輯：王大海）1120815</p>",
        "青石報",
        ["李小滿"],
        ["王大海"],
    ),
    "letters between strokes": (f"<p>{TIME} 文/李小满 编/王大海</p>", "", None, ["李小满"], ["王大海"]),
    "a medium, then its reporter": (f"<p>({TIME}) 青石晚报　记者 李小满</p>", "", "青石晚报", ["李小满"], []),
    "labels that no list knows": (
        f"<p><span>发表时间：{TIME}</span> <span>更改时间：{TIME}</span> <span>热度: 1.2k</span></p>",
        "",
        None,
        [],
        [],
    ),
    "reporter between strokes": (
        f"<p>青石网 | 记者 李小满 | {TIME} | 分享到</p>",
        "",
        "青石网",
        ["李小满"],
        [],
    ),
    "reporter and place": (
        f"<p><span>{TIME}</span><span>記者李小滿／青石報導</span></p>",
        "",
        None,
        ["李小滿"],
        [],
    ),
    "an account that is the writer": (
        f'<p class="author-name">小城夜话</p><p>{TIME}</p>',
        "<p>作者：小城夜话　编辑：李小满</p>",
        "小城夜话",
        [],
        ["李小满"],
    ),
    "long names beside short ones": (
        f"<p>{TIME}</p>",
        "<p>记者：旦增尼玛曲珠、李小满　编辑：王大海</p>",
        None,
        ["旦增尼玛曲珠", "李小满"],
        ["王大海"],
    ),
    "an editor who selects": (f"<p>{TIME}</p>", "<p>选稿编辑：李小满</p>", None, [], ["李小满"]),
    "english": (
        f'<p class="byline">By <a>Li Xiaoman</a></p><p>Source: Xinshi | {TIME} | Editor: huaxia</p>',
        "",
        "Xinshi",
        ["Li Xiaoman"],
        ["huaxia"],
    ),
}


@pytest.mark.parametrize("shape", PAGES)
def test_credits_of_pages(shape):
    meta, end, source, authors, editors = PAGES[shape]
    assert credits_of(meta, end) == (source, authors, editors)


def test_datelines_and_closing_brackets_of_pages():
    assert credits_of(f"<p>{TIME}</p>", first="本报讯（记者李小满）")[1] == ["李小满"]
    assert credits_of(f"<p>{TIME}</p>", last="（记者李小满、王大海）")[1] == ["李小满", "王大海"]
    assert credits_of(f"<p>{TIME}</p>", first="记者从市图书馆获悉，")[1] == []


def test_writers_whom_the_data_names_count_where_the_page_prints_them():
    head = """<meta name="byline" content="LI XIAOMAN"><script type="application/ld+json">
    {"@type": "NewsArticle", "author": [{"name": "李小满"}, {"name": "王大海"}]}</script>"""
    assert credits_of(f"<p>李小满、王大海 / {TIME}</p>", head=head) == (None, ["李小满", "王大海"], [])
    assert credits_of(f"<address>LI XIAOMAN</address><p>{TIME}</p>", head=head)[1] == ["LI XIAOMAN"]
    assert credits_of(f"<p>{TIME}</p>", head=head)[1] == []
    assert credits_of(f"<p>{TIME} 责编：李小满</p>", head=head) == (None, [], ["李小满"])


def test_the_second_line_of_a_heading_is_no_source():
    heading = "<h1>“书车”车主：<br>想把书开到巷子口</h1>"
    page = f"""<html><head><title>“书车”车主：想把书开到巷子口-青石网</title></head><body>{heading}
    <p>文｜青石报记者 李小满 <em>{TIME}</em></p>{"".join(f"<p>{line}</p>" for line in LINES)}</body></html>"""
    document_ = read_document(page, url="http://news.example/s", fetched_at=NOON)
    found = find_credits(document_, find_story(document_))
    assert (found.source, found.authors) == (None, ("李小满",))


def test_menus_and_publishing_systems_credit_nobody():
    menu = '<div><a href="/">首页</a> <a href="/b">编译</a> <a href="/l">李选</a></div>'
    menu += "<div><a>联系编辑：edit@news.example</a> 2023年8月15日</div>"
    assert credits_of(f"<p>{TIME}</p>", above=menu) == (None, [], [])
    assert credits_of(f"<p>{TIME}</p>", "<p>Powered by Paper! X3.2 Wordy Inc.</p>") == (None, [], [])


def test_a_picture_above_the_text_is_no_source():
    figure = "<figure><img><figcaption>分馆阅览室。来源：视觉青石 2022年摄</figcaption></figure>"
    assert credits_of(f"<p>{TIME} 文 李小满</p>{figure}") == (None, ["李小满"], [])


def test_credits_below_a_text_that_a_script_will_show_are_read():
    end = "<p>文 | 阿满　　编辑 | 小海</p>"
    text = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>
    <div><a id="js_name">小城夜话</a> <em>{TIME}</em></div>
    <div id="js_content" style="visibility: hidden">{text}{end}</div></body></html>"""
    document_ = read_document(page, url="http://news.example/s", fetched_at=NOON)
    found = find_credits(document_, find_story(document_))
    assert (found.source, found.authors, found.editors) == ("小城夜话", ("阿满",), ("小海",))


def test_the_department_that_sent_a_story_in_is_its_source():
    sent = f"<p>作者：李小满　供稿单位：城市建设学院　日期：{TIME}</p>"
    assert credits_of(sent) == ("城市建设学院", ["李小满"], [])


def test_a_reprint_names_account_and_writer_in_one_sentence():
    note = "<p>本文来自微信公众号“小城夜话”（ID：xcyh），作者：李小满，题图来自：视觉青石，经授权转载。</p>"
    assert credits_of(f"<p>{TIME}</p>{note}") == ("小城夜话", ["李小满"], [])


def test_a_picture_desk_is_a_source_though_its_name_begins_like_a_label():
    assert credits_of(f"<p>{TIME} 来源：图片中心 责编：小海</p>") == ("图片中心", [], ["小海"])
    assert credits_of(f"<p>{TIME} 来源：图片编辑：王大海</p>")[0] is None


def test_text_and_pictures_by_one_person_credit_that_person():
    assert credits_of(f"<p>{TIME}</p>", "<p>（李小满 文/图）</p>")[1] == ["李小满"]
    assert credits_of(f"<p>{TIME}</p>", "<p>（李小满 图）</p>")[1] == []


@pytest.mark.parametrize("source", ["<p>来源：青石晚报</p>", "（来源：青石晚报）"])
def test_the_source_of_another_story_below_is_not_this_ones(source):
    other = f"</div><div class='more'><a href='/b.html'>青石大桥今天起夜间封闭检修</a>{source}</div><div>"
    assert credits_of(f"<p>{TIME}</p>", other)[0] is None
    assert (
        credits_of(f"<p>{TIME}</p>", "</div><p><a href='/'>打印</a></p><p>来源：青石晚报</p><div>")[0]
        == "青石晚报"
    )


def test_a_button_behind_a_name_is_nobody():
    assert credits_of(f"<p>{TIME} 编辑：小海　我要评论(<a href='#c'>3</a>)</p>")[2] == ["小海"]


def test_a_crew_without_colons_is_read_role_by_role():
    assert credits_of(f"<p>{TIME}</p>", "<p>编辑 王大海 校审 赵川</p>")[2] == ["王大海"]


def test_captions_and_placeholders_credit_nobody():
    caption = '<p class="caption">图书馆外景（来源：视觉青石）</p>'
    assert credits_of(f"<p>{TIME}</p>", last=f"</p>{caption}<p>分馆将长期开放。")[0] is None
    assert credits_of(f'<p><span class="author">admin</span> {TIME}</p>')[1] == []


def test_keywords_are_those_of_the_story():
    head = '<meta name="keywords" content="图书馆,分馆,青石网,手机报">'
    assert find_keywords(document(head=head)) == ("图书馆", "分馆")
    assert find_keywords(document(head='<meta name="keywords" content="图书馆 读者">')) == ("图书馆", "读者")
    assert find_keywords(document(end="<p>关键词：<a>图书馆</a><a>分馆</a></p>")) == ("图书馆", "分馆")
    assert find_keywords(document(head='<meta name="keywords" content="门户,邮箱,博客">')) == ()


def test_the_channel_is_the_breadcrumb_without_ends():
    crumb = (
        '<div class="path"><a href="/">首页</a> &gt; <a href="/n/">新闻</a> &gt; <a href="/c/">文化</a></div>'
    )
    assert find_channel(document(above=crumb)) == "新闻 > 文化"
    here = '<p>您所在的位置：<a href="/">首页</a> » <a href="/l/">本地</a> » 正文</p>'
    assert find_channel(document(above=here)) == "本地"
    assert find_channel(document()) is None
