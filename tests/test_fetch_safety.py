"""No request reaches an address that is not public, however it is spelt and whatever leads there."""

import asyncio
from ipaddress import ip_address

import pytest
from hostile.reader import LIMITS, dispositions, portal, read
from hostile.site import Site, answer, page, says
from hypothesis import given
from hypothesis import strategies as st

from newsduck.fetch import network, safety

TRICKS = {
    "loopback": "http://127.0.0.1/",
    "loopback, any": "http://127.9.8.7/",
    "loopback, short": "http://127.1/",
    "loopback, decimal": "http://2130706433/",
    "loopback, octal": "http://0177.0.0.1/",
    "loopback, octal with many zeros": "http://0000000177.0.0.1/",
    "loopback, hex": "http://0x7f000001/",
    "loopback, hex parts": "http://0x7f.0x0.0x0.0x1/",
    "loopback, mixed": "http://0x7f.1/",
    "loopback, full-width digits": "http://１２７．０．０．１/",
    "loopback, ideographic dots": "http://127。0。0。1/",
    "loopback, circled digits": "http://①②⑦.⓪.⓪.①/",
    "loopback, percent-encoded": "http://%31%32%37.0.0.1/",
    "loopback, final dot": "http://127.0.0.1./",
    "loopback, port": "http://127.0.0.1:8080/",
    "loopback, IPv6": "http://[::1]/",
    "loopback, IPv6 in full": "http://[0:0:0:0:0:0:0:1]/",
    "mapped": "http://[::ffff:127.0.0.1]/",
    "mapped, hex": "http://[::ffff:7f00:1]/",
    "compatible": "http://[::127.0.0.1]/",
    "translated": "http://[::ffff:0:127.0.0.1]/",
    "6to4": "http://[2002:7f00:1::]/",
    "NAT64": "http://[64:ff9b::127.0.0.1]/",
    "NAT64, local": "http://[64:ff9b:1::7f00:1]/",
    "Teredo": "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "ISATAP": "http://[2a00:1450::5efe:10.0.0.1]/",
    "this network": "http://0.0.0.0/",
    "this network, as a number": "http://0/",
    "unspecified, IPv6": "http://[::]/",
    "private, 10": "http://10.1.2.3/",
    "private, 172": "http://172.16.0.1/",
    "private, 192": "http://192.168.1.1/",
    "private, 192, decimal": "http://3232235777/",
    "carrier-grade NAT": "http://100.64.0.1/",
    "link-local, cloud metadata": "http://169.254.169.254/latest/meta-data/",
    "cloud metadata, decimal": "http://2852039166/",
    "cloud metadata, mapped": "http://[::ffff:a9fe:a9fe]/",
    "cloud metadata, IPv6": "http://[fd00:ec2::254]/",
    "link-local, IPv6": "http://[fe80::1]/",
    "link-local, IPv6 with a zone": "http://[fe80::1%25eth0]/",
    "unique local": "http://[fc00::1]/",
    "site-local": "http://[fec0::1]/",
    "multicast": "http://224.0.0.1/",
    "multicast, IPv6": "http://[ff02::1]/",
    "broadcast": "http://255.255.255.255/",
    "reserved": "http://240.0.0.1/",
    "documentation": "http://192.0.2.1/",
    "documentation, IPv6": "http://[2001:db8::1]/",
    "benchmarks": "http://198.18.0.1/",
    "a number too large": "http://4294967296/",
    "a part too large": "http://256.1.1.1/",
    "localhost": "http://localhost/",
    "localhost, capitals": "http://LocalHost/",
    "localhost, final dot": "http://localhost./",
    "below localhost": "http://news.localhost/",
    "multicast DNS": "http://printer.local/",
    "internal name": "http://metadata.google.internal/",
    "credentials": "http://reader:secret@www.example.cn/",
    "only a user": "http://reader@www.example.cn/",
    "credentials that look like a host": "http://www.example.cn@127.0.0.1/",
    "backslash before the host": "http://www.example.cn\\@127.0.0.1/",
    "file": "file:///etc/passwd",
    "ftp": "ftp://ftp.example.cn/",
    "gopher": "gopher://127.0.0.1:25/",
    "script": "javascript:alert(1)",
    "data": "data:text/html,<h1>",
    "no scheme": "//www.example.cn/",
    "no host": "http:///path",
    "not an address": "http://[::1/",
    "port out of range": "http://www.example.cn:99999/",
    "nothing": "",
}
PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "223.5.5.5",
    "2400:3200::1",
    "2001:4860:4860::8888",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
]


@pytest.fixture(scope="module")
def tried():
    """Each trick asked for, once directly and once through a proxy that must not hear of it."""

    async def try_all():
        async with Site({}) as proxy:
            site = portal("http://www.example.cn/", is_private=False)
            direct = await read(TRICKS.values(), site)
            through = await read(TRICKS.values(), site, proxy=proxy.base)
            return direct, through, proxy.asked

    return asyncio.run(try_all())


@pytest.mark.parametrize("place", range(len(TRICKS)), ids=TRICKS)
def test_a_trick_is_refused(tried, place):
    direct, through, _ = tried
    assert dispositions([direct[place], through[place]]) == ["unsafe-address"] * 2
    assert direct[place].outcome.detail


def test_a_proxy_never_hears_of_the_tricks(tried):
    assert tried[2] == []


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not_special(address):
    assert not safety.is_special(ip_address(address))


@given(st.ip_addresses(v=4))
def test_a_special_address_is_special_in_every_dress(address):
    dresses = [
        f"::ffff:{address}",
        f"64:ff9b::{address}",
        str(ip_address((0x2002 << 112) | int(address) << 80)),
    ]
    assert {safety.is_special(ip_address(dress)) for dress in dresses} == {safety.is_special(address)}


@given(st.ip_addresses(v=4))
def test_every_spelling_of_a_number_is_understood(address):
    number, parts = int(address), str(address).split(".")
    octal = ".".join(f"0{int(part):o}" for part in parts)
    for spelling in (str(number), hex(number), octal, f"{parts[0]}.{number & 0xFFFFFF}"):
        assert safety.literal(spelling) == address


def resolver(answers: dict[str, list[list[str]]]):
    """A resolver whose answers change: each name's next one, the last one for good."""
    asked = []

    async def resolve(host, port):
        del port
        asked.append(host)
        replies = answers[host]
        return replies.pop(0) if len(replies) > 1 else replies[0]

    return resolve, asked


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"])
def test_a_name_that_leads_to_a_special_address_is_refused(address):
    resolve, _ = resolver({"www.example.cn": [[address]]})
    site = portal("http://www.example.cn/", is_private=False)
    (result,) = asyncio.run(read(["http://www.example.cn/"], site, resolve=resolve))
    assert result.outcome.disposition == "unsafe-address"
    assert "special address" in result.outcome.detail


def test_one_special_address_among_public_ones_is_enough():
    resolve, _ = resolver({"www.example.cn": [["8.8.8.8", "10.0.0.1"]]})
    site = portal("http://www.example.cn/", is_private=False)
    assert dispositions(asyncio.run(read(["http://www.example.cn/"], site, resolve=resolve))) == [
        "unsafe-address"
    ]


@pytest.fixture
def public_loopback(monkeypatch):
    """Loopback stands for the public net, so that a server can be asked: all else stays special."""
    real = network.is_special
    monkeypatch.setattr(network, "is_special", lambda address: str(address) != "127.0.0.1" and real(address))


@pytest.mark.usefixtures("public_loopback")
def test_a_name_that_changes_after_the_first_look_is_refused():
    async def play():
        async with Site({"/a": says(answer(page("一"))), "/b": says(answer(page("二")))}) as server:
            resolve, asked = resolver(
                {"news.example.cn": [["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"]]}
            )
            front = f"http://news.example.cn:{server.port}"
            limits = LIMITS.model_copy(update={"concurrency": 1})
            results = await read(
                [front + "/a", front + "/b"], portal(front, is_private=False), resolve=resolve, limits=limits
            )
            return results, asked, server.asked

    results, looked_up, reached = asyncio.run(play())
    assert dispositions(results) == ["loaded", "unsafe-address"]
    assert len(looked_up) == 3  # robots.txt, /a, /b: one look a connection, and none besides
    assert reached == ["/robots.txt", "/a"]


@pytest.mark.usefixtures("public_loopback")
@pytest.mark.parametrize(
    "goal", ["http://10.0.0.1/", "http://inner.example.cn/", "http://0x7f.2/", "http://[::1]/"]
)
def test_a_redirect_to_a_special_address_is_refused(goal):
    async def play():
        redirect = answer(b"", "302 Found", location=goal)
        async with Site({"/": says(redirect)}) as server:
            resolve, _ = resolver({"www.example.cn": [["127.0.0.1"]], "inner.example.cn": [["192.168.0.1"]]})
            front = f"http://www.example.cn:{server.port}/"
            site = portal(front, "http://inner.example.cn/", is_private=False)
            return await read([front], site, resolve=resolve)

    (result,) = asyncio.run(play())
    assert result.outcome.disposition == "unsafe-address"
    assert result.ref is None


@pytest.mark.usefixtures("public_loopback")
def test_the_checked_address_is_asked_under_its_name():
    async def play():
        async with Site({"/": says(answer(page("要闻")))}) as server:
            resolve, _ = resolver({"www.example.cn": [["127.0.0.1"]]})
            front = f"http://www.example.cn:{server.port}/"
            results = await read([front], portal(front, is_private=False), resolve=resolve)
            return results, server.requests[-1].headers["host"], server.port

    results, host, port = asyncio.run(play())
    assert dispositions(results) == ["loaded"]
    assert host == f"www.example.cn:{port}"


def test_a_proxy_looks_names_up_by_itself():
    async def play():
        async with Site({"/": says(answer(page("要闻")))}) as proxy:
            site = portal("http://www.example.cn/", is_private=False)
            return await read(["http://www.example.cn/"], site, proxy=proxy.base), proxy.requests

    results, requests = asyncio.run(play())
    assert dispositions(results) == ["loaded"]
    assert {asked.host for asked in requests} == {"www.example.cn"}


def test_a_name_that_nobody_knows_is_no_page():
    async def resolve(host, port):
        raise OSError(f"{host}:{port} unknown")

    (result,) = asyncio.run(
        read(["http://www.example.cn/"], portal("http://www.example.cn/"), resolve=resolve)
    )
    assert result.outcome.disposition == "http-error"
    assert "no such name" in result.outcome.detail
