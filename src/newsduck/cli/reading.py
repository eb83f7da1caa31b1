"""`newsduck parse` and `newsduck portals`: look at pages and portals without touching the warehouse."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsduck.cli import moment
from newsduck.errors import UnreadablePage, UsageError
from newsduck.fetch import fetch
from newsduck.items import Page, PageRef, ParsedPage, Target
from newsduck.parse import as_json
from newsduck.parse import parse as parse_page
from newsduck.portals import Portal, choose_portals, load_portals
from newsduck.settings import Settings, load_settings

SUFFIXES = {".txt": "text/plain", ".xhtml": "application/xhtml+xml"}


def parse(arguments: argparse.Namespace) -> int:
    """Print one page, or each page of a manifest, as a JSON line."""
    settings = load_settings(portals_dir=arguments.portals_dir)
    portals = list(load_portals(settings.portals_dir).values())
    if arguments.manifest:
        for ident, page in _manifest(arguments.manifest):
            _print({"id": ident} | _read(page, portals))
        return 0
    if not arguments.file or not arguments.url:
        raise UsageError("parse needs a FILE (or -) and --url, or --manifest M.jsonl")
    body = sys.stdin.buffer.read() if arguments.file == "-" else _bytes(Path(arguments.file))
    kind = arguments.content_type or SUFFIXES.get(Path(arguments.file).suffix.lower())
    page = _page(arguments.url, body, kind=kind, fetched_at=arguments.fetched_at)
    _print(_read(page, portals))
    return 0


def _read(page: Page, portals: list[Portal]) -> dict[str, Any]:
    """A page as JSON; one that holds no document says so and leaves the others of a manifest alone."""
    try:
        return as_json(parse_page(page, _portal_of(page.url, portals)))
    except UnreadablePage as error:
        return {"url": page.url, "article": None, "headlines": [], "problems": [str(error)]}


def _print(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def _portal_of(url: str, portals: list[Portal]) -> Portal | None:
    """The portal whose rules and zone apply: the one with the longest site name that the address is in."""
    host = urlsplit(url).hostname or ""
    sites = [(len(s), p) for p in portals for s in p.sites if host == s or host.endswith("." + s)]
    return max(sites, key=lambda pair: pair[0])[1] if sites else None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error


def _page(url: str, body: bytes, *, kind: str | None, fetched_at: datetime | None) -> Page:
    return Page(
        portal="",
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", kind),) if kind else (),
        body=body,
        fetched_at=fetched_at or datetime.now(UTC),
    )


def _manifest(path: Path) -> Iterator[tuple[Any, Page]]:
    """Each page that a manifest names; a line that cannot be used is an error with its number."""
    for number, line in enumerate(_bytes(path).decode("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            fetched_at = moment(row["fetched_at"]) if row.get("fetched_at") else None
            file, url, ident = path.parent / row["file"], row["url"], row.get("id")
        except (ValueError, KeyError, TypeError, argparse.ArgumentTypeError) as error:
            raise UsageError(
                f"{path}:{number}: not a manifest line ({error}); it needs file and url"
            ) from error
        yield ident, _page(url, _bytes(file), kind=row.get("content_type"), fetched_at=fetched_at)


def portals(arguments: argparse.Namespace) -> int:
    """List the portals, or fetch one front page of one and show what would be taken from it."""
    settings = load_settings(data_dir=arguments.data_dir, portals_dir=arguments.portals_dir)
    found = load_portals(settings.portals_dir)
    if arguments.action == "list":
        for portal in found.values():
            mark = " " if portal.enabled else "-"
            sys.stdout.write(f"{mark} {portal.id:16} {portal.name}  {' '.join(portal.front_pages)}\n")
        return 0
    if arguments.id is None:
        raise UsageError("portals check needs the ID of a portal; `newsduck portals` lists them")
    (portal,) = choose_portals(found, [arguments.id])
    return asyncio.run(_check(portal, settings))


async def _check(portal: Portal, settings: Settings) -> int:
    """Fetch the first front page; exit code 1 where nothing could be read from it."""
    kept: list[Page] = []

    def keep(page: Page) -> PageRef:
        kept.append(page)
        return PageRef(portal=page.portal, url=page.url, archive_file="", archive_offset=0)

    (fetched,) = await fetch(
        [Target(portal=portal.id, url=portal.front_pages[0], kind="front")],
        portal,
        limits=portal.limits(settings.fetch),
        user_agent=settings.agent,
        clock=lambda: datetime.now(UTC),
        keep=keep,
        pace_dir=settings.data_dir,
        proxy=settings.proxy,
    )
    outcome = fetched.outcome
    sys.stdout.write(f"{outcome.url}: {outcome.disposition} {outcome.status or ''} {outcome.detail or ''}\n")
    if fetched.ref is None:
        return 1
    page = parse_page(kept[-1], portal)
    sys.stdout.write("".join(f"{line}\n" for line in _preview(page, portal)))
    return 0 if page.headlines or page.article else 1


def _preview(page: ParsedPage, portal: Portal) -> Iterator[str]:
    """What a run would take from a page, for a person who writes a portal file."""
    stories = [h for h in page.headlines if h.url and portal.is_story(h.url)]
    yield f"charset {page.charset}; {len(page.headlines)} headlines, {len(stories)} of them stories to read"
    if page.article:
        yield f"an article: {page.article.title} · {page.article.published_at} · {page.article.source}"
    for headline in page.headlines:
        mark = "+" if headline.url and portal.is_story(headline.url) else " "
        where = f"[{headline.section or '-'} {headline.rank}]"
        yield f"{mark} {where} {headline.text}  {headline.published_raw or ''}  {headline.url or ''}"
    for problem in page.problems:
        yield f"! {problem}"
