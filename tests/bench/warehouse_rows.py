"""What the measured loads bring: pages and outcomes of one hour, drawn by arithmetic."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsduck.addresses import canonical, key
from newsduck.items import Article, Headline, Outcome, ParsedPage
from newsduck.portals import Portal
from newsduck.warehouse.folds import wording

START = datetime(2026, 1, 1, tzinfo=UTC)
LISTS = 500
PORTALS = 50
STAYS = (2, 3)
LETTERS = [chr(0x4E00 + number) for number in range(3000)]
PARAGRAPHS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large the warehouse is, and what a load brings."""

    headlines: int = 10_000_000
    articles: int = 1_000_000
    per_hour: int = 20_000
    loaded: int = 5_000

    @property
    def hours(self) -> int:
        return self.headlines // self.per_hour


def portals() -> list[Portal]:
    """Fifty portals of ten front pages each."""
    return [
        Portal(
            id=f"p{number}",
            name=f"门户{number}",
            front_pages=tuple(list_url(place) for place in range(number, LISTS, PORTALS)),
            max_pages=100,
        )
        for number in range(PORTALS)
    ]


def list_url(place: int) -> str:
    return f"http://p{place % PORTALS}.example/list{place}/"


def paragraphs() -> list[str]:
    """Distinct paragraphs of 100 letters; a letter's place in the alphabet decides how common it is."""
    rng = random.Random(7)
    weights = [1 / (rank + 30) for rank in range(len(LETTERS))]
    return ["".join(rng.choices(LETTERS, weights, k=100)) for _ in range(PARAGRAPHS)]


def headline(i: int, texts: list[str]) -> Headline:
    place = i % LISTS
    return Headline(
        text=f"{texts[i % PARAGRAPHS][:20]}{i}",
        url=f"http://p{place % PORTALS}.example/{i}.html",
        section="要闻",
        rank=1 + (i // LISTS) % 100,
    )


def headline_row(i: int, texts: list[str]) -> dict[str, object]:
    """The keys of a headline that the loads will see again."""
    told = headline(i, texts)
    address = canonical(str(told.url))
    portal = f"p{i % LISTS % PORTALS}"
    return {
        "i": i,
        "headline_id": key(portal, wording(told.text).lower(), address),
        "text": told.text,
        "url": told.url,
        "address_id": key(address),
    }


def front_pages(hour: int, scale: Scale, texts: list[str]) -> list[ParsedPage]:
    """All front pages of an hour: what came one or two hours before and stays, and what is new."""
    first = max(0, (hour - 2)) * scale.per_hour
    standing: dict[int, list[Headline]] = {place: [] for place in range(LISTS)}
    for i in range(first, (hour + 1) * scale.per_hour):
        if i // scale.per_hour + STAYS[(i // LISTS) % 2] > hour:
            standing[i % LISTS].append(headline(i, texts))
    return [_page(list_url(place), place, hour, headlines=tuple(some)) for place, some in standing.items()]


def articles(hour: int, scale: Scale, texts: list[str]) -> list[ParsedPage]:
    """4 new ones in 5; the others are known, every fifth of them in other words."""
    pages = []
    for n in range(scale.loaded):
        i = hour * scale.per_hour + n if n % 5 else known_article(n)
        body = "\n".join(texts[(hour * 7 + i * 3 + part) % PARAGRAPHS] for part in range(4))
        url = f"http://p{i % PORTALS}.example/{'a' if n % 5 == 0 else ''}{i}.html"
        pages.append(_page(url, i, hour, article=Article(title=texts[i % PARAGRAPHS][:24], body=body)))
    return pages


def known_article(n: int) -> int:
    """The number of the known article that the n-th of a load reads again."""
    return n


def outcomes(pages: list[ParsedPage]) -> list[Outcome]:
    return [
        Outcome(
            portal=page.portal,
            url=page.url,
            disposition="loaded",
            fetched_at=page.fetched_at,
            kind="front" if page.headlines else "article",
            final_url=page.url,
            status=200,
            bytes=40_000,
            charset="utf-8",
            elapsed_ms=120,
            archive_file="2026/01/01/x.warc.gz",
            archive_offset=1,
            etag='"x"',
            body_digest="sha1:" + "A" * 32,
        )
        for page in pages
    ]


def _page(url: str, number: int, hour: int, **what: object) -> ParsedPage:
    at = START + timedelta(hours=hour)
    return ParsedPage(portal=f"p{number % PORTALS}", url=url, final_url=url, fetched_at=at, **what)  # type: ignore[arg-type]
