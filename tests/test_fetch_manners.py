"""How a host is asked: what its robots.txt says, how often, how many at once, and when it wants rest."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic, time

import pytest
from hostile.reader import AGENT, LIMITS, NOW, Kept, dispositions, forget, paces, portal, read, target
from hostile.site import Asked, Site, answer, page, says

from newsduck.digest import digest
from newsduck.fetch import pace
from newsduck.fetch.hosts import hosts_of
from newsduck.settings import FetchLimits

FINE = says(answer(page("要闻")))
ROUTES = {"/": FINE, "/a": FINE, "/b": FINE, "/private/a": FINE}


@pytest.fixture(autouse=True)
def _fresh_process():
    forget()
    yield
    forget()


def play(paths, *, routes=ROUTES, robots_txt=None, limits=LIMITS, **more):
    """What became of some paths of a site, and the site that was asked."""

    async def asked():
        async with Site(routes, robots=robots_txt) as site:
            urls = [site.base + each if isinstance(each, str) else each(site.base) for each in paths]
            return await read(urls, portal(f"{site.base}/"), limits=limits, **more), site

    return asyncio.run(asked())


def rules(*lines: str, status: str = "200 OK", **headers) -> bytes:
    return answer("\n".join(lines).encode(), status, **{"content_type": "text/plain", **headers})


def limits(**changes) -> FetchLimits:
    return LIMITS.model_copy(update=changes)


def test_robots_txt_is_obeyed_and_asked_once():
    results, site = play(["/a", "/private/a", "/b"], robots_txt=rules("User-agent: *", "Disallow: /private/"))
    assert dispositions(results) == ["loaded", "robots", "loaded"]
    assert results[1].outcome.detail == "robots.txt forbids it"
    assert sorted(site.asked) == ["/a", "/b", "/robots.txt"]


def test_robots_txt_is_remembered_for_the_rounds_of_a_run():
    async def two_rounds():
        async with Site(ROUTES, robots=rules("User-agent: *", "Disallow: /b")) as site:
            for _ in range(2):
                results = await read([site.base + "/a", site.base + "/b"], portal(site.base))
            return results, site.asked.count("/robots.txt")

    results, times = asyncio.run(two_rounds())
    assert dispositions(results) == ["loaded", "robots"]
    assert times == 1


@pytest.mark.parametrize(
    ("lines", "disposition"),
    [
        (["User-agent: newsduck", "Disallow: /"], "robots"),
        (["User-agent: NewsDuck", "Disallow: /"], "robots"),
        (["User-agent: *", "Disallow: /", "", "User-agent: newsduck", "Allow: /"], "loaded"),
        (["User-agent: otherbot", "Disallow: /"], "loaded"),
        (["User-agent: *", "Disallow: /*/a$"], "loaded"),
        (["User-agent: *", "Disallow: /*a$"], "robots"),
        (["User-agent: *", "Disallow: /", "Allow: /a"], "loaded"),
        (["User-agent: *", "Disallow:"], "loaded"),
        (["<html>not a robots.txt</html>"], "loaded"),
        ([], "loaded"),
    ],
)
def test_rules_are_read_as_rfc_9309_says(lines, disposition):
    results, _ = play(["/a"], robots_txt=rules(*lines))
    assert dispositions(results) == [disposition]


@pytest.mark.parametrize(
    ("status", "disposition"),
    [
        ("401 Unauthorized", "loaded"),
        ("403 Forbidden", "loaded"),
        ("404 Not Found", "loaded"),
        ("500 Internal Server Error", "robots"),
        ("503 Service Unavailable", "robots"),
    ],
)
def test_a_missing_robots_txt_allows_and_a_broken_one_forbids(status, disposition):
    results, site = play(["/a", "/b"], robots_txt=rules(status=status), limits=limits(retries=1))
    assert dispositions(results) == [disposition] * 2
    assert ("/a" in site.asked) == (disposition == "loaded")
    if disposition == "robots":
        assert status[:3] in results[0].outcome.detail


def test_nobody_is_asked_where_robots_txt_cannot_be_read():
    async def asked():
        async with Site({}) as site:
            dead = site.base
        return await read([f"{dead}/{n}" for n in range(20)], portal(dead))

    results = asyncio.run(asked())
    assert set(dispositions(results)) == {"http-error"}
    assert {one.outcome.detail.partition(": ")[0] for one in results} == {"robots.txt could not be read"}


def test_robots_txt_may_be_elsewhere():
    routes = ROUTES | {"/rules": says(rules("User-agent: *", "Disallow: /b"))}
    moved = rules(status="301 Moved Permanently", location="/rules")
    results, _ = play(["/a", "/b"], routes=routes, robots_txt=moved)
    assert dispositions(results) == ["loaded", "robots"]


def test_only_the_first_part_of_a_huge_robots_txt_is_read():
    lines = ["User-agent: *", "Disallow: /a", "#" * 600_000, "Disallow: /b"]
    results, _ = play(["/a", "/b"], robots_txt=rules(*lines))
    assert dispositions(results) == ["robots", "loaded"]


def test_robots_txt_may_be_switched_off():
    forbidden = rules("User-agent: *", "Disallow: /")
    results, site = play(["/a"], robots_txt=forbidden, limits=limits(respect_robots=False))
    assert dispositions(results) == ["loaded"]
    assert site.asked == ["/a"]


def test_we_say_who_we_are():
    _, site = play(["/a"])
    assert {asked.headers["user-agent"] for asked in site.requests} == {AGENT}
    assert site.requests[-1].headers["accept-encoding"] == "gzip, deflate, br"


def test_a_host_is_asked_no_faster_than_the_interval():
    began = monotonic()
    _, site = play(["/", "/a", "/b"], limits=limits(min_interval=0.1))
    assert len(site.asked) == 4
    assert monotonic() - began >= 3 * 0.1


def test_a_crawl_delay_is_honoured_up_to_its_cap():
    slow = rules("User-agent: *", "Crawl-delay: 86400")
    began = monotonic()
    play(["/", "/a", "/b"], robots_txt=slow, limits=limits(max_crawl_delay=0.2))
    assert monotonic() - began >= 2 * 0.2


def test_no_more_than_so_many_at_once():
    async def slow(asked: Asked) -> None:
        await asyncio.sleep(0.02)
        await asked.send(answer(page("慢")))

    routes = {f"/{n}": slow for n in range(12)}
    results, site = play(list(routes), routes=routes, limits=limits(concurrency=2))
    assert set(dispositions(results)) == {"loaded"}
    assert site.most_at_once == 2


def test_a_slow_host_is_asked_no_faster_than_it_answers():
    async def slow(asked: Asked) -> None:
        await asyncio.sleep(0.1)
        await asked.send(answer(page("慢")))

    routes = {f"/{n}": slow for n in range(9)}
    quick = limits(min_interval=0.001, concurrency=9, respect_robots=False)
    results, _ = play(list(routes), routes=routes, limits=quick)
    assert set(dispositions(results)) == {"loaded"}
    pacing = pace.Pace(quick, hosts=hosts_of(paces()), deadline=0)
    (host,) = pace._hosts.values()
    assert pacing.interval(host) >= 0.1
    assert pacing.interval(pace._Host()) == 0.001


def test_a_host_that_wants_rest_is_left_alone_by_all():
    async def tired_once(asked: Asked) -> None:
        tired = answer(b"", "429 Too Many Requests", retry_after="1")
        await asked.send(tired if asked.count == 1 else answer(page("要闻")))

    results, site = play(
        ["/tired", "/a", "/b"], routes=ROUTES | {"/tired": tired_once}, limits=limits(concurrency=1)
    )
    assert dispositions(results) == ["loaded"] * 3
    assert site.asked == ["/robots.txt", "/tired", "/tired", "/a", "/b"]
    assert site.times[2] - site.times[1] >= 1.0


def test_a_rest_that_is_too_long_is_not_waited_out():
    tired = says(answer(page("明天再来"), "503 Service Unavailable", retry_after="86400"))
    results, site = play(["/tired", "/a"], routes=ROUTES | {"/tired": tired}, limits=limits(concurrency=1))
    assert dispositions(results) == ["http-error", "timeout"]
    assert "rest of 86400 s" in results[1].outcome.detail
    assert site.asked == ["/robots.txt", "/tired"]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_wants_rest_gets_it_though_nothing_is_tried_again(status):
    tired = says(answer(b"", status, retry_after="86400"))
    results, site = play(
        ["/tired", "/a"], routes=ROUTES | {"/tired": tired}, limits=limits(concurrency=1, retries=0)
    )
    assert dispositions(results) == ["http-error", "timeout"]
    assert site.asked == ["/robots.txt", "/tired"]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_wants_rest_before_its_robots_txt_is_left_alone(status):
    results, site = play(["/a", "/b"], robots_txt=rules(status=status, retry_after="86400"))
    assert dispositions(results) == ["robots"] * 2
    assert site.asked == ["/robots.txt"]
    assert hosts_of(paces()).look(f"127.0.0.1:{site.port}").rest_until > time() + 80_000


def test_a_date_of_retry_after_is_measured_by_the_clock_on_the_wall():
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)

    async def tired_once(asked: Asked) -> None:
        tired = answer(b"", "503 Service Unavailable", retry_after=soon)
        await asked.send(tired if asked.count == 1 else answer(page("要闻")))

    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    results, _ = play(["/tired"], routes={"/tired": tired_once}, clock=lambda: long_ago)
    assert dispositions(results) == ["loaded"]


def test_one_host_in_two_spellings_has_one_robots_txt():
    async def here(host, port):
        del host, port
        return ["127.0.0.1"]

    async def asked():
        async with Site(ROUTES, robots=rules("User-agent: *", "Disallow: /b")) as site:
            fronts = [f"http://{name}:{site.port}" for name in ("www.xn--fsqu00a.cn", "WWW.例子.cn")]
            results = await read([f"{base}/b" for base in fronts], portal(fronts[0]), resolve=here)
            return results, site.asked

    results, paths = asyncio.run(asked())
    assert dispositions(results) == ["robots"] * 2
    assert paths == ["/robots.txt"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Mon, 02 Mar 2026 00:06:00 GMT", 60.0),
        ("Mon, 02 Mar 2026 08:06:00 +0800", 60.0),
        ("Sun, 01 Mar 2026 00:00:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("９", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value, seconds):
    assert pace.retry_after(value, NOW) == seconds


def test_retries_wait_longer_each_time_and_never_alike():
    waits = [[pace.backoff(attempt, 1.0) for _ in range(50)] for attempt in (1, 2, 3)]
    for attempt, some in enumerate(waits):
        assert 2**attempt / 2 <= min(some) < max(some) <= 2**attempt


def test_what_is_unchanged_is_not_read_again():
    async def conditional(asked: Asked) -> None:
        is_same = asked.headers.get("if-none-match") == '"v1"'
        is_old = asked.headers.get("if-modified-since") == "Sun, 01 Mar 2026 00:00:00 GMT"
        if is_same or is_old:
            await asked.send(answer(b"", "304 Not Modified", etag='"v1"'))
        else:
            await asked.send(answer(page("新"), etag='"v2"', last_modified="Mon, 02 Mar 2026 00:00:00 GMT"))

    since = "Sun, 01 Mar 2026 00:00:00 GMT"
    results, _ = play(
        [
            lambda base: target(base + "/a", etag='"v1"', body_digest="sha1:OLD"),
            lambda base: target(base + "/a", last_modified=since),
            lambda base: target(base + "/a", etag='"v0"'),
            lambda base: target(base + "/a", body_digest=digest(page("新"))),
        ],
        routes={"/a": conditional},
    )
    assert dispositions(results) == ["not-modified", "not-modified", "loaded", "unchanged"]
    assert [one.ref is not None for one in results] == [False, False, True, False]
    first, second, third, fourth = (one.outcome for one in results)
    assert (first.etag, first.body_digest) == ('"v1"', "sha1:OLD")
    assert second.last_modified == since
    assert (third.etag, third.last_modified) == ('"v2"', "Mon, 02 Mar 2026 00:00:00 GMT")
    assert third.body_digest == fourth.body_digest == digest(page("新"))


def test_the_archive_is_told_that_a_body_repeats():
    keep = Kept()
    results, _ = play([lambda base: target(base + "/a", body_digest=digest(page("要闻")))], keep=keep)
    assert dispositions(results) == ["unchanged"]
    assert [one.is_repeat for one in keep.pages] == [True]
    assert results[0].outcome.archive_file == "memory"


def test_a_header_that_could_break_the_request_is_not_sent():
    results, site = play([lambda base: target(base + "/a", etag='"x"\r\nX-Evil: 1', last_modified="昨天")])
    assert dispositions(results) == ["loaded"]
    assert not {"x-evil", "if-none-match", "if-modified-since"} & set(site.requests[-1].headers)


def test_times_come_from_the_clock_that_was_given():
    moment = datetime(2001, 1, 1, tzinfo=UTC)
    results, _ = play(["/a", "/nowhere"], clock=lambda: moment)
    assert {one.outcome.fetched_at for one in results} == {moment}
