"""What one task does, without Prefect: the stages of newsduck for one portal or one round."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock

from newsduck import __version__, archive, log, warehouse
from newsduck.addresses import canonical, key
from newsduck.deduplicate import judge, sign
from newsduck.errors import UnreadablePage
from newsduck.fetch import fetch
from newsduck.items import (
    Fetched,
    Known,
    Loaded,
    Outcome,
    Page,
    ParsedPage,
    Run,
    Signature,
    Target,
    Verdict,
)
from newsduck.parse import parse
from newsduck.portals import Portal
from newsduck.settings import Settings

_PARSING = Lock()
"""Held while pages are parsed: it is all computing, and threads that compute at once wait for each other.
Here, not beside the task: Dask pickles a task with all that its function mentions, which a lock cannot be."""

GRACE = 60.0
"""Seconds beyond a portal's own deadline after which its fetching is cut from outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What every task of a run is told: plain data."""

    run: Run
    settings: Settings
    as_of: datetime | None = None
    """The run's clock; None: the real one."""
    proxy: str | None = None

    def now(self) -> datetime:
        """What time it is, for this run."""
        return self.as_of or datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A portal's addresses of one round after parsing: one outcome each, and the pages that could be read."""

    outcomes: tuple[Outcome, ...] = ()
    pages: tuple[ParsedPage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A round's articles beside what was known: ready to be loaded."""

    signatures: tuple[Signature, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


async def fetch_portal(
    targets: Sequence[Target],
    portal: Portal,
    *,
    errand: Errand,
    round_number: int,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> list[Fetched]:
    """A portal's addresses of one round, read and archived: one result each."""
    settings, limits = errand.settings, portal.limits(errand.settings.fetch)
    with archive.Writer(settings.archive_dir, portal=portal.id, run_id=errand.run.run_id) as writer:
        async with asyncio.timeout(limits.deadline + GRACE):
            fetched = await fetch(
                targets,
                portal,
                limits=settings.fetch,
                user_agent=user_agent(settings),
                clock=errand.now,
                keep=writer.write,
                pace_dir=settings.data_dir,
                proxy=errand.proxy or settings.proxy,
                on_outcome=on_outcome,
            )
        for one in fetched:
            writer.note(one, round_number=round_number)
    return fetched


def user_agent(settings: Settings) -> str:
    """The User-Agent with version and contact filled in."""
    contact = settings.contact or "no contact set"
    return settings.user_agent.replace("{version}", __version__).replace("{contact}", contact)


def lost(targets: Iterable[Target], error: BaseException, *, at: datetime) -> list[Fetched]:
    """Outcomes for addresses whose task failed: every address keeps exactly one."""
    slow = isinstance(error, TimeoutError)
    detail = f"the portal's deadline has passed: {error}" if slow else f"{type(error).__name__}: {error}"
    return [
        Fetched(
            target=target,
            outcome=Outcome(
                portal=target.portal,
                url=target.url,
                kind=target.kind,
                disposition="timeout" if slow else "quarantined",
                fetched_at=at,
                detail=detail.strip(" :"),
            ),
        )
        for target in targets
    ]


def parse_portal(fetched: Sequence[Fetched], portal: Portal, *, settings: Settings) -> Read:
    """A portal's archived pages, read one at a time: memory holds one page and the readings."""
    outcomes, pages = [], []
    with _PARSING:
        for one in fetched:
            outcome, page = _parse_one(one, portal, settings)
            outcomes.append(outcome)
            if page is not None:
                pages.append(page)
    return Read(outcomes=tuple(outcomes), pages=tuple(pages))


def _parse_one(one: Fetched, portal: Portal, settings: Settings) -> tuple[Outcome, ParsedPage | None]:
    ref = one.ref
    if ref is None:
        return one.outcome, None
    return read_page(lambda: archive.read(settings.archive_dir, ref), one.outcome, portal)


def read_page(
    bring: Callable[[], Page], outcome: Outcome, portal: Portal
) -> tuple[Outcome, ParsedPage | None]:
    """What a page says, and what became of its address; `bring` gives the page, or raises."""
    try:
        page = parse(bring(), portal)
    except UnreadablePage as error:
        return replace(outcome, disposition="undecodable", detail=str(error)), None
    except Exception as error:  # noqa: BLE001 - whatever a page does to us is this page's outcome alone
        log.bug(portal.id, outcome.url, error)
        detail = f"parse: {type(error).__name__}: {error}"
        return replace(outcome, disposition="quarantined", detail=detail), None
    outcome = replace(outcome, charset=page.charset)
    if page.article is None and not page.headlines:
        return replace(outcome, disposition="empty"), None
    return outcome, page


def judge_pages(pages: Sequence[ParsedPage], portals: Sequence[Portal], *, settings: Settings) -> Judged:
    """Verdicts about a round's articles; the caller holds the warehouse's lock."""
    by_id = {portal.id: portal for portal in portals}
    new = [known for page in pages if (known := _known(page, by_id.get(page.portal)))]
    signatures = tuple(sign(one.article_id, one.title, one.body) for one in new)
    verdicts = judge(new, warehouse.known(settings, signatures), signatures)
    return Judged(signatures=signatures, verdicts=tuple(verdicts))


def _known(page: ParsedPage, portal: Portal | None) -> Known | None:
    if page.article is None:
        return None
    article = page.article
    return Known(
        article_id=key(canonical(page.url, portal)),
        portal=page.portal,
        url=page.url,
        title=article.title,
        body=article.body,
        first_seen_at=page.fetched_at,
        published_at=article.published_at,
        published_precision=article.published_precision,
        source=article.source,
    )


def load_round(
    outcomes: Sequence[Outcome],
    pages: Sequence[ParsedPage],
    judged: Judged,
    *,
    errand: Errand,
    round_number: int,
    portals: Sequence[Portal],
) -> Loaded:
    """One round into the warehouse, in one transaction; the caller holds the warehouse's lock."""
    return warehouse.load(
        errand.settings,
        run=errand.run,
        round_number=round_number,
        outcomes=outcomes,
        pages=pages,
        signatures=judged.signatures,
        verdicts=judged.verdicts,
        portals=portals,
    )
