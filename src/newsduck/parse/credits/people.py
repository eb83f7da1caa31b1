"""The people whom a labelled value names (pure)."""

import re
from typing import Final

from newsduck.parse.credits.labels import Labelled
from newsduck.parse.credits.names import is_latin, sure_names, tokens, without_tail
from newsduck.parse.credits.words import NOBODY, VAGUE

_MEDIUM: Final = re.compile(
    r"(?:报|網|网|社|电视台|周刊|杂志|客户端|新闻|日報|时报|在线|传媒|频道|中心|融媒|公众号|微信号|News|Daily|Times)$",
    re.IGNORECASE,
)
_ROLE_TAIL: Final = re.compile(
    r"(?:记者|記者|作者|通讯员|编辑|评论员|撰稿人|实习生|主任|副?教授|研究员|律师|博士|医师|主持人)$"
)
_ROLE_HEAD: Final = re.compile(
    r"^.*(?:记者|記者|通讯员|撰稿人|专栏作者|特约作者|实习生|评论员)(?=[\u3400-\u9fff]{2,4}$)"
)
_NO_PERSON: Final = re.compile(rf"{_ROLE_TAIL.pattern}|[。！？；]|^\d+年|(?:报道|報道|報導)$")
"""An office, a sentence, a date."""
DISCLAIMER: Final = re.compile(
    r"注明|声明|版权|授权|免责|侵权|違者|违者|copyright|著作权|如有", re.IGNORECASE
)
_ACCOUNT: Final = re.compile(r"[\w·•.\-—@]+$")
_WRITTEN_IN: Final = re.compile(r"(?<=\w) in [A-Z][A-Za-z'-]*(?: [A-Z][A-Za-z'-]*){0,3}")
"""Where an English byline says that it was written."""
_PIECES: Final = re.compile(r"\t|\s[|｜]\s")
_LONG_TOKEN: Final = 14
_BESIDE_TOKEN: Final = 6
_OFFICE: Final = re.compile("(?:[科部处局院系所室办厅委会组队站]|公司|大学|集团|基地)$")


def people(item: Labelled) -> list[str]:
    """The names in a labelled value; without a colon before them only such as are surely names."""
    if item.label == "原创":
        return [without_tail(token) for token in tokens(item.value)][:1]
    named: list[str] = []
    value = _WRITTEN_IN.sub("", item.value) if item.label.isascii() else item.value
    for piece in _PIECES.split(value):
        listed = [_ROLE_HEAD.sub("", token) for token in tokens(piece) if not DISCLAIMER.search(token)]
        is_first = item.label.isascii() and not named
        sure = [sure_names(token) or (_by_line(token) if is_first else []) for token in listed]
        if not item.marked or named:
            if not all(sure):
                break
            named.extend(name for names in sure for name in names)
            continue
        any_sure = any(sure)
        for token, names in zip(listed, sure, strict=True):
            named.extend(names or _unsure(token, beside=any_sure))
    return named


def _by_line(token: str) -> list[str]:
    """The name behind a bare `By`: two words and more, each with a capital; a medium follows a stroke."""
    return [token] if " " in token and is_latin(token) and token.istitle() else []


def _unsure(token: str, *, beside: bool) -> list[str]:
    """A token of unknown form: a pen name, an account or a code is kept, an office or a medium is not."""
    if token.lower() in NOBODY or token in VAGUE or _NO_PERSON.search(token):
        return []
    if is_latin(token):
        return [token]
    if len(token) > (_BESIDE_TOKEN if beside else _LONG_TOKEN) or not token or _MEDIUM.search(token):
        return []
    if beside and _OFFICE.search(token):
        return []
    return [token] if _ACCOUNT.match(token) and not token.isdigit() else []
