"""What else stands around a story: its keywords, and its channel, the path of the breadcrumb."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from newsduck.parse.credits.names import unique
from newsduck.parse.document import Document
from newsduck.parse.tree import Block, Node

_META: Final = ("news_keywords", "keywords", "article:tag", "og:article:tag", "parsely-tags")
_MANY: Final = 15
_LONG_WORD: Final = 14
_COMMAS: Final = re.compile(r"\s*[,，;；、|｜]\s*")
_BLANKS: Final = re.compile(r"\s+")
_PRINTED: Final = re.compile(
    r"^(?:本文|文章|新闻)?(?:关键[词字]|關鍵[字詞]|标签|標籤|tags?|keywords?)\s*(?:[:：]|>+)\s*",
    re.IGNORECASE,
)
_PRINTED_FIRST: Final = frozenset("本文新关關标標tTkK")
"""What a line with printed keywords begins with: cheap to look for first."""
_ARROWS: Final = re.compile(r"(?:^|[\s\t])(?:>{1,2}|»|›|→|-{1,2}>|＞|/|－)(?=[\s\t]|$)|[>＞»›]")
_SIGNS: Final = frozenset(">»›→＞/－")
"""One of them is in each arrow."""
_HERE: Final = re.compile(
    r"^.{0,4}?(?:当前|現在|现在|您的?|目前|所在)(?:所在)?的?(?:位置|栏目)\s*(?:[:：]|是)?\s*|^位置\s*[:：]\s*"
)
_END: Final = re.compile(
    r"^(?:正文|内容|详情|详细内容|新闻正文|文章正文|阅读|列表|文章|当前页|查看全部|更多|返回.*|登录|注册|.*订阅.*|\s*)$"
)
_HOME: Final = re.compile(r"首\s?页$|^(?:主页|首頁|home|网站首页)$|^.{0,8}首頁$", re.IGNORECASE)
_WORDY: Final = 120
_PROSE: Final = 80
_LONGEST_STEP: Final = 20
_CRUMB_NODES: Final = 60
_TEXT: Final = 100_000
_WORDS: Final = 60
_HEADER: Final = 500
"""As much of an outsized page is looked at."""


def find_keywords(document: Document) -> tuple[str, ...]:
    """The story's keywords: those of `<meta>`, or printed ones; words that the text lacks are left out.

    A list that is the same on every page of a site names its channels, not this story.
    """
    text = ""
    for words in chain(_told(document), _shown(document)):
        text = text or _page_text(document)
        fitting = unique(word for word in words if 1 < len(word) <= _LONG_WORD and word.lower() in text)
        if fitting:
            return fitting[:_MANY]
    return ()


def _page_text(document: Document) -> str:
    """What is surely about the story: title, description, and the lines of prose."""
    prose = (
        block.text
        for block in document.blocks
        if len(block.text) > _PROSE // 2 and block.link_chars * 2 < len(block.text)
    )
    title = re.split(r"[_|｜—]|\s-\s", document.title, maxsplit=1)[0]
    return " ".join([title, document.meta.get("description", ""), *prose])[:_TEXT].lower()


def _told(document: Document) -> Iterator[tuple[str, ...]]:
    for name in _META:
        if value := document.meta.get(name):
            yield _words(value)
    for item in document.json_ld:
        value = item.get("keywords")
        if isinstance(value, str):
            yield _words(value)
        elif isinstance(value, list):
            yield tuple(str(word).strip() for word in value[:_WORDS])


def _words(value: str) -> tuple[str, ...]:
    """The words of a list; blanks part them where nothing else does."""
    pattern = _COMMAS if _COMMAS.search(value) else _BLANKS
    return tuple(word for word in pattern.split(value.strip(), maxsplit=_WORDS)[:_WORDS] if word)


def _shown(document: Document) -> Iterator[tuple[str, ...]]:
    for block in document.blocks:
        text = block.text
        if text[0] in _PRINTED_FIRST and len(text) <= _WORDY and (label := _PRINTED.match(text)):
            linked = tuple(
                "".join(text.split()) for text, owner in block.runs if owner.tag == "a" and text.strip()
            )
            yield linked or _words(text[label.end() :])


def find_channel(document: Document) -> str | None:
    """The breadcrumb's steps, joined by ` > `, without the home page and the story; None for none."""
    steps = next((steps for block in _header(document) if (steps := _steps(block, document))), None)
    steps = steps or _steps_told(document.json_ld) or [document.meta.get("article:section", "")]
    return " > ".join(step for step in steps if step) or None


def _header(document: Document) -> Iterator[Block]:
    """The lines above the first prose."""
    for block in document.blocks[:_HEADER]:
        if len(block.text) > _PROSE and block.link_chars * 3 < len(block.text) and not block.hidden:
            return
        yield block


def _steps(block: Block, document: Document) -> list[str]:
    """The steps of a line that is a breadcrumb, or of a list of such steps around it; []."""
    if not 0 < block.link_chars <= _WORDY or len(block.text) > 2 * _WORDY:
        return []
    around = _crumbs(block.node)
    if around is not None:
        inside = document.nodes[around.index + 1 : min(around.end, around.index + _CRUMB_NODES)]
        links = [document.tree.text(node) for node in inside if node.tag == "a"]
        return [step for step in map(_bare, links) if _is_step(step, document)]
    arrows = 0 if _SIGNS.isdisjoint(block.text) else len(_ARROWS.findall(block.text))
    if arrows == 0 or "|" in block.text:
        return []
    links = [" ".join(text.split()) for text, owner in block.runs if owner.within("a") and text.strip()]
    if arrows < len(links) - 1 and not _HERE.match(block.text):
        return []
    return [step for step in map(_bare, links) if _is_step(step, document)]


def _crumbs(node: Node | None) -> Node | None:
    """The element that is called a breadcrumb, of an element and the three around it."""
    for _ in range(4):
        if node is None or "crumb" in node.names:
            return node
        node = node.parent
    return None


def _bare(step: str) -> str:
    return step.strip(" >＞»›/·-—\u3000")


def _is_step(step: str, document: Document) -> bool:
    fits = 1 < len(step) <= _LONGEST_STEP and not _END.match(step) and not _HOME.search(step)
    return fits and not (len(step) > 8 and step in document.title)  # noqa: PLR2004


def _steps_told(objects: tuple[dict[str, Any], ...]) -> list[str]:
    """The steps of a `BreadcrumbList`."""
    for item in objects:
        listed = item.get("itemListElement")
        if item.get("@type") == "BreadcrumbList" and isinstance(listed, list):
            names = [_name(entry) for entry in listed if isinstance(entry, dict)]
            return [name for name in names[:-1] if name and not _HOME.search(name)]
    return []


def _name(entry: dict[str, Any]) -> str:
    item = entry.get("item")
    name = entry.get("name") or (item.get("name") if isinstance(item, dict) else None)
    return str(name or "").strip()
