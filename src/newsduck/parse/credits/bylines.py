"""Names of writers in running text: datelines, closing brackets, lines that hold nothing but a byline."""

import re
from dataclasses import dataclass
from typing import Final

from newsduck.parse.credits.labels import beginnings
from newsduck.parse.credits.names import is_latin, is_name, sure_names, tokens
from newsduck.parse.credits.words import NOBODY, WORKS

_WRITER: Final = (
    r"(?:(?:本报|本刊|本网|见习|实习|首席|高级|特约|特派|全媒体|融媒体?|职工|驻[\u3400-\u9fff]{2,3})*"
    r"(?:记\s?者|記\s?者|通讯员|通訊員|撰稿人|评论员|作者|专栏作家)|撰稿|实习生|报道员|通讯站|采写|撰文|执笔|文\s?[/／、]\s?图|"
    r"图\s?[/／、]\s?文|文图|图文|文字|编译|文(?=\s?[/／:：|｜丨]))"
)
_OTHER: Final = (
    r"(?:(?:摄影|图片|视觉|摄像|视频)记者|摄\s?影|攝影|摄\s?像|拍摄|摄|视频|剪辑|编(?=\s?[/／|｜丨])|制图|漫画|插画|供图|校对|编辑|责编|审核|监制|海报|设计|图(?=\s?[/／:：|｜丨])|"
    r"表(?=\s?[/／:：|｜丨]))"
)
_ROLE: Final = re.compile(
    rf"(?=[{beginnings(f'{_OTHER}|{_WRITER}')}])(?:(?P<other>{_OTHER})|(?P<writer>{_WRITER}))"
)
_WRITES: Final = re.compile("[者员員撰生站写笔文译□■●◎○◆◇▲△★☆]")
"""A character of each role of writers, and each mark of a byline: cheap to look for first."""
_ROLE_BEHIND: Final = re.compile(
    r"([\u3400-\u9fff]{2,4})\s?[/／]\s?(文|撰文|图|摄影|摄|视频)(?![\u3400-\u9fff/／:：])"
)
_AFTER_NAMES: Final = frozenset(["摄", "供图", "摄影", "攝影"])
"""Words that may stand behind the names of photographers."""
_PICTURES: Final = frozenset(["图"])
"""Behind 文 it is the work of the same writer, alone a photographer's."""
_LEADING: Final = re.compile(r"^[\s/／:：|｜丨]+")
_BRACKET: Final = re.compile(r"[（(【〔\[]([^（()）【】〔〕\[\]]{2,60})[)）】〕\]]")
_CLOSING: Final = re.compile(r"[（(【〔\[]([^（()）【】〔〕\[\]]{2,60})[)）】〕\]]\s*[。.]?\d{0,7}$")
_REPORTS: Final = ("報導", "報道", "报道")
_REPORTED: Final = re.compile(r"([\u3400-\u9fff、\s]{2,16}?)\s*[/／]\s*[\u3400-\u9fff、]{2,8}$")
"""Names before the place that they report from: `王大明 陳小美／台東報導`."""
_RARE: Final = re.compile(r"[\u3400-\u9fff]{0,6}(?:记者|記者|通讯员)[\s:：]+([\u3400-\u9fff]{2,6})$")
"""One name of a form that no list knows, alone behind its role."""
_RARE_PAIR: Final = re.compile(
    r"[\u3400-\u9fff]{0,6}(?:记者|記者)[\s:：]+([\u3400-\u9fff]{2,4})\s+"
    r"(?:通讯员|通訊員|实习生|實習生)[\s:：]+([\u3400-\u9fff]{2,4})$"
)
"""Two names, each alone behind its role."""
_POSTED: Final = re.compile(
    r"(?:^|[\s|·])由\s*([^\s，。|:：]{2,12}|[A-Za-z][\w .'-]{1,30}?)\s*"
    r"(?:发[表布]|發[表佈布]|撰[写寫])(?:[于於在]|\s|$)"
)
_UNCLOSED: Final = re.compile(r"[（(]((?:[\u3400-\u9fff]{0,8})(?:记者|記者|通讯员)[^（()）。]{2,60})$")
_DATELINE: Final = re.compile(
    r"(?:[【\[〔][\u3400-\u9fff]{2,10}[讯訊][】\]〕]\s*|[\u3400-\u9fff]{0,14}(?:\d{1,2}月)?(?:\d{1,2}日)?(?:讯|訊|电|電|消息)[\s:：]*|[\u3400-\u9fff]{0,8})"
    r"(?=(?:记者|記者|通讯员|通訊員))(?P<rest>[^，。；！？“”:：]{4,40})"
)
_RUNS_ON: Final = frozenset("从從自于在向对今昨据獲获了采日前也就还又问則則")
"""Characters after 记者 with which a sentence goes on."""
_LABELLED: Final = re.compile(r"(?:编辑|編輯|责编|校对|审核|摄影|监制|来源|图)\s*$")
_MARKED: Final = re.compile(r"[□■●◎○◆◇▲△★☆]\s*([^，。；！？“”]{2,50})$")
"""A byline behind a geometric mark, as papers print it."""
_SEVERAL: Final = re.compile(
    r"[\u3400-\u9fff]{0,8}(?:记者|記者)\s*[\u3400-\u9fff\s、]{2,16}(?:通讯员|通訊員|实习生)\s*[\u3400-\u9fff\s、]{2,16}$"
)
"""A reporter and a correspondent, who may be an office: nothing else."""
_SENTENCE: Final = re.compile(r"[，。；！？?!“”]")
_MEDIUM_TAIL: Final = re.compile(
    r"(?:报|站|联盟|網|網路|新聞|報|網|网|社|台|刊|报道|報導|報道|新闻|电视|在线|客户端|中心|频道|日报|晚报|时报|讯|电|专栏|特约|发自.{2,6})$"
)
_HOUSE: Final = re.compile(r"[（(【]?([\u3400-\u9fff]{2,4})(?=(?:实习|见习|首席)?(?:记者|编辑)[\s:：|｜])")
"""The short name of a medium before a role."""
_MARKS: Final = frozenset("□■●◎○◆◇▲△★☆")
_DATELINE_REACH: Final = 110
_LINE: Final = 60


@dataclass(frozen=True, slots=True)
class Byline:
    """Names in a stretch of text, and whether there was nothing else in it."""

    names: tuple[str, ...]
    is_all: bool


def read_byline(segment: str) -> Byline:
    """The writers that a stretch names after words like 记者; those after 摄影 and the like are left out."""
    segment = _ROLE_BEHIND.sub(r"\2/\1 ", segment)
    roles = list(_ROLE.finditer(segment))
    names: list[str] = []
    is_all = bool(roles)
    for at, role in enumerate(roles):
        following = roles[at + 1] if at + 1 < len(roles) else None
        value = _LEADING.sub("", segment[role.end() : following.start() if following else len(segment)])
        found, whole = _listed(value)
        is_all = is_all and whole
        if role["writer"] and not (
            following and following.group() in _AFTER_NAMES and following.end() == len(segment)
        ):
            names.extend(found)
    return Byline(tuple(dict.fromkeys(names)), is_all and bool(names))


def _listed(value: str) -> tuple[list[str], bool]:
    """The sure names at the start of a value, and whether the value holds only such."""
    names: list[str] = []
    for token in tokens(value):
        found = sure_names(token)
        if not found and not _MEDIUM_TAIL.search(token):
            return names, _is_work(token)
        names.extend(found)
    return names, True


def _is_work(token: str) -> bool:
    return token in WORKS


def dateline_names(paragraph: str) -> tuple[str, ...]:
    """The writers in a dateline: `本报讯（记者张三 通讯员李四）…`, `新华社北京电 记者张三报道：…`."""
    head = paragraph[:_DATELINE_REACH]
    for match in _BRACKET.finditer(head):
        if _ROLE.search(match[1]) and len(_SENTENCE.findall(head[: match.start()])) <= 1:
            names = read_byline(match[1]).names
            pair = _RARE_PAIR.match(match[1]) if len(names) == 1 else None
            if pair and names[0] in pair.groups() and not any(map(_MEDIUM_TAIL.search, pair.groups())):
                return pair.groups()
            rare = _RARE.match(match[1])
            if names or rare:
                return names or (rare[1],) if rare else names
    plain = _DATELINE.match(head)
    names = read_byline(plain["rest"]).names if plain else ()
    return () if names and names[0][0] in _RUNS_ON else names


def posted_by(line: str) -> tuple[str, ...]:
    """The writer whom a publishing system names: `由 张三 发表于 2026年3月1日`."""
    posted = _POSTED.search(line) if "由" in line else None
    is_known = posted is not None and (is_name(posted[1]) or is_latin(posted[1]))
    return (posted[1],) if posted is not None and is_known and posted[1].lower() not in NOBODY else ()


def closing_names(paragraph: str) -> tuple[str, ...]:
    """The writers in brackets at a story's end: `（记者 张三）`, `（姚某 上海报道）`, `（张三 李四）`."""
    match = _CLOSING.search(paragraph[-80:]) or _UNCLOSED.search(paragraph[-80:])
    if not match or _SENTENCE.search(match[1]) or _LABELLED.search(paragraph[-80:][: match.start()]):
        return ()
    inside = _ROLE_BEHIND.sub(r"\2/\1 ", match[1])
    if _ROLE.search(inside):
        byline = read_byline(inside)
        if byline.names:
            return byline.names
    names, is_all = _listed_anywhere(inside)
    return tuple(names) if is_all else ()


def _listed_anywhere(value: str) -> tuple[list[str], bool]:
    """The sure names of a value in which media and places of writing may stand besides."""
    names: list[str] = []
    for token in tokens(value):
        found = sure_names(token)
        is_picture = token in _PICTURES and "文" in value
        if not (found or _MEDIUM_TAIL.search(token) or _is_work(token) or is_picture):
            return [], False
        names.extend(found)
    return names, bool(names)


def line_names(line: str) -> tuple[str, ...]:
    """The writers of a line that is nothing but a byline: `新报记者 张三`, `【文/专栏作者 李四】`."""
    reported = _REPORTED.match(line) if line.endswith(_REPORTS) else None
    if reported and (names := _only_names(reported[1])):
        return names
    if not _WRITES.search(line):
        return ()
    line = line.strip().strip("【】〔〕[]（）()").strip()
    marked = _MARKED.match(line)
    if marked:
        return tuple(_listed_anywhere(marked[1])[0]) or read_byline(marked[1]).names
    role = _ROLE.search(line) if len(line) <= _LINE and not _SENTENCE.search(line) else None
    if not role:
        return ()
    byline = read_byline(line)
    is_whole = byline.is_all or (bool(byline.names) and _SEVERAL.match(line) is not None)
    return byline.names if is_whole and len(line[: role.start()]) <= 20 else ()  # noqa: PLR2004


def _only_names(value: str) -> tuple[str, ...]:
    """The names of a value that consists of names."""
    names = tuple(tokens(value))
    return names if all(map(is_name, names)) else ()


def without_house(line: str) -> str:
    """A line without the medium's short name before each role: `岸报记者 张三 岸报编辑 李四`."""
    if "记者" not in line or "编辑" not in line:
        return line
    house = _HOUSE.match(line)
    return line.replace(house[1], "") if house and line.count(house[1]) > 1 else line


def is_signature(line: str) -> bool:
    """Whether a line names its writers behind a geometric mark, or reporter and editor of one house."""
    if not 2 < len(line) <= _LINE:  # noqa: PLR2004
        return False
    bare = without_house(line)
    return (bare is not line or line[0] in _MARKS) and bool(line_names(bare))
