"""A page → one article or none, and the headlines of its lists.

`decode` makes text of the bytes, `tree` a tree of the text, `document` the value that all readers share;
`titles` and `bodies` find the story, `times` and `credits` what is printed about it, `lists` the headlines;
`rules` lets a portal's selectors override them; `textpages` reads pages that are plain text.
"""

from dataclasses import replace
from typing import Any

from newsduck.decode import Decoded, decode
from newsduck.items import Article, Headline, Page, ParsedPage
from newsduck.parse.bodies import find_story
from newsduck.parse.credits import find_channel, find_credits, find_keywords
from newsduck.parse.document import Document, Outline, read_document
from newsduck.parse.lists import find_headlines
from newsduck.parse.rules import apply_rules
from newsduck.parse.times import find_published
from newsduck.portals import Portal

__all__ = ["as_json", "join", "parse"]


def parse(page: Page, portal: Portal | None = None) -> ParsedPage:
    """What stands on a page; pure, and without a portal just as good.

    Raises UnreadablePage where the bytes are no text at all; anything else odd goes into `problems`.
    """
    decoded = decode(page.body, page.header("content-type"))
    document = read_document(decoded.text, url=page.final_url, fetched_at=page.fetched_at, portal=portal)
    outline = find_story(document)
    parsed = ParsedPage(
        portal=page.portal,
        url=page.url,
        final_url=page.final_url,
        fetched_at=page.fetched_at,
        article=_article(document, outline) if outline is not None else None,
        headlines=find_headlines(document, outline),
        charset=decoded.charset,
        problems=_problems(decoded, document, outline),
    )
    return apply_rules(document, parsed)


def _article(document: Document, outline: Outline) -> Article:
    published = find_published(document, outline)
    credits_ = find_credits(document, outline)
    return Article(
        title=outline.title,
        body=outline.body,
        published_at=published.at if published else None,
        published_raw=published.raw if published else None,
        published_precision=published.precision if published else None,
        published_rule=published.rule if published else None,
        source=credits_.source,
        authors=credits_.authors,
        editors=credits_.editors,
        keywords=find_keywords(document),
        channel=find_channel(document),
    )


def _problems(decoded: Decoded, document: Document, outline: Outline | None) -> tuple[str, ...]:
    return (*decoded.problems, *document.tree.cut, *(outline.problems if outline else ()))


def join(first: ParsedPage, further: list[ParsedPage]) -> ParsedPage:
    """A paged story as one: the first page's article with the text of the further pages, in their order."""
    if first.article is None:
        return first
    lines = first.article.body.split("\n")
    for page in further:
        if page.article is not None:
            lines.extend(line for line in page.article.body.split("\n") if line and line not in lines)
    problems = dict.fromkeys(problem for page in (first, *further) for problem in page.problems)
    return replace(
        first,
        article=replace(first.article, body="\n".join(lines)),
        next_page=None,
        problems=tuple(problems),
    )


def as_json(parsed: ParsedPage) -> dict[str, Any]:
    """A parsed page as plain JSON values, in the shape that `newsduck parse` prints."""
    return {
        "url": parsed.url,
        "article": None if parsed.article is None else _article_json(parsed.article),
        "headlines": [_headline_json(headline) for headline in parsed.headlines],
        "next_page": parsed.next_page,
        "problems": list(parsed.problems),
    }


def _article_json(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "published_raw": article.published_raw,
        "published_precision": article.published_precision,
        "published_rule": article.published_rule,
        "source": article.source,
        "authors": list(article.authors),
        "editors": list(article.editors),
        "keywords": list(article.keywords),
        "channel": article.channel,
        "body": article.body,
    }


def _headline_json(headline: Headline) -> dict[str, Any]:
    return {
        "text": headline.text,
        "url": headline.url,
        "published_at": headline.published_at.isoformat() if headline.published_at else None,
        "published_raw": headline.published_raw,
        "section": headline.section,
        "rank": headline.rank,
        "is_truncated": headline.is_truncated,
    }
