"""Labelled values in a line: `来源：新华网 作者：张三` → (source, 新华网), (author, 张三)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

Kind = Literal["source", "author", "editor", "other"]

_SOURCE: Final = (
    r"(?:本文|文章|稿件|信息|新闻|新聞|内容|消息|媒体|原文|资讯|作品|原创|数据|原载|資料|资料)?"
    r"(?:来\s?源(?:于|自|网站|媒体|单位)?|來源|稿\s?源|信\s?源|出\s?处|出處|转载自|转自|轉載自|[摘选]自|原载于?|来自|來自)"
    r"|(?:本文)?(?:来自|来源|首发|转载自?|转自)(?:于|自)?\s?[:：]?\s?(?:微信)?公[众眾][号號]|微信公众号|供稿(?:单位|部门)|sources?\b|via\b"
)
_AUTHOR: Final = (
    r"(?:本报|本刊|本网|特约|特派|特約|駐[\u3400-\u9fff]{1,6}|驻[\u3400-\u9fff]{1,6}|见习|实习|首席|专栏|文字|职工|全媒体|融媒体)*"
    r"(?:作\s?者|撰\s?文|撰稿人?|采写|採訪|采访|执笔|主笔|署名|记\s?者|記\s?者|通讯员|通訊員|编译|編譯|翻译|译者|文字|文图|图文|"
    r"文\s?[/／、]\s?图|图\s?[/／、]\s?文|文(?!\s?[/／、]\s?图)|撰|实习生)"
    r"|author|by|reporter|原创(?=\s?[:：])"
)
_EDITOR: Final = (
    r"(?:责任|責任|值班|执行|執行|版面|網絡|网络|本期|新媒体|栏目|文字|实习|见习|助理|资讯|网站|高级|本文|核稿|轮值|选稿)*"
    r"(?:编\s?辑|編\s?輯|责\s?编|責\s?編|选\s?稿|網編|网编)|编(?=\s?[/／|｜丨])|editor"
)
_OTHER: Final = (
    r"校\s?对|責任校對|检校|排\s?版|美\s?编|美术编辑|视觉|设计|監製|监制|审\s?核|审校|校审|审读|审稿|审签|[初复终一二三]审|签发|"
    r"值班[\u3400-\u9fff]{2,3}|[总副]?主编|总编|编审|编委|统筹|策划|出品|制片|摄\s?影|攝影|摄\s?像|拍摄|剪辑|"
    r"流程编辑|图片[\u3400-\u9fff]{0,2}|图|图表|视频[\u3400-\u9fff]{0,2}|配图|题图|头图|制图|制作|供图|播音|主播|海报|音频|"
    r"(?:最[后後]|首次)?(?:发布|發布|發佈|发表|发稿|更新|更改|修改|刊登|上传|成文|发文)?(?:时间|時間|日期)|浏览(?:次数|量)?|瀏覽|阅读(?:数|量|次数)?|点击(?:数|量|率)?|"
    r"访问(?:量|次数)?|人气|评论|跟贴|字\s?[号號體体]|字體大小|分享(?:到|至)?|打印|收藏|关注|举报|标\s?签|標\s?籤|关键[词字]|關鍵字|"
    r"原文标题|原标题|原題|标题|分类|栏目|频道|所属[\u3400-\u9fff]{0,2}|电话|邮箱|微信|编号|版次|版面|published|posted|updated|date|字数|索引号|地点|热线|投稿|"
    r"发布机构|主办|供稿|整理|运营|校订|朗读|责校"
)
_FIRST: Final = r"(?:流程|图片|视频|美术|视觉|排版|音频|技术)编辑|(?:摄影|图片|视觉|摄像|视频)记者"
"""Labels that look like one of the others and name neither editors nor writers."""


def beginnings(pattern: str) -> str:
    """Letters with which alternatives of a pattern begin: a look for them passes over most of a line."""
    letters = re.findall(r"(?:^|[|(:?*])([\u3400-\u9fffa-z])", pattern)
    classes = re.findall(r"\[([\u3400-\u9fff]+)\]", pattern)
    return "".join(sorted({*letters, *"".join(classes)}))


_LETTERS: Final = beginnings(f"{_FIRST}|{_EDITOR}|{_SOURCE}|{_AUTHOR}|{_OTHER}")
_LABELS: Final = (
    rf"(?=[{_LETTERS}])(?P<kind>(?P<first>{_FIRST})|(?P<editor>{_EDITOR})|(?P<source>{_SOURCE})|(?P<author>{_AUTHOR})|(?P<other>{_OTHER}))"
    r"(?P<mark>\s*[:：]+\s*|\s*[/／|｜丨]\s*|[】\]【\[]\s*|\s*[\t\u3000 ]\s*|[,，]\s*$|$|(?=《)"
    r"|(?<=[号號])(?=[“「]))"
)
_LABEL: Final = re.compile(_LABELS, re.IGNORECASE)
_LABEL_AT_BORDER: Final = re.compile(rf"(?<!\w){_LABELS}", re.IGNORECASE)
_SETTING_OFF: Final = re.compile("[:：|｜丨]")
"""Marks without one of which a label stands at a border only; see `_stands`."""
_OPENING: Final = ("《", "“", "「")
"""A title's or an account's quotes set a value off as a colon does."""
_HAN: Final = re.compile(r"[\u3400-\u9fff\w]")
_SHORT: Final = frozenset(
    ["文", "图", "撰", "by", "via", "来自", "來自", "source", "sources", "editor", "author"]
)
_MEDIUM_S: Final = re.compile(r"[\u3400-\u9fff]{1,6}(?:报|网|社|台|刊|新闻|财经|在线|客户端)")
"""A medium whose 记者 or 编辑 a stroke parts from the name."""
_PICTURE_DESK: Final = re.compile(r"(?:图片|视频)(?:中心|频道|新闻|中国|社|网|库)")
"""Media whose names begin as labels do."""
_TWISTED: Final = re.compile(
    r"(?:图片|照片|视频|数据|资金|素材|配图|封面|题图|头图|图|能量|货|收入|线索|人|供|食物|生活)$"
)

_POWERED: Final = re.compile(r"(?:powered|designed|developed)\s*$", re.IGNORECASE)
"""Before `by`: it names a publishing system."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value with its label."""

    kind: Kind
    label: str
    value: str
    marked: bool
    """Set off by a colon, a stroke, or an element's border, not by mere space."""
    start: int
    """Where the label begins in the line."""


@lru_cache(maxsize=128)  # what stands beside the time is asked for again
def labelled(line: str) -> tuple[Labelled, ...]:
    """The labelled values of a line (tabs part its pieces), in order; each ends where a label begins."""
    found = list(_labels(line))
    values: list[Labelled] = []
    for at, (match, kind) in enumerate(found):
        end = found[at + 1][0].start() if at + 1 < len(found) else len(line)
        marked = (
            bool(match["mark"].strip())
            or "\t" in match["mark"]
            or line[match.end() :].startswith(_OPENING)
            or (kind == "author" and bool(values) and _is_open(values[-1]))
        )
        values.append(Labelled(kind, match["kind"], line[match.end() : end], marked, match.start()))
    return tuple(_paired(values, line))


def _paired(values: list[Labelled], line: str) -> list[Labelled]:
    """The values, each with its own label where these stand in a pair: `来源/作者：日报/张三`."""
    for at, (first, second) in enumerate(pairwise(values)):
        between = line[first.start + len(first.label) : second.start].strip()
        one, stroke, other = second.value.partition("/")
        if between == "/" and stroke and {first.kind, second.kind} == {"source", "author"}:
            values[at : at + 2] = replace(first, value=one), replace(second, value=other)
    return values


def _is_open(item: Labelled) -> bool:
    """Whether an author's label has no value, so that the next one says more: `作者： 记者 张三`."""
    return item.kind == "author" and item.marked and not item.value.strip()


def _labels(line: str) -> Iterator[tuple[re.Match[str], Kind]]:
    pattern = _LABEL if _SETTING_OFF.search(line) else _LABEL_AT_BORDER
    place = 0
    while match := pattern.search(line, place):
        kind = _kind(match)
        if _stands(match, line):
            yield match, kind
            place = match.end()
        else:
            place = match.start() + 1


def _kind(match: re.Match[str]) -> Kind:
    if match["editor"]:
        return "editor"
    if match["source"]:
        return "source"
    return "author" if match["author"] else "other"


def _stands(match: re.Match[str], line: str) -> bool:
    """Whether a label is one: at a border, or followed by a colon and no part of another word."""
    before = line[: match.start()]
    if (match["source"] and _TWISTED.search(before)) or _POWERED.search(before):
        return False
    if not before or not _HAN.match(before[-1]):
        if (
            before[-1:] in {"：", ":"}
            and not match["mark"].strip()
            and _PICTURE_DESK.fullmatch(match["kind"])
        ):
            return False
        return bool(match["mark"]) or line[match.end() : match.end() + 1] in {*_OPENING, ""}
    if _MEDIUM_S.fullmatch(before) and match["mark"].strip() in {"|", "｜", "丨"}:
        return True
    colon = ":" in match["mark"] or "：" in match["mark"]
    return colon and match["kind"].lower() not in _SHORT and len(match["kind"]) > 1
