"""Processes that share a data folder keep one pace for each host, and a dead one holds up nobody."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import time

import pytest
from hostile.reader import LIMITS, dispositions, portal, read
from hostile.site import Asked, Site, answer, page, says

from newsduck.fetch import hosts as book
from newsduck.fetch.hosts import Hosts, Times, hosts_of
from newsduck.fetch.pace import Pace

FINE = says(answer(page("要闻")))
READER = """
import asyncio, sys
from pathlib import Path
from hostile.reader import LIMITS, dispositions, portal, read
base, folder, interval, *paths = sys.argv[1:]
limits = LIMITS.model_copy(update={"min_interval": float(interval), "timeout": 60.0})
urls = [base + path for path in paths]
results = asyncio.run(read(urls, portal(base), limits=limits, pace_dir=Path(folder)))
print(*dispositions(results))
"""


async def reader(base: str, folder: Path, *paths: str, interval: float = 0) -> asyncio.subprocess.Process:
    """A process that reads these paths of a site, two at once if it is let to."""
    command = [sys.executable, "-c", READER, base, str(folder), str(interval), *paths]
    roads = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": roads}
    return await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, env=environment)


async def said(*readers: asyncio.subprocess.Process) -> list[list[str]]:
    """What became of each reader's paths."""
    return [(await each.communicate())[0].decode().split() for each in readers]


async def changed(file: Path, by: asyncio.subprocess.Process) -> None:
    """Wait until a process writes into a file that nobody else writes into, or ends."""
    before = file.read_bytes()  # noqa: ASYNC240 - a small file
    while file.read_bytes() == before and by.returncode is None:  # noqa: ASYNC110, ASYNC240 - see above
        await asyncio.sleep(0.01)


class Meeting:
    """Answers robots.txt only when so many have asked for it: then all of them are at it."""

    def __init__(self, number: int) -> None:
        self._missing = number
        self._met = asyncio.Event()
        self.at = 0.0

    async def __call__(self, asked: Asked) -> None:
        self._missing -= 1
        if self._missing == 0:
            self.at = asyncio.get_running_loop().time()
            self._met.set()
        await self._met.wait()
        await asked.send(answer(b"", "404 Not Found"))


async def slow(asked: Asked) -> None:
    await asyncio.sleep(0.02)
    await asked.send(answer(page("慢")))


def test_two_processes_together_ask_no_more_than_so_many_at_once(tmp_path):
    paths = [f"/{n}" for n in range(12)]

    async def play():
        async with Site(dict.fromkeys(paths, slow) | {"/robots.txt": Meeting(2)}) as site:
            results = await said(*[await reader(site.base, tmp_path, *paths) for _ in range(2)])
            return results, site

    results, site = asyncio.run(play())
    assert results == [["loaded"] * 12] * 2
    assert site.most_at_once == 2
    assert len(site.asked) == 2 * (1 + 12)


def test_two_processes_together_keep_the_interval(tmp_path):
    paths = [f"/{n}" for n in range(4)]

    async def play():
        meeting = Meeting(2)
        async with Site(dict.fromkeys(paths, FINE) | {"/robots.txt": meeting}) as site:
            results = await said(*[await reader(site.base, tmp_path, *paths, interval=0.3) for _ in range(2)])
            return results, site.times[-1] - meeting.at

    results, seconds = asyncio.run(play())
    assert results == [["loaded"] * 4] * 2
    assert seconds >= 7 * 0.299  # eight pages after the meeting; each process alone keeps three intervals


def test_a_killed_process_gives_its_slots_back(tmp_path):
    async def play():
        begun, over = asyncio.Semaphore(0), asyncio.Event()

        async def hang(asked: Asked) -> None:
            del asked
            begun.release()
            await over.wait()

        async with Site({"/hang": hang, "/a": FINE}) as site:
            first = await reader(site.base, tmp_path, "/hang", "/hang")
            await begun.acquire()
            await begun.acquire()  # both slots are taken
            second = await reader(site.base, tmp_path, "/a")
            for _ in range(2):  # that it looks for a second moment proves that it found no slot at the first
                await changed(tmp_path / "hosts.pace", second)
            before = list(site.asked)
            first.send_signal(signal.SIGKILL)
            results = await said(first, second)
            over.set()
            return before, results, site.asked

    before, results, asked = asyncio.run(play())
    assert before == ["/robots.txt", "/hang", "/hang"]
    assert results == [[], ["loaded"]]
    assert asked[3:] == ["/robots.txt", "/a"]


def test_portals_of_one_process_on_one_host_share_its_slots(tmp_path):
    paths = [f"/{n}" for n in range(6)]

    async def play():
        async with Site(dict.fromkeys(paths, slow)) as site:
            some = [read([site.base + path for path in paths], portal(site.base), pace_dir=tmp_path)]
            some += [read([site.base + path for path in paths], portal(site.base), pace_dir=tmp_path)]
            return await asyncio.gather(*some), site

    results, site = asyncio.run(play())
    assert [dispositions(some) for some in results] == [["loaded"] * 6] * 2
    assert site.most_at_once == 2


def test_a_rest_that_a_host_asked_for_is_kept_by_the_next_process(tmp_path):
    async def play():
        tired = says(answer(b"", "429 Too Many Requests", retry_after="3600"))
        async with Site({"/tired": tired, "/a": FINE}) as site:
            results = []
            for path in ("/tired", "/a"):
                results += await said(await reader(site.base, tmp_path, path))
            return results, site.asked

    results, asked = asyncio.run(play())
    assert results == [["http-error"], ["timeout"]]
    assert asked == ["/robots.txt", "/tired"]


HOST = "www.example.cn:8080"


def test_a_rest_is_a_day_at_most(tmp_path):
    hosts = hosts_of(tmp_path)
    Pace(LIMITS, hosts=hosts, deadline=0).rest(HOST, 429, 1e12)
    assert hosts.look(HOST).rest_until <= time() + 86_400


def change(hosts: Hosts, failure: Exception | None = None, **values: float) -> None:
    with hosts.changing(HOST) as times:
        for name, value in values.items():
            setattr(times, name, value)
        if failure is not None:
            raise failure


def test_times_are_kept_unless_the_block_raises(tmp_path):
    hosts = hosts_of(tmp_path)
    change(hosts, next_at=12.5, slowed=4.0)
    with pytest.raises(KeyError):
        change(hosts, KeyError(), next_at=99.0)
    assert (hosts.look(HOST).next_at, hosts.look(HOST).slowed) == (12.5, 4.0)


@pytest.mark.parametrize("rubbish", [b"\xff", b"rubbish "])
def test_a_broken_file_is_as_good_as_none(tmp_path, rubbish):
    hosts = hosts_of(tmp_path)
    (tmp_path / "hosts.pace").write_bytes(rubbish * (book.PLACES * book.ENTRY.size // len(rubbish)))
    assert hosts.look(HOST) == Times()
    change(hosts, next_at=5.0)
    assert hosts.look(HOST).next_at == 5.0


def test_a_clock_that_went_back_makes_nobody_wait_longer_than_was_meant(tmp_path, monkeypatch):
    hosts, now = hosts_of(tmp_path), time()
    monkeypatch.setattr("newsduck.fetch.hosts.time", lambda: now + 3600)
    change(hosts, next_at=now + 3600 + 5)
    monkeypatch.setattr("newsduck.fetch.hosts.time", lambda: now)
    assert hosts.look(HOST).next_at == pytest.approx(now + 5, abs=0.01)


def test_a_file_that_somebody_removed_is_made_anew(tmp_path):
    change(hosts_of(tmp_path), next_at=5.0)
    (tmp_path / "hosts.pace").unlink()
    assert hosts_of(tmp_path).look(HOST) == Times()
    assert hosts_of(tmp_path) is hosts_of(tmp_path / ".." / tmp_path.name)


def test_a_slot_is_had_by_one_until_it_is_given_back(tmp_path):
    hosts = hosts_of(tmp_path)
    assert [hosts.take(HOST, 0), hosts.take(HOST, 0), hosts.take(HOST, 1)] == [True, False, True]
    hosts.give_back(HOST, 0)
    assert [hosts.take(HOST, 0), hosts.take(HOST, 1), hosts.take("other.example", 1)] == [True, False, True]


def test_more_hosts_than_places_forget_the_one_asked_longest_ago(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "PROBES", 3)
    monkeypatch.setattr(book, "_key", lambda host: 7 + int(host) * book.PLACES)  # all in one place
    hosts = hosts_of(tmp_path)
    for number in range(1, 4):
        with hosts.changing(str(number)) as times:
            times.rest_until = time() + (3600 if number == 1 else 0)
    with hosts.changing("4") as times:
        times.next_at = 4.0
    assert [hosts.look(str(number)).rest_until > 0 for number in range(1, 4)] == [True, False, True]
    assert hosts.look("4").next_at == 4.0
