"""Readings for the warehouse's tests: pages and outcomes of a small portal of our own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsduck import warehouse
from newsduck.items import Article, Headline, Loaded, Outcome, ParsedPage, Run, Verdict
from newsduck.portals import Portal
from newsduck.settings import Settings
from newsduck.warehouse.connect import connect

HOUR_0 = datetime(2026, 3, 2, 0, 5, tzinfo=UTC)
FRONT = "http://news.example/"
_numbers = count()
PORTAL = Portal(id="news", name="新闻", front_pages=(FRONT,), article_urls=(r"/\d+\.html$",))


def fresh(folder: Path, **more: Any) -> Settings:
    """An empty warehouse in that folder: a copy, for making one costs as much as a load into it."""
    settings = Settings(data_dir=folder, threads=1, **more)
    settings.warehouse_path.write_bytes(_empty())
    return settings


@cache
def _empty() -> bytes:
    """The file of a warehouse without a row."""
    with TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), threads=1)
        with connect(settings):
            pass
        return settings.warehouse_path.read_bytes()


def at(hours: float) -> datetime:
    return HOUR_0 + timedelta(hours=hours)


def url(name: object) -> str:
    return f"http://news.example/{name}.html"


def entry(name: object, rank: int = 1, *, section: str | None = "要闻", **more: Any) -> Headline:
    """A list entry that leads to the story of that name."""
    told: dict[str, Any] = {"text": f"第{name}号湖区水位观察记录", "url": url(name)} | more
    return Headline(rank=rank, section=section, **told)


def front(hour: float, entries: Iterable[Headline], address: str = FRONT) -> ParsedPage:
    return ParsedPage(
        portal="news", url=address, final_url=address, fetched_at=at(hour), headlines=tuple(entries)
    )


def story(name: object, hour: float, body: str = "湖水涨了。\n桥还在。", **more: Any) -> ParsedPage:
    told: dict[str, Any] = {"title": f"第{name}号湖区水位观察记录", "body": body} | more
    return ParsedPage(
        portal="news", url=url(name), final_url=url(name), fetched_at=at(hour), article=Article(**told)
    )


def outcome(address: str, hour: float, disposition: str = "loaded", **more: Any) -> Outcome:
    kind = "front" if address == FRONT else "article"
    told: dict[str, Any] = {"portal": "news", "kind": kind} | more
    return Outcome(url=address, disposition=disposition, fetched_at=at(hour), **told)


def load(
    settings: Settings,
    *pages: ParsedPage,
    run_id: str = "",
    round_number: int = 0,
    others: Sequence[Outcome] = (),
    verdicts: Sequence[Verdict] = (),
    portal: Portal = PORTAL,
    more: dict[str, Any] | None = None,
) -> Loaded:
    """One round, of a run of its own unless named: these pages, each with its outcome, and other outcomes."""
    outcomes = [
        replace(outcome(page.url, 0), fetched_at=page.fetched_at, **(more or {})) for page in pages
    ] + list(others)
    started = min(one.fetched_at for one in outcomes)
    run = Run(run_id=run_id or f"run {next(_numbers)}", started_at=started, code_version="1")
    with warehouse.lock(settings):
        return warehouse.load(
            settings,
            run=run,
            round_number=round_number,
            outcomes=outcomes,
            pages=pages,
            signatures=[],
            verdicts=verdicts,
            portals=[portal],
        )


def ask(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    """What the published copy says, after publishing."""
    warehouse.publish(settings)
    return warehouse.query(settings, sql).rows
