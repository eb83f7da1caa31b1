"""Parsed pages as JSON values, in the shape that `newsduck parse` prints (pure)."""

from typing import Any

from newsduck.items import Article, Headline, ParsedPage


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
