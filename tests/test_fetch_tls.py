"""Behind TLS: HTTP/2 where it is offered, the name's certificate, and the checked address underneath."""

import asyncio
import contextlib
import ssl

import pytest
from hostile.reader import LIMITS, Kept, dispositions, portal, read
from hostile.secure import SecureSite, certificate
from hostile.site import page

from newsduck.fetch import client


@pytest.fixture
def pem(tmp_path, monkeypatch):
    """A certificate for www.example.cn, which this test's client trusts."""
    path = certificate(tmp_path, "www.example.cn")
    monkeypatch.setattr(client, "_certificates", lambda: ssl.create_default_context(cafile=path))
    return path


async def here(host, port):
    del host, port
    return ["127.0.0.1"]


def play(pem, *protocols, name="www.example.cn", whim="", limits=LIMITS):
    async def asked():
        async with SecureSite(pem, *protocols, whim=whim) as site:
            front = f"https://{name}:{site.port}/"
            keep = Kept()
            urls = [front, front + "a", front + "b"]
            results = await read(urls, portal(front), keep=keep, resolve=here, limits=limits)
            return results, keep.pages, site

    return asyncio.run(asked())


def test_http_2_is_spoken_where_it_is_offered(pem):
    results, pages, site = play(pem, "h2", "http/1.1")
    assert dispositions(results) == ["loaded"] * 3
    assert {one.body for one in pages} == {page("要闻")}
    assert set(site.spoken) == {"h2"}
    assert len(site.spoken) == 1  # one connection carries all
    assert sorted(site.asked) == ["/", "/a", "/b", "/robots.txt"]


@pytest.mark.parametrize("whim", ["goaway", "refuse", "drop"])
def test_a_server_that_leaves_between_requests_is_asked_again(pem, whim):
    one_by_one = LIMITS.model_copy(update={"concurrency": 1})
    results, pages, site = play(pem, "h2", whim=whim, limits=one_by_one)
    assert dispositions(results) == ["loaded"] * 3
    assert {one.body for one in pages} == {page("要闻")}
    assert sorted(site.asked) == ["/", "/a", "/b", "/robots.txt"]
    assert (len(site.spoken) > 1) == (whim != "refuse")


def test_http_1_is_spoken_elsewhere(pem):
    results, _, site = play(pem, "http/1.1")
    assert dispositions(results) == ["loaded"] * 3
    assert set(site.spoken) == {"http/1.1"}


def test_a_proxy_carries_tls_without_seeing_into_it(pem):
    told, carried = [], []

    async def carry(reader, writer):
        carried.append(asyncio.current_task())
        told.append((await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0].decode())
        there = await asyncio.open_connection("127.0.0.1", int(told[-1].split()[1].rpartition(":")[2]))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(pipe(reader, there[1]), pipe(there[0], writer))

    async def pipe(reader, writer):
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65_536):
                writer.write(data)
        writer.transport.abort()

    async def asked():
        proxy = await asyncio.start_server(carry, "127.0.0.1", 0)
        async with proxy, SecureSite(pem, "h2") as site:
            front = f"https://www.example.cn:{site.port}/"
            way = f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}"
            results = await read([front], portal(front, is_private=False), proxy=way)
            await asyncio.gather(*carried, return_exceptions=True)
            return results, site

    results, site = asyncio.run(asked())
    assert dispositions(results) == ["loaded"]
    assert told == [f"CONNECT www.example.cn:{site.port} HTTP/1.1"]
    assert site.spoken == ["h2"]


def test_tls_is_asked_for_the_name_not_the_address(pem):
    _, _, site = play(pem, "h2")
    assert set(site.names) == {"www.example.cn"}


def test_a_certificate_of_another_name_is_refused(pem):
    results, pages, site = play(pem, "h2", name="www.example.com")
    assert dispositions(results) == ["http-error"] * 3
    assert "certificate" in results[0].outcome.detail
    assert pages == []
    assert site.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(pem, monkeypatch):
    monkeypatch.setattr(client, "_certificates", ssl.create_default_context)
    results, _, site = play(pem, "h2")
    assert dispositions(results) == ["http-error"] * 3
    assert site.asked == []
