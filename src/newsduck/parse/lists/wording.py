"""The words of a link: what of them is the headline, and which words are never one (pure)."""

import re
from collections.abc import Iterator
from typing import Final

from newsduck.parse.lists.runs import Runs
from newsduck.parse.lists.widths import ends_in_ellipsis, width
from newsduck.parse.memo import Memo
from newsduck.parse.tree import Node

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLE_NAME: Final = re.compile(r"(?:^|[\s_-])(?:\w*title\w*|tit|headline|hd|subject)(?:$|[\s_\d-])")
_TIME: Final = re.compile(
    r"[\[(（【]?\s*(?:(?:\d{2,4}\s?[-/.年]\s?)?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?|(?:昨|今|前)天|刚刚"
    r"|\d+\s*(?:秒|分钟|小时|天|个月|周)前|\d+ \w+ ago)?\s*(?:[(（]?(?:星期|周|週)[一二三四五六日天][)）]?)?"
    r"\s*(?:[上下]午|凌晨|早上|中午|晚上)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])）】]?"
)
_TIME_START: Final = frozenset("0123456789[(（【昨今前刚")
_RANK: Final = re.compile(r"[\s#.、\d]{1,5}|NO\.?\s*\d+|TOP\s*\d+", re.IGNORECASE)
_LEADING: Final = re.compile(r"^[\s·•▪■□◆◇●○▲△▶►※>»|｜∙]+(?=\S)")
_TRAILING: Final = re.compile(r"\s*(?:>>|»|&gt;&gt;)+\s*$")
_ARROWS: Final = ">»;"
_BADGES: Final = frozenset(
    [
        "热",
        "新",
        "荐",
        "爆",
        "沸",
        "图",
        "视频",
        "直播",
        "组图",
        "独家",
        "专题",
        "图集",
        "置顶",
        "推荐",
        "广告",
        "原创",
    ]
)
_COMMAND: Final = re.compile(
    r"[\W_]*(?:更多\w{0,6}|查看\w{0,6}|全部\d*\w{0,4}|more\b.{0,12}|read more|see all|view all|详细|详情"
    r"|阅读全文|全文|点击\w{0,6}|免费(?:注册|下载|试用|邮箱)\w{0,12}|登录|登陆|注册|退出|安全退出|下载\w{0,6}|客户端"
    r"|\w{0,4}首页|返回\w{0,4}|进入\w{0,2}|\w{0,2}设为首页|加入收藏|收藏|我要\w{0,4}|\w{0,12}入口|发表评论|评论|跟贴"
    r"|分享\w{0,4}|举报|投诉|反馈\w{0,4}|关注|订阅|打印|联系我们|关于我们|网站地图|上一[页篇条期版]|下一[页篇条期版]|往期\w{0,4}|尾页|末页"
    r"|换一[换批]|展开\w{0,4}|收起|english|log ?in|sign ?(?:in|up)|subscribe|register|skip to .{0,30}"
    r"|privacy .{0,14}|terms (?:of|and|&) .{0,12}|cookie .{0,12}|contact us|about us|advertise.{0,12})[\W_]*",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    r"[\W_]*\d[\d,.]*\s*[万wkKM]?\+?\s*(?:条|人|次|个)?\s*"
    r"(?:评论|跟贴|回复|阅读|浏览|参与|看过|看|点赞|赞|热度|播放|comments?|replies|views?|likes?)?[\W_]*",
    re.IGNORECASE,
)
_NEIGHBOUR: Final = re.compile(r"\s*[\[【]?\s*(?:阅读|閱讀)?[上下前后後]一?[篇条條页頁则則][^\w]*")
_COUNTING: Final = frozenset("阅閱上前下后後第")
_COUNTED: Final = re.compile(r"\w.{0,10}[(（]\s?\d{1,5}\s?[)）]")
"""A category or a month of an archive, and how much is in it."""
_LICENCE_SIGN: Final = re.compile("[备備证證書书照举害隐律©权權声责协聘广友cCgG]")
"""Every licence has one of these: a set of characters is searched for much faster than the words."""
_EDITION: Final = re.compile(
    r"\s*(?:第\s?)?[A-Z]{0,2}\d{1,3}\s?版?\s?[:：].{0,10}"
    r"|\s*(?:第\s?[A-Z]{0,2}|[A-Z]{1,2})\d{1,3}\s?版.{0,10}"
)
"""A page of a printed paper."""
_LICENCE: Final = re.compile(
    r"ICP[备備证證]|公?网安备|备案(?:号|编号|信息)|信息备字|网信算备|(?:经营|服务|出版\w{0,2}|传播\w{0,4}|制作|演出)许可证"
    r"|服务资格证|同意书|营业执照|举报(?:电话|邮箱|热线|中心|入口|平台|受理\w{0,2}|专区|公示)|有害信息"
    r"|自律\w{0,6}(?:公约|承诺)|©|copyright|版权(?:所有|声明|说明)|all rights reserved|隐私(?:政策|条款|协议)"
    r"|免责声明|用户协议|服务协议|广告服务|招聘信息|诚聘英才|本?网站?声明|法律声明|友情链接",
    re.IGNORECASE,
)
_LABEL_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:tags?|labels?|badge|icon?s?|mark|flag|cate(?:gory)?|column|lanmu|source|src|author)(?:$|[\s_\d-])"
)
LABEL_WIDTH: Final = 12
_HINT_LABEL: Final = re.compile(
    r"\s*(?:文章|新闻|信息)?标\s*题\s*[:：]\s*(.+?)\s*(?:[\r\n]|作\s*者\s*[:：]|$)"
)
"""Some editing systems write `文章标题：… 作者：… 更新时间：…` into the attribute."""
HINT_CHARS: Final = 300
TITLE_WIDTH: Final = 8
"""Narrower lines of a link are labels."""
HINT_WIDTH: Final = 16
"""Wider texts that a `title` attribute goes on with are cut, even without an ellipsis …"""
_SUFFIX_MARKS: Final = " _-|—–(（[【,，;；"
"""… unless it goes on with one of these: a site's name, a date."""
COMMAND_CHARS: Final = 40
"""No command is longer."""
LICENCE_CHARS: Final = 45
"""A longer text that mentions a licence is a headline about one."""


def displayed_text(runs: Runs, at: list[int], link: Node) -> tuple[str, list[int]]:
    """The headline among the runs `at` of a link, white space collapsed, and which runs it is made of.

    Rank numbers, badges, counts and times that stand in elements of their own are left out; of several lines
    the heading counts, then the one named a title, then the first long one.
    """
    if len(at) == 1:
        return clean(" ".join(runs.texts[at[0]].split())), at
    owners, texts = runs.owners, runs.texts
    kept = [
        i
        for i in at
        if owners[i] is link
        or not (_is_ornament(texts[i]) or _is_label(texts[i], owners[i], link))
        or _is_within(runs, at, i)
    ]
    lines: dict[int, list[int]] = {}
    for i in kept or at:
        lines.setdefault(runs.blocks[i], []).append(i)
    chosen = _choose(list(lines.values()), runs, link)
    text = " ".join(" ".join(["".join([runs.texts[i] for i in line]) for line in chosen]).split())
    return clean(text, is_one_of_many=len(lines) > len(chosen)), [i for line in chosen for i in line]


def _choose(lines: list[list[int]], runs: Runs, link: Node) -> list[list[int]]:
    """The line that is the headline; both where a heading is broken in two."""
    if len(lines) == 1:
        return lines
    if len(lines) == 2 and link.within("h1", "h2", "h3") is not None:  # noqa: PLR2004
        widths = [width("".join([runs.texts[i] for i in line])) for line in lines]
        if all(runs.owners[i] is link for line in lines for i in line) and min(widths) >= TITLE_WIDTH:
            return lines
    for is_title in (_is_heading, _is_named_title):
        titled = [line for line in lines if any(is_title(runs.owners[i], link) for i in line)]
        if titled:
            return titled[:1]
    long = (line for line in lines if width("".join([runs.texts[i] for i in line]).strip()) >= TITLE_WIDTH)
    return [next(long, lines[0])]


def _is_label(text: str, owner: Node, link: Node) -> bool:
    """A few words in an element that is named a tag, a column or a source."""
    bare = text.strip()
    if len(bare) > LABEL_WIDTH or width(bare) > LABEL_WIDTH or bare.endswith((":", "：")):
        return False
    return any(_NAMES_LABEL.of(node.names) for node in _between(owner, link))


def _names_label(names: str) -> bool:
    return _LABEL_NAME.search(names) is not None


_NAMES_LABEL: Final = Memo(_names_label, most=4096)


def _is_within(runs: Runs, at: list[int], i: int) -> bool:
    """Whether a piece is set off within a text, as search results set off what was asked for."""
    if not at[0] < i < at[-1]:
        return False
    around, before, after = runs.owners[i].parent, runs.texts[i - 1], runs.texts[i + 1]
    is_between = runs.owners[i - 1] is around and runs.owners[i + 1] is around
    return is_between and not (before[-1:].isspace() or after[:1].isspace())


def _is_ornament(text: str) -> bool:
    """A rank number, a badge, a count or a time."""
    bare = text.strip()
    return bare in _BADGES or any(form.fullmatch(bare) for form in (_RANK, _COUNT, _TIME))


def _is_heading(owner: Node, link: Node) -> bool:
    return any(node.tag in _HEADINGS for node in _between(owner, link))


def _is_named_title(owner: Node, link: Node) -> bool:
    return any(_TITLE_NAME.search(node.names) for node in _between(owner, link))


def _between(owner: Node, link: Node) -> Iterator[Node]:
    """The elements from `owner` up to below `link`."""
    node: Node | None = owner
    while node is not None and node is not link:
        yield node
        node = node.parent


def clean(text: str, *, is_one_of_many: bool = False) -> str:
    """The text without bullets in front and arrows behind; as one of many lines without a last comma."""
    if text and text[0].isalnum() and text[-1].isalnum():  # most texts, and the white space is collapsed
        return text
    if text and not text[0].isalnum():
        text = _LEADING.sub("", text)
    if text and text[-1] in _ARROWS:
        text = _TRAILING.sub("", text)
    text = text.strip()
    return text.rstrip(",，;； ") if is_one_of_many else text


def uncut(text: str, hint: str) -> str:
    """The `title` attribute where it goes on with a text that is cut, else the text."""
    if not hint:
        return text
    if hint == text:
        return text
    if "题" in hint[:8] and (labelled := _HINT_LABEL.match(hint[:HINT_CHARS])):
        hint = labelled[1]
    hint = " ".join(hint.split())
    if not hint.startswith(text.rstrip(".…。 ⋯")) or hint == text:
        return text
    goes_on = len(hint) > len(text) and hint[len(text)] not in _SUFFIX_MARKS and width(text) >= HINT_WIDTH
    return hint if goes_on or ends_in_ellipsis(text) else text


def is_no_headline(text: str) -> bool:
    """Whether these words are a command, a count, a way to the next story, or a licence."""
    return (
        not (text[:1].isalpha() or any(map(str.isalpha, text)))
        or (len(text) <= COMMAND_CHARS and _is_command(text))
        or (len(text) <= LICENCE_CHARS and _is_licence(text))
    )


def _is_licence(text: str) -> bool:
    return _LICENCE_SIGN.search(text) is not None and _LICENCE.search(text) is not None


def _is_command(text: str) -> bool:
    return (
        text[0] in "#＃"  # a tag
        or _COMMAND.fullmatch(text) is not None
        or (_may_count(text[0]) and _is_count(text))
        or (text[0] in _TIME_START and _TIME.fullmatch(text) is not None)
        or (text[-1] in ")）" and _COUNTED.fullmatch(text) is not None)
    )


def _may_count(first: str) -> bool:
    """Whether a count, an edition or a way to the next story may begin so: most headlines do not."""
    return first in _COUNTING or not first.isalpha() or first.isascii()


def _is_count(text: str) -> bool:
    return (
        _COUNT.fullmatch(text) is not None
        or _NEIGHBOUR.match(text) is not None
        or _EDITION.fullmatch(text) is not None
    )


def leads_on(text: str) -> bool:
    """Whether a text announces the story before or after this one."""
    return len(text) <= COMMAND_CHARS and _NEIGHBOUR.fullmatch(text) is not None
