"""What holds for a whole portal: deadlines, bugs, cookies, local files, and one outcome each in any case."""

import asyncio
import contextlib
import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from time import time
from urllib.parse import urlsplit

import pytest
from hostile.reader import LIMITS, Kept, dispositions, paces, portal, read, target
from hostile.site import Asked, Site, answer, page, says

from newsduck.fetch import answers, heads
from newsduck.fetch.hosts import hosts_of

FINE = says(answer(page("要闻")))


def play(paths, routes, keep=None, limits=LIMITS, **more):
    async def asked():
        async with Site(routes) as site:
            urls = [site.base + path for path in paths]
            return await read(urls, portal(f"{site.base}/"), keep=keep, limits=limits, **more)

    return asyncio.run(asked())


def test_results_come_in_the_order_of_the_addresses():
    async def slow(asked: Asked) -> None:
        await asyncio.sleep(0.05)
        await asked.send(answer(page("慢")))

    results = play(["/slow", "/a", "/slow", "/b"], {"/slow": slow, "/a": FINE, "/b": FINE})
    assert [one.target.url.rpartition("/")[2] for one in results] == ["slow", "a", "slow", "b"]


def test_no_address_at_all_is_no_result():
    assert play([], {}) == []


def test_an_archive_that_fails_costs_one_address_and_is_logged(caplog):
    kept = Kept()

    def keep(one):
        if one.url.endswith("/b"):
            raise OSError(28, "No space left on device")
        return kept(one)

    results = play(["/a", "/b", "/c"], dict.fromkeys(["/a", "/b", "/c"], FINE), keep=keep)
    assert dispositions(results) == ["loaded", "quarantined", "loaded"]
    assert "No space left" in results[1].outcome.detail
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert record.message.startswith("bug portal=hostile url=http")
    assert record.exc_info[0] is OSError


def test_a_clock_that_fails_is_a_bug_of_one_address():
    calls = []

    def clock():
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError
        return datetime(2026, 1, 1, tzinfo=UTC)

    results = play(["/a", "/b"], {"/a": FINE, "/b": FINE}, clock=clock)
    assert sorted(dispositions(results)) == ["loaded", "quarantined"]


def test_a_listener_hears_of_each_outcome_and_cannot_do_harm():
    heard = []

    def listen(outcome):
        heard.append(outcome)
        raise RuntimeError("no ears")

    results = play(["/a", "/nowhere"], {"/a": FINE}, on_outcome=listen)
    assert sorted(heard, key=id) == sorted((one.outcome for one in results), key=id)


def test_each_page_gets_one_line_in_the_log(caplog):
    caplog.set_level(logging.INFO, "newsduck")
    play(["/a", "/nowhere"], {"/a": FINE})
    lines = sorted(line for line in caplog.messages if line.startswith("page "))
    assert len(lines) == 2
    assert "disposition=loaded status=200 ms=" in lines[0]
    assert "disposition=http-error status=404" in lines[1]
    assert lines[1].endswith('detail="404 Not Found"')


def test_what_is_left_at_the_portals_deadline_is_told_so():
    async def silent(asked: Asked) -> None:
        del asked
        await asyncio.sleep(3600)

    limits = LIMITS.model_copy(update={"deadline": 2.0, "concurrency": 2})
    slow = [f"/slow{n}" for n in range(9)]
    results = play(["/a", *slow], {"/a": FINE} | dict.fromkeys(slow, silent), limits=limits)
    assert dispositions(results) == ["loaded", *["timeout"] * 9]
    assert {one.outcome.detail for one in results[1:]} == {"the portal's 2 s were over"}


def test_what_had_come_by_the_portals_deadline_is_kept():
    async def stall(asked: Asked) -> None:
        await asked.send(answer(b"<html>", content_length="9999"))
        await asyncio.sleep(3600)

    keep, limits = Kept(), LIMITS.model_copy(update={"deadline": 2.0, "concurrency": 1})
    results = play(["/stall", "/a"], {"/stall": stall, "/a": FINE}, keep=keep, limits=limits)
    assert dispositions(results) == ["timeout"] * 2
    assert [one.outcome.archive_offset for one in results] == [0, None]
    assert [(page.status, page.body, page.truncated) for page in keep.pages] == [(200, b"<html>", "time")]


def test_addresses_beyond_the_deadline_are_given_up_at_once():
    limits = LIMITS.model_copy(update={"deadline": 30.0, "min_interval": 60.0, "respect_robots": False})
    results = play(["/a", "/b", "/c"], dict.fromkeys(["/a", "/b", "/c"], FINE), limits=limits)
    assert dispositions(results) == ["loaded", "timeout", "timeout"]
    assert "after the portal's deadline" in results[1].outcome.detail
    times = hosts_of(paces()).look(urlsplit(results[0].target.url).netloc)
    assert time() < times.next_at <= time() + 60.0  # turns that were not taken delay nobody


def test_a_hanging_portal_does_not_delay_another():
    async def silent(asked: Asked) -> None:
        del asked
        await asyncio.sleep(3600)

    async def both():
        async with Site({"/": silent}) as hanging, Site({"/": FINE}) as sound:
            limits = LIMITS.model_copy(update={"timeout": 30.0})
            stuck = asyncio.create_task(read([hanging.base + "/"], portal(hanging.base), limits=limits))
            results = await read([sound.base + "/"], portal(sound.base))
            is_stuck = not stuck.done()
            stuck.cancel()
            await asyncio.gather(stuck, return_exceptions=True)
            return results, is_stuck

    results, is_stuck = asyncio.run(both())
    assert dispositions(results) == ["loaded"]
    assert is_stuck


def test_cookies_are_kept_within_a_portal_and_never_shared():
    async def both():
        async with Site({"/": says(answer(page("一"), set_cookie="reader=42; Path=/")), "/a": FINE}) as site:
            limits = LIMITS.model_copy(update={"concurrency": 1})
            await read([site.base + "/", site.base + "/a"], portal(site.base), limits=limits)
            await read([site.base + "/a"], portal(site.base), limits=limits)
            return [(asked.path, asked.headers.get("cookie")) for asked in site.requests]

    assert [cookie for path, cookie in asyncio.run(both()) if path == "/a"] == ["reader=42", None]


def test_a_server_that_hangs_up_on_a_kept_connection_is_asked_again():
    """Each connection answers once, promises to stay, and is cut when it is used again."""
    heads, served = [], []

    async def serve(reader, writer):
        served.append(asyncio.current_task())
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            for is_first in (True, False):
                heads.append(await reader.readuntil(b"\r\n\r\n"))
                if is_first:
                    writer.write(answer(page("要闻")).replace(b"Connection: close\r\n", b""))
        writer.transport.abort()

    async def asked():
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server:
            limits = LIMITS.model_copy(update={"concurrency": 1, "respect_robots": False})
            results = await read([f"{base}/{n}" for n in range(4)], portal(base), limits=limits)
            await asyncio.gather(*served)
            return results

    assert dispositions(asyncio.run(asked())) == ["loaded"] * 4
    assert len(heads) == 4 + 3  # what was asked of a dead connection is asked once more


def test_redirects_are_kept_as_evidence():
    keep = Kept()
    routes = {"/old": says(answer(b"", "301 Moved Permanently", location="/new")), "/new": FINE}
    (result,) = play(["/old"], routes, keep=keep)
    assert [(each.status, each.url == result.outcome.url) for each in keep.pages] == [
        (301, True),
        (200, True),
    ]
    assert keep.pages[0].final_url.endswith("/old")
    assert keep.pages[1].final_url.endswith("/new")
    assert result.outcome.final_url.endswith("/new")


def test_the_archive_gets_the_headers_of_both_sides():
    keep = Kept()
    play(["/a"], {"/a": says(answer(page("要闻"), x_served_by="edge 7"))}, keep=keep)
    (kept,) = keep.pages
    assert ("X-Served-By", "edge 7") in kept.headers
    assert kept.header("user-agent") is None
    assert any(name == "User-Agent" for name, _ in kept.request_headers)
    assert any(name == "Host" for name, _ in kept.request_headers)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "seite").mkdir()
    (tmp_path / "seite" / "front.html").write_bytes(page("首页"))
    (tmp_path / "seite" / "story.txt").write_text("通讯员来稿", "utf-8")
    (tmp_path / "seite" / "report.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "seite" / "told.html").write_bytes(page("正文"))
    told = {
        "url": "http://www.example.cn/1.html",
        "content_type": "text/html; charset=gbk",
        "fetched_at": "2026-03-02T08:05:00+08:00",
    }
    (tmp_path / "seite" / "told.html.json").write_text(json.dumps(told))
    (tmp_path / "secret.html").write_bytes(page("秘密"))
    (tmp_path / "seite" / "link.html").symlink_to(tmp_path / "secret.html")
    return tmp_path / "seite"


def local(folder: Path, *names: str):
    keep = Kept()
    front = (folder / "front.html").as_uri()
    results = asyncio.run(read([(folder / name).as_uri() for name in names], portal(front), keep=keep))
    return results, keep.pages


def test_local_files_are_read_for_portals_that_are_declared_so(folder):
    results, pages = local(folder, "front.html", "story.txt", "told.html")
    assert dispositions(results) == ["loaded"] * 3
    kinds = ["text/html", "text/plain", "text/html; charset=gbk"]
    assert [each.header("content-type") for each in pages] == kinds
    assert pages[0].body == page("首页")
    assert pages[0].fetched_at == datetime.fromtimestamp((folder / "front.html").stat().st_mtime, UTC)
    assert pages[2].fetched_at == datetime(2026, 3, 2, 0, 5, tzinfo=UTC)
    assert pages[2].url == (folder / "told.html").as_uri()
    assert pages[2].final_url == "http://www.example.cn/1.html"


def test_files_that_are_no_pages_or_not_ours_are_refused(folder):
    results, pages = local(folder, "report.pdf", "nowhere.html", "../secret.html", "link.html")
    assert dispositions(results) == ["not-html", "http-error", "unsafe-address", "unsafe-address"]
    assert pages == []


def test_only_regular_files_of_this_machine_are_opened(folder):
    os.mkfifo(folder / "pipe.html")
    (folder / "folder.html").mkdir()
    (folder / "circle.html").symlink_to(folder / "circle.html")
    results, _ = local(folder, "pipe.html", "folder.html", "circle.html")
    assert dispositions(results) == ["http-error", "http-error", "unsafe-address"]
    front = (folder / "front.html").as_uri()
    spellings = {
        "file://localhost/": "loaded",
        "FILE:///": "loaded",
        "file://elsewhere.example/": "unsafe-address",
    }
    urls = [*(front.replace("file:///", start) for start in spellings), front + "%00"]
    wanted = [*spellings.values(), "unsafe-address"]
    assert dispositions(asyncio.run(read(urls, portal(front)))) == wanted


def test_a_file_larger_than_the_cap_is_refused(folder):
    front = (folder / "front.html").as_uri()
    limits = LIMITS.model_copy(update={"max_bytes": 10})
    assert dispositions(asyncio.run(read([front], portal(front), limits=limits))) == ["too-large"]


@pytest.mark.parametrize("told", ["[]", "{", '{"fetched_at": "gestern"}'])
def test_a_broken_sidecar_is_quarantined(folder, told):
    (folder / "front.html.json").write_text(told)
    results, _ = local(folder, "front.html")
    assert dispositions(results) == ["quarantined"]
    assert "front.html.json" in results[0].outcome.detail


def test_a_portal_on_the_net_reads_no_files(folder):
    url = (folder / "front.html").as_uri()
    results = asyncio.run(read([target(url)], portal("http://127.0.0.1/")))
    assert dispositions(results) == ["unsafe-address"]


@pytest.mark.parametrize("hostile", ['<meta "', "<!--", "<meta a=", "<title>", "<meta x", "<![if", "x='"])
def test_hostile_markup_costs_no_more_than_other_markup(hostile):
    markup = f"<html>refresh {hostile * 20_000}"
    assert answers.refresh(markup.encode(), "http://www.example.cn/") is None


def test_a_tidy_head_stays_as_it_is():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-A: b: c\r\nContent-Length: 2\r\n\r\n"
    assert heads.tidied(head + b"ab") == head + b"ab"
