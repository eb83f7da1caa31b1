"""A portal's own selectors, which override the general reading of a page.

`[[rules]]` of a portal file. Of the rules that match a page's address, the one whose layout ended first after
the day of the visit is taken; one without `valid_until` is today's. What a selector finds replaces what was
read; one that finds nothing leaves the general reading, and a line in `problems` says so.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from newsduck.items import Article, ParsedPage
from newsduck.parse.credits.names import tokens, unique
from newsduck.parse.document import Document
from newsduck.parse.lists import find_headlines, headlines_of
from newsduck.parse.pruning import without
from newsduck.parse.soup import Soup, soup_of
from newsduck.parse.times import read_time
from newsduck.parse.tree import Node
from newsduck.portals import Rule

_LABEL = re.compile(r"^\W*[^\s:：]{1,8}\s?[:：]\s*")
_WORDS = re.compile(r"[\s,，、;；|]+")

Found = dict[str, Any]
"""Fields of an article with the values that a selector found."""


def rule_for(document: Document) -> Rule | None:
    """The rule that speaks of a page, by its address and the day it was fetched; None without one."""
    if document.portal is None:
        return None
    today = document.fetched_at.astimezone(document.zone).date()
    fitting = [
        rule
        for rule in document.portal.rules
        if (rule.valid_until is None or today <= rule.valid_until)
        and (rule.match is None or re.search(rule.match, document.url))
    ]
    return min(fitting, key=lambda rule: rule.valid_until or date.max, default=None)


def without_removed(document: Document) -> Document:
    """The document without what the page's rule takes out before anything is read."""
    rule = rule_for(document)
    if rule is None or not rule.remove:
        return document
    with soup_of(document.tree) as soup:
        removed = [node for selector in rule.remove for node in soup.select(selector)]
    return replace(document, tree=without(document.tree, removed)) if removed else document


def apply_rules(document: Document, parsed: ParsedPage) -> ParsedPage:
    """The page with what the portal's rule reads; unchanged where no rule speaks of it."""
    rule = rule_for(document)
    if rule is None:
        return parsed
    problems: list[str] = []
    if rule.no_article and parsed.article is not None:
        parsed = replace(parsed, article=None, headlines=find_headlines(document, None), next_page=None)
    with soup_of(document.tree) as soup:
        if not rule.no_article:
            found = dict(_fields(document, soup, rule, problems))
            parsed = replace(parsed, article=_overridden(parsed.article, found))
        if rule.headlines is not None:
            entries = _select(soup, rule.headlines, "headlines", problems)
            parsed = replace(parsed, headlines=headlines_of(document, entries) or parsed.headlines)
    return replace(parsed, problems=(*parsed.problems, *problems))


def _overridden(article: Article | None, found: Found) -> Article | None:
    if not found:
        return article
    if article is not None:
        return replace(article, **found)
    return Article(**found) if "title" in found else None


def _fields(document: Document, soup: Soup, rule: Rule, problems: list[str]) -> Iterator[tuple[str, Any]]:
    for name, read in _READERS.items():
        selector = getattr(rule, name)
        if selector is None:
            continue
        nodes = _select(soup, selector, name, problems)
        found = read(document, nodes) if nodes else {}
        if nodes and not found:
            problems.append(f"the rule for {name}, {selector!r}, finds an element that tells nothing")
        yield from found.items()


def _select(soup: Soup, selector: str, name: str, problems: list[str]) -> list[Node]:
    """The outermost elements that a selector finds."""
    nodes: list[Node] = []
    for node in soup.select(selector):
        if not nodes or node.index >= nodes[-1].end:
            nodes.append(node)
    if not nodes:
        problems.append(f"the rule for {name}, {selector!r}, finds nothing: the general reading stands")
    return nodes


def _text(name: str) -> Callable[[Document, Sequence[Node]], Found]:
    """A reader of the first element's text, without the label in front (`来源：`) for all but titles."""

    def read(document: Document, nodes: Sequence[Node]) -> Found:
        text = document.tree.text(nodes[0])
        text = text if name == "title" else _LABEL.sub("", text)
        return {name: text} if text else {}

    return read


def _names(name: str) -> Callable[[Document, Sequence[Node]], Found]:
    def read(document: Document, nodes: Sequence[Node]) -> Found:
        texts = (_LABEL.sub("", document.tree.text(node)) for node in nodes)
        found = unique(token for text in texts for token in tokens(text))
        return {name: found} if found else {}

    return read


def _published(document: Document, nodes: Sequence[Node]) -> Found:
    for node in nodes:
        texts = (node.attrs.get("datetime"), node.attrs.get("content"), document.tree.text(node))
        for text in filter(None, texts):
            time = read_time(text, now=document.fetched_at, zone=document.zone)
            if time is not None:
                return {
                    "published_at": time.at,
                    "published_raw": time.raw,
                    "published_precision": time.precision,
                    "published_rule": f"rule, year {time.year}",
                }
    return {}


def _keywords(document: Document, nodes: Sequence[Node]) -> Found:
    texts = (node.attrs.get("content") or document.tree.text(node) for node in nodes)
    words = unique(word for text in texts for word in _WORDS.split(_LABEL.sub("", text)))
    return {"keywords": words} if words else {}


def _channel(document: Document, nodes: Sequence[Node]) -> Found:
    steps = [text for text in (document.tree.text(node) for node in nodes) if text]
    return {"channel": " > ".join(steps)} if steps else {}


def _body(document: Document, nodes: Sequence[Node]) -> Found:
    lines = [block.text for node in nodes for block in document.tree.blocks_in(node)]
    return {"body": "\n".join(lines)} if lines else {}


_READERS: dict[str, Callable[[Document, Sequence[Node]], Found]] = {
    "title": _text("title"),
    "published_at": _published,
    "source": _text("source"),
    "authors": _names("authors"),
    "editors": _names("editors"),
    "keywords": _keywords,
    "channel": _channel,
    "body": _body,
}
