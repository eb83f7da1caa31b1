"""下一页: where a paged story goes on, and its pages made one (pure)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from newsduck.items import Article, ParsedPage
from newsduck.parse.document import Document, Outline
from newsduck.parse.tree import Node

_NEXT: Final = re.compile(
    r"[\s\[【(（<]*(?:下\s?一\s?[页頁]|后一页|下页|[Nn]ext(?:\s[Pp]age)?|>|>>|›|»)[\s\]】)）>›»]*$"
)
_FIRST: Final = frozenset("[【(（<第下后Nn>›»0123456789０１２３４５６７８９")
"""What the words of a link to a page begin with: cheap to look for first."""
_NUMBER: Final = re.compile(r"[\s\[【(（第]*(\d{1,2})[\s\]】)）页頁]*$")
_LONGEST: Final = 12
_NEXT_PAGE: Final = -1
_PAGE_PATH: Final = re.compile(r"(?:[_-]p?(\d{1,2})|/(\d{1,2}))(?=(?:\.s?html?|\.php|\.aspx?|\.jsp)?/?$)")
_PAGE_QUERY: Final = re.compile(
    r"(?:^|&)(?:page|p|pn|pageno|pageindex|currentpage)=(\d{1,2})(?=&|$)", re.IGNORECASE
)


def find_next_page(document: Document, outline: Outline) -> str | None:
    """The address of the story's next page; None where it has no further one."""
    stem, number = _parts(document.url)
    first = outline.first or 0
    found: dict[int, str] = {}
    for node, text in document.tree.links:
        if node.end_block < first or len(text) > _LONGEST:
            continue
        if text[:1] not in _FIRST and "rel" not in node.attrs:
            continue
        wanted = _wanted(node, text, number or 1)
        url = document.absolute(node.attrs["href"]) if wanted else None
        if url is not None and url.partition("#")[0] != document.url.partition("#")[0]:
            other, page = _parts(url)
            if (
                other == stem
                and page is not None
                and page in (number + 1 if number else 1, (number or 1) + 1)
            ):
                found.setdefault(wanted, url)
    return found[min(found)] if found else None


def _wanted(node: Node, text: str, number: int) -> int:
    """How sure a link's words speak of the next page: 1 in words, 2 by its number, 0 not at all."""
    says = _says(text)
    if says == _NEXT_PAGE or ("rel" in node.attrs and "next" in node.attrs["rel"].lower().split()):
        return 1
    return 2 if says == number + 1 else 0


def _says(text: str) -> int | None:
    """The number of the page that a link's short text names; -1 for the next one, None for none."""
    if _NEXT.match(text):
        return _NEXT_PAGE
    match = _NUMBER.match(text)
    return int(match[1]) if match else None


def _parts(url: str) -> tuple[str, int | None]:
    """What the pages of one story share of their addresses, and the number of this one; None: it bears none.

    Some number from `story.html`, `story_1.html`, some from `story.html`, `story_2.html`.
    """
    parts = urlsplit(url)
    path, query = parts.path, parts.query
    number: int | None = None
    match = _PAGE_QUERY.search(query)
    if match:
        number = int(match[1])
        query = query[: match.start()] + query[match.end() :]
    else:
        match = _PAGE_PATH.search(path)
        if match:
            number = int(match[1] or match[2])
            path = path[: match.start()] + path[match.end() :]
    return f"{parts.netloc.lower()}{path.rstrip('/')}?{query.strip('&')}", number


def join(first: ParsedPage, further: Sequence[ParsedPage]) -> ParsedPage:
    """A paged story as one: the first page's article with the text of the further pages, in their order.

    Lines that a further page repeats (a standfirst, say) are left out; credits may stand on the last page.
    """
    if first.article is None:
        return first
    articles = [page.article for page in further if page.article is not None]
    problems = dict.fromkeys(problem for page in (first, *further) for problem in page.problems)
    return replace(first, article=_joined(first.article, articles), next_page=None, problems=tuple(problems))


def _joined(first: Article, further: list[Article]) -> Article:
    lines = dict.fromkeys(first.body.split("\n"))
    for article in further:
        lines |= dict.fromkeys(article.body.split("\n"))
    every = (first, *further)
    return replace(
        first,
        body="\n".join(line for line in lines if line),
        source=next((article.source for article in every if article.source), None),
        authors=next((article.authors for article in every if article.authors), ()),
        editors=next((article.editors for article in every if article.editors), ()),
    )
