"""What a hostile site leaves in the archive is evidence: rebuilt by replay, the warehouse tells the same."""

import asyncio
import threading
from collections import Counter
from contextlib import contextmanager

import pytest
from hostile.cases import CASES
from hostile.site import Site, answer, says

from flows.running import run_ingest, run_replay
from newsduck import archive, warehouse
from newsduck.items import PageRef
from newsduck.settings import Settings

pytestmark = pytest.mark.usefixtures("prefect")

TABLES = ("outcomes", "articles", "article_versions", "headlines", "addresses", "placements", "portal_health")
LINKED = {(case.disposition, case.cut, case.is_answered, bool(case.leads_to)): case for case in CASES}
"""One case of each kind: a run of all would take a minute."""
PORTAL = """
name = "恶意站"
front_pages = ["{base}/"]
article_urls = ['^{base}/.']
allow_private_addresses = true
[fetch]
min_interval = 0
concurrency = 30
timeout = 4.0
max_bytes = 200_000
max_cut_bytes = 1_000
retry_wait = 0.01
rest = 0.01
"""


def front_page() -> bytes:
    """A list of headlines that lead to what is wrong."""
    links = "".join(
        f'<li><a href="{case.path}">第{n}条消息：临江新桥今晨正式通车</a></li>'
        for n, case in enumerate(LINKED.values())
    )
    return (
        f"<html><head><title>恶意站</title></head><body><h2>要闻</h2><ul>{links}</ul></body></html>".encode()
    )


@contextmanager
def served():
    """The base of a site that does everything wrong, in a thread of its own."""
    routes = {case.path: case.serve for case in CASES} | {"/": says(answer(front_page()))}
    robots = answer(b"User-agent: *\nDisallow: /forbidden/\n", content_type="text/plain")
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    site = Site(routes, robots=robots)

    async def serve():
        async with site:
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait()
    try:
        yield site.base
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


@pytest.fixture(scope="module")
def read(tmp_path_factory, prefect):  # noqa: ARG001 - the server must stand
    """A data folder into which the hostile site was read."""
    folder = tmp_path_factory.mktemp("hostile")
    settings = Settings(data_dir=folder / "data", portals_dir=folder / "portals")
    settings.portals_dir.mkdir()
    with served() as base:
        text = f'id = "hostile"{PORTAL.format(base=base)}'
        (settings.portals_dir / "hostile.toml").write_text(text, "utf-8")
        run_ingest(settings, ["hostile"])
    return settings


def content(settings, table):
    columns = warehouse.query(settings, f"from {table} limit 0").columns
    names = ", ".join(name for name in columns if name != "run_id")
    return sorted(map(repr, warehouse.query(settings, f"select {names} from {table}").rows))


def test_a_warehouse_rebuilt_from_what_a_hostile_site_left_equals_the_one_that_was_there(read, tmp_path):
    rebuilt = Settings(data_dir=tmp_path / "rebuilt", portals_dir=read.portals_dir)
    rebuilt.data_dir.mkdir()
    read.archive_dir.rename(rebuilt.archive_dir)
    try:
        assert run_replay(rebuilt).status == "completed"
    finally:
        rebuilt.archive_dir.rename(read.archive_dir)
    for table in TABLES:
        before = content(read, table)
        assert before, table
        assert content(rebuilt, table) == before, table


def test_the_outcomes_lead_to_what_came_whole_or_cut(read):
    rows = warehouse.query(
        read, "select url, disposition, archive_file, archive_offset from outcomes where kind <> 'front'"
    ).rows
    found = Counter()
    for url, disposition, file, offset in rows:
        if file is None:
            found[disposition, "nothing came"] += 1
            continue
        ref = PageRef(portal="hostile", url=url, archive_file=file, archive_offset=offset)
        found[disposition, archive.read(read.archive_dir, ref).truncated] += 1
    for cut in [
        ("too-large", "length"),
        ("not-html", "length"),
        ("timeout", "time"),
        ("http-error", "disconnect"),
    ]:
        assert found[cut]
    assert not any(reason for (disposition, reason) in found if disposition == "loaded")
    assert not found["too-large", "nothing came"]
    assert not found["not-html", "nothing came"]


def test_what_was_cut_is_no_page_where_the_archive_is_read_as_foreign_files(read, tmp_path):
    other = Settings(data_dir=tmp_path / "other", portals_dir=read.portals_dir)
    run_replay(other, warcs=sorted(read.archive_dir.glob("*/*/*/*.warc.gz")))
    told = dict(
        warehouse.query(
            other, "select detail, count(*) from outcomes where detail like 'WARC-Truncated%' group by all"
        ).rows
    )
    assert set(told) == {
        f"WARC-Truncated: {reason}" for reason in ("length", "time", "disconnect", "unspecified")
    }
    assert warehouse.query(other, "select url from outcomes where url like '%robots.txt'").rows == []
