"""The words of a link: what of them is the headline, and which words are never one (pure)."""

import re

from newsduck.parse.lists.widths import ends_in_ellipsis, width
from newsduck.parse.tree import Node

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLE_NAME = re.compile(r"(?:^|[\s_-])(?:\w*title\w*|tit|headline|hd|subject)(?:$|[\s_\d-])")
_TIME = re.compile(
    r"[\[(（【]?\s*(?:(?:\d{2,4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?|(?:昨|今|前)天|刚刚|\d+\s*(?:秒|分钟|小时|天|个月|周)前"
    r"|\d+ \w+ ago)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])）】]?"
)
_RANK = re.compile(r"[\s#.、\d]{1,5}|NO\.?\s*\d+|TOP\s*\d+", re.IGNORECASE)
_LEADING = re.compile(r"^[\s·•▪■□◆◇●○▲△▶►★☆※>»|｜∙]+(?=\S)")
_TRAILING = re.compile(r"\s*(?:>>|»|&gt;&gt;)+\s*$")
_BADGES = frozenset("热 新 荐 爆 沸 图 视频 直播 组图 独家 专题 图集 置顶 推荐 广告 原创".split())

_COMMAND = re.compile(
    r"[\W_]*(?:更多\w{0,6}|查看\w{0,6}|全部\w{0,4}|more\b.{0,12}|read more|see all|view all|详细|详情|阅读全文|全文|点击\w{0,6}"
    r"|登录|登陆|注册|免费注册|退出|下载\w{0,6}|客户端|\w{0,4}首页|返回\w{0,4}|进入\w{0,4}|\w{0,2}设为首页|加入收藏|收藏"
    r"|我要\w{0,4}|\w{0,12}入口|发表评论|评论|跟贴|分享\w{0,4}|举报|投诉|反馈\w{0,4}|关注|订阅|打印|联系我们|关于我们|网站地图"
    r"|上一[页篇条]|下一[页篇条]|尾页|末页|首页|换一[换批]|展开\w{0,4}|收起|english|log ?in|sign ?(?:in|up)|subscribe|register"
    r"|skip to .{0,30}|privacy policy|terms of .{0,12}|cookie .{0,12}|contact us|about us|advertise.{0,12})[\W_]*",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"[\W_]*\d[\d,.]*\s*[万wkKM]?\+?\s*(?:条|人|次|个)?\s*"
    r"(?:评论|跟贴|回复|阅读|浏览|参与|点赞|赞|comments?|replies|views?|likes?)?[\W_]*",
    re.IGNORECASE,
)
_NEIGHBOUR = re.compile(r"\s*[\[【]?\s*[上下]一[篇条页则個个张张]\s*[\]】]?\s*[:：>]?")
_LICENCE = re.compile(
    r"ICP[备备证證]|公?网安备|备案(?:号|编号|信息)|信息备字|网信算备|(?:经营|服务|出版\w{0,2}|传播\w{0,4}|制作|演出)许可证|服务资格证|"
    r"营业执照|举报(?:电话|邮箱|热线|中心|入口|平台|受理\w{0,2}|专区|公示)|有害信息|自律\w{0,6}(?:公约|承诺)|"
    r"©|copyright|版权(?:所有|声明|说明)|all rights reserved|隐私(?:政策|条款|协议)|免责声明|用户协议|服务协议|"
    r"广告服务|招聘信息|诚聘英才|本?网站?声明|法律声明|友情链接",
    re.IGNORECASE,
)
LICENCE_WIDTH = 80
"""A longer text that mentions a licence is a headline about one."""


def displayed_text(runs: list[tuple[int, str, Node]], link: Node) -> str:
    """The headline among the runs of a link, white space collapsed.

    `runs` are (line, text, innermost element). Rank numbers, badges and times that stand in elements of their
    own are left out; of several lines the heading counts, then the one named a title, then the first long one.
    """
    kept = [run for run in runs if not _is_ornament(run[1], run[2], link)] or runs
    lines: dict[int, list[tuple[str, Node]]] = {}
    for line, text, owner in kept:
        lines.setdefault(line, []).append((text, owner))
    texts = [(_joined(line), [owner for _, owner in line]) for line in lines.values()]
    texts = [(text, owners) for text, owners in texts if text]
    if len(texts) > 1:
        for is_title in (_is_heading, _is_named_title):
            titled = [text for text, owners in texts if any(is_title(owner, link) for owner in owners)]
            if titled:
                return titled[0]
        texts = [pair for pair in texts if width(pair[0]) >= 8] or texts  # noqa: PLR2004 - a word or two
    return texts[0][0] if texts else ""


def _joined(line: list[tuple[str, Node]]) -> str:
    return " ".join("".join(text for text, _ in line).split())


def _is_ornament(text: str, owner: Node, link: Node) -> bool:
    """A rank number, a badge or a time in an element of its own."""
    if owner is link:
        return False
    bare = text.strip()
    return not bare or bare in _BADGES or _RANK.fullmatch(bare) is not None or _TIME.fullmatch(bare) is not None


def _is_heading(owner: Node, link: Node) -> bool:
    return any(node.tag in _HEADINGS for node in _between(owner, link))


def _is_named_title(owner: Node, link: Node) -> bool:
    return any(_TITLE_NAME.search(node.names) for node in _between(owner, link))


def _between(owner: Node, link: Node) -> list[Node]:
    """The elements from `owner` up to below `link`."""
    found = []
    for node in owner.ancestors():
        if node is link:
            break
        found.append(node)
    return found


def clean(text: str) -> str:
    """The text without bullets in front and arrows behind."""
    return _TRAILING.sub("", _LEADING.sub("", text)).strip()


def uncut(text: str, hint: str) -> str:
    """The `title` attribute where it goes on with a text that is cut, else the text."""
    hint = " ".join(hint.split())
    bare = text.rstrip(".…。 ⋯")
    if len(hint) > len(text) - 3 and hint != text and hint.startswith(bare):
        if ends_in_ellipsis(text) or (width(text) >= 16 and len(hint) > len(text)):  # noqa: PLR2004
            return hint
    return text


def is_no_headline(text: str) -> bool:
    """Whether these words are a command, a count, a way to the next story, or a licence."""
    return (
        not any(char.isalpha() for char in text)
        or _COMMAND.fullmatch(text) is not None
        or _COUNT.fullmatch(text) is not None
        or _NEIGHBOUR.match(text) is not None
        or (width(text) <= LICENCE_WIDTH and _LICENCE.search(text) is not None)
    )
