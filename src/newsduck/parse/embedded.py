"""Stories that a page carries in data instead of markup: `<textarea>`, JSON islands, `var x = {…}`.

What is found is written out as the small page that the site's script would have made of it, and read like any
other page: heading, a line with time, source and author, then the text.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any, Final

from newsduck.parse.building import build
from newsduck.parse.document import Document
from newsduck.parse.folding import fold
from newsduck.parse.titles import strip_suffix

_ASSIGNED: Final = re.compile(r"(?:=|:|\()\s*(?=[\[{])")
_STORY_KEY: Final = re.compile(r"content|body|text|article|detail|html", re.IGNORECASE)
_STRING: Final = re.compile(
    r"[\"']?(?:content|articleContent|articleBody|contentHtml|bodyHtml|detail|text)[\"']?\s*:\s*"
    r"(?:\"((?:[^\"\\]|\\.){200,}?)\"|'((?:[^'\\]|\\.){200,}?)')",
    re.IGNORECASE,
)
_TITLE_STRING: Final = re.compile(
    r"[\"']?title[\"']?\s*:\s*(?:\"((?:[^\"\\]|\\.){4,150}?)\"|'((?:[^'\\]|\\.){4,150}?)')"
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]{1,500}>")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_TITLE_KEYS: Final = ("title", "headline", "articleTitle", "newsTitle", "name")
_TIME_KEYS: Final = (
    "publishTime",
    "publish_time",
    "pubTime",
    "pub_time",
    "newsTime",
    "publishDate",
    "publishedAt",
    "datePublished",
    "pubDate",
    "ptime",
    "ctime",
    "createTime",
    "create_time",
    "releaseTime",
    "time",
    "date",
)
_SOURCE_KEYS: Final = (
    "source",
    "sourceName",
    "source_name",
    "mediaName",
    "media_name",
    "origin",
    "media",
    "copyfrom",
)
_AUTHOR_KEYS: Final = ("author", "authorName", "authors", "writer", "reporter")
_EDITOR_KEYS: Final = ("editor", "editorName", "responsibleEditor")
_LEAST_SCRIPT, _MOST_SCRIPT = 300, 4_000_000
_LEAST_STORY: Final = 80
_MOST_VALUES: Final = 50_000
_TITLE_START: Final = 12
_CODE_MOST: Final = 400
_EPOCH_MS: Final = 100_000_000_000


@dataclass(frozen=True)
class _Found:
    """A text, the objects around it (innermost first), and how much prose it holds."""

    html: str
    around: tuple[dict[str, Any], ...]
    size: int


def embedded_story(document: Document, *, longer_than: int) -> Document | None:
    """The page of a story that stands in the page's data; None where none is that long."""
    least = max(longer_than, _LEAST_STORY)
    found = [one for one in (*_in_textareas(document), *_in_scripts(document)) if one.size > least]
    if not found:
        return None
    best = max(found, key=lambda one: one.size)
    title = _first(best.around, _TITLE_KEYS)
    if not _is_of_page(document, title, best.size):
        return None
    return replace(document, tree=build(_page(document, best, title)))


def _is_of_page(document: Document, title: str, size: int) -> bool:
    """Whether a story found in data is the page's own, and no teaser of a list: the page bears its title."""
    declared = fold(document.meta.get("og:title") or document.title)
    if title and declared:
        return fold(title)[:_TITLE_START] in declared or declared in fold(title)
    return size > sum(block.link_chars for block in document.blocks)


def _in_textareas(document: Document) -> Iterator[_Found]:
    for _, text in document.tree.textareas:
        if len(text) >= _LEAST_STORY:
            html = unescape(text) if "&lt;" in text else text
            yield _Found(html, (), _prose(html))


def _in_scripts(document: Document) -> Iterator[_Found]:
    for node, source in document.tree.scripts:
        kind = node.attrs.get("type", "").lower()
        if not _LEAST_SCRIPT <= len(source) <= _MOST_SCRIPT or not _STORY_KEY.search(source):
            continue
        values = list(_values(source, is_json="json" in kind))
        for value in values:
            yield from _texts(value)
        if not values:
            yield from _literals(source)


def _values(source: str, *, is_json: bool) -> Iterator[Any]:
    """The JSON values that a script assigns."""
    decoder = json.JSONDecoder(strict=False)
    at = len(source) - len(source.lstrip()) if is_json else None
    for _ in range(40):
        if at is None:
            match = _ASSIGNED.search(source)
            if match is None:
                return
            at = match.end()
        try:
            value, end = decoder.raw_decode(source, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if end - at >= _LEAST_SCRIPT:
                yield value
        source, at = source[end:], None


def _texts(value: Any) -> Iterator[_Found]:
    """All long texts within a value; the pieces of one list are one text."""
    pending: list[tuple[Any, tuple[dict[str, Any], ...]]] = [(value, ())]
    for _ in range(_MOST_VALUES):
        if not pending:
            return
        item, around = pending.pop()
        if isinstance(item, dict):
            inner = (item, *around)[:6]
            for key, child in item.items():
                if isinstance(child, str):
                    if len(child) >= _LEAST_STORY and _STORY_KEY.search(str(key)):
                        yield _Found(child, inner, _prose(child))
                elif isinstance(child, (dict, list)):
                    pending.append((child, inner))
        elif isinstance(item, list):
            joined = _joined(item)
            if joined:
                yield _Found(joined, around, _prose(joined))
            pending.extend((child, around) for child in item if isinstance(child, (dict, list)))


def _joined(items: list[Any]) -> str:
    """The text of a list of pieces: strings, or objects that hold a piece each under the same key."""
    pieces = []
    for item in items:
        if isinstance(item, dict):
            for key in ("data", "text", "content", "html", "value"):
                if isinstance(item.get(key), str):
                    pieces.append(item[key])
                    break
        elif isinstance(item, str):
            pieces.append(item)
    return "".join(piece if "<" in piece else f"<p>{escape(piece)}</p>" for piece in pieces)


def _literals(source: str) -> Iterator[_Found]:
    """Texts in JavaScript objects that are no JSON."""
    title = _TITLE_STRING.search(source)
    around = ({"title": _unescaped(title[1] or title[2])},) if title else ()
    for match in _STRING.finditer(source):
        text = _unescaped(match[1] or match[2])
        yield _Found(text, around, _prose(text))


def _unescaped(text: str) -> str:
    def letter(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else {"n": "\n", "t": "\t", "r": ""}.get(match[3], match[3])

    return _ESCAPE.sub(letter, text)


def _prose(html: str) -> int:
    """How many characters of a text are Chinese prose, or letters where there is no Chinese."""
    plain = _TAG.sub("", unescape(html))
    if "，" not in plain and "。" not in plain and ". " not in plain:
        return 0
    if (
        any(mark in plain for mark in ("function(", "http://", "https://", '{"', "var "))
        and len(plain) < _CODE_MOST
    ):
        return 0
    return len(_HAN.findall(plain)) or len(plain) // 4


def _page(document: Document, found: _Found, title: str) -> str:
    """The page that a script would have made of a story."""
    title = title or strip_suffix(document.meta.get("og:title") or document.title)
    line = [
        _stamp(_first(found.around, _TIME_KEYS), document),
        _labelled("来源", _first(found.around, _SOURCE_KEYS)),
        _labelled("作者", _first(found.around, _AUTHOR_KEYS)),
    ]
    editor = _labelled("责任编辑", _first(found.around, _EDITOR_KEYS))
    html = unescape(found.html) if "&lt;" in found.html else found.html
    if "<" not in html:
        html = "".join(f"<p>{escape(part)}</p>" for part in html.splitlines())
    meta = " ".join(f"<span>{escape(part)}</span>" for part in line if part)
    head = f"<title>{escape(document.title or title)}</title>"
    return f"{head}<h1>{escape(title)}</h1><div>{meta}</div><div>{html}</div><div>{escape(editor)}</div>"


def _first(around: tuple[dict[str, Any], ...], keys: tuple[str, ...]) -> str:
    """The value of the first of these keys in the nearest object that has one."""
    for item in around:
        for key in keys:
            value = item.get(key)
            text = " ".join(map(_named, value if isinstance(value, list) else [value])).strip()
            if text:
                return _TAG.sub("", text).strip()
    return ""


def _named(value: Any) -> str:
    """A text, a number, or the name of an object that has one."""
    name = (value.get("name") or value.get("text")) if isinstance(value, dict) else value
    return str(name) if isinstance(name, (str, int)) and not isinstance(name, bool) else ""


def _stamp(text: str, document: Document) -> str:
    """A time as a page would show it; seconds since 1970 are written out."""
    if text.isdigit() and len(text) in (10, 13):
        seconds = int(text) / 1000 if int(text) > _EPOCH_MS else int(text)
        return datetime.fromtimestamp(seconds, UTC).astimezone(document.zone).strftime("%Y-%m-%d %H:%M:%S")
    return text


def _labelled(label: str, value: str) -> str:
    return f"{label}：{value}" if value else ""
