"""One page, all readers: the composition of this package."""

from newsduck import collector
from newsduck.decode import Decoded, decode, is_wide
from newsduck.errors import UnreadablePage
from newsduck.items import Article, Headline, Page, ParsedPage
from newsduck.parse.bodies import find_story
from newsduck.parse.credits import find_channel, find_credits, find_keywords
from newsduck.parse.datastores import stored_list
from newsduck.parse.document import Document, Outline, read_document, read_lines
from newsduck.parse.embedded import embedded_story
from newsduck.parse.lists import find_headlines
from newsduck.parse.lists.shapes import shape_of
from newsduck.parse.paging import find_next_page
from newsduck.parse.rules import apply_rules, without_removed
from newsduck.parse.textpages import is_text_page, read_text_page
from newsduck.parse.times import find_published
from newsduck.portals import Portal

_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_LOOKED_AT = 65_536
_STRIDE = 17
"""One byte in so many tells that there is something to count; a prime, since damage may come in columns."""
_BINARY = 0.05
"""Share of control bytes from which a body is no text: pictures have 0.1 and more, damaged text 0.01."""
_SHORT_STORY = 200
"""Shorter stories are looked for in the page's data as well: the markup may hold a stub only."""
_A_LIST = 8
"""So many headlines are what a page is about, where its text could be their introduction."""


def parse(page: Page, portal: Portal | None = None) -> ParsedPage:
    """What stands on a page; pure, and without a portal just as good.

    Raises UnreadablePage where the bytes are no text at all; anything else odd goes into `problems`.
    """
    with collector.at_rest():  # a page is 10,000 objects without a cycle
        return _parse(page, portal)


def _parse(page: Page, portal: Portal | None) -> ParsedPage:
    _refuse_binary(page)
    decoded = decode(page.body, page.header("content-type"))
    url, at = page.final_url, page.fetched_at
    if is_text_page(decoded.text, page.header("content-type")):
        document = read_lines(decoded.text, url=url, fetched_at=at, portal=portal)
        outline, headlines = read_text_page(document)
        article = _article(document, outline) if outline else None
        return _parsed(page, decoded, document, article, headlines, None)
    markup = decoded.text if decoded.utf8 is None else decoded.utf8
    document = without_removed(read_document(markup, url=url, fetched_at=at, portal=portal))
    article, outline = _story(document)
    headlines = find_headlines(document, outline)
    stored = stored_list(document)
    if stored is not None:
        headlines += find_headlines(stored, None)
    if article is not None and len(headlines) >= _A_LIST and _is_introduction(article, document.url):
        article, outline = None, None
    next_page = find_next_page(document, outline) if outline is not None else None
    return apply_rules(document, _parsed(page, decoded, document, article, headlines, next_page))


def _refuse_binary(page: Page) -> None:
    sample = page.body if len(page.body) < _LOOKED_AT else page.body[:_LOOKED_AT:_STRIDE]
    if len(sample) == len(sample.translate(None, _CONTROL)):
        return
    head = page.body[:_LOOKED_AT]
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > _BINARY * len(head) and not is_wide(head):
        served = page.header("content-type") or "without a content type"
        raise UnreadablePage(
            f"{page.final_url}: the body is no text ({control} control bytes in the first {len(head)}; "
            f"served as {served}; begins with {head[:8]!r}). Leave the address out, or report what it is."
        )


def _story(document: Document) -> tuple[Article | None, Outline | None]:
    """The article, and the outline of it that the page's markup shows."""
    outline = find_story(document)
    if outline is None or len(outline.body) < _SHORT_STORY:
        least = 2 * len(outline.body) if outline is not None else 0
        data = embedded_story(document, longer_than=least)
        hidden = find_story(data) if data is not None else None
        if data is not None and hidden is not None:
            return _article(data, hidden), outline
    return (_article(document, outline) if outline is not None else None), outline


def _is_introduction(article: Article, url: str) -> bool:
    """Whether a text at the address of a channel or a folder, of no time and by nobody, opens a list."""
    is_credited = bool(article.published_at or article.source or article.authors or article.editors)
    return not is_credited and shape_of(url).is_index


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


def _parsed(
    page: Page,
    decoded: Decoded,
    document: Document,
    article: Article | None,
    headlines: tuple[Headline, ...],
    next_page: str | None,
) -> ParsedPage:
    problems = [*decoded.problems, *document.tree.cut]
    if not page.body.strip():
        problems.append("the page is empty")
    elif article is None and not headlines:
        problems.append("neither an article nor a headline was found")
    return ParsedPage(
        portal=page.portal,
        url=page.url,
        final_url=page.final_url,
        fetched_at=page.fetched_at,
        article=article,
        headlines=headlines,
        next_page=next_page,
        charset=decoded.charset,
        problems=tuple(problems),
    )
