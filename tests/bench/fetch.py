"""How fast pages are fetched: 2,000 pages of 50 loopback portals that need 50 ms to answer.

`python tests/bench/fetch.py [--scrapy-python VENV/bin/python]` prints two tables: with the same limits for
each host as Scrapy's, and with pacing off, beside what httpx alone can carry. Each contender runs in a
process of its own, in turn, three times; the middle run counts. newsduck archives every page as WARC; the
others keep nothing. `cpu ms` is processor time a page, which other work on the machine disturbs least.
"""

# ruff: noqa: T201, PLC0415 - it prints, and each contender imports only what is its own
import argparse
import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

HERE = Path(__file__).parent
HOSTS, LATENCY, SIZE = 50, 0.05, 20_000


async def newsduck(port: int, pages: int, interval: float, concurrency: int, *, archived: bool) -> int:
    """All portals at once, each by its own `fetch`, as in a run: pages read."""
    from newsduck.archive import Writer
    from newsduck.fetch import fetch
    from newsduck.items import PageRef, Target
    from newsduck.portals import Portal
    from newsduck.settings import FetchLimits

    # patience, because a busy machine would otherwise turn a race into time-outs
    limits = FetchLimits(min_interval=interval, concurrency=concurrency, timeout=120)

    def forget(page):
        return PageRef(portal=page.portal, url=page.url, archive_file="", archive_offset=0)

    async def read(number: int, root: Path) -> int:
        base = f"http://127.0.0.{number}:{port}"
        portal = Portal(id=f"p{number}", name=base, front_pages=(base,), allow_private_addresses=True)
        targets = [Target(portal=portal.id, url=f"{base}/{n}.html") for n in range(pages // HOSTS)]
        with ExitStack() as stack:
            keep = forget
            if archived:
                keep = stack.enter_context(Writer(root, portal=portal.id, run_id="bench")).write
            results = await fetch(
                targets,
                portal,
                limits=limits,
                user_agent="newsduck/bench (+mailto:crawler@newsduck.example)",
                clock=lambda: datetime.now(UTC),
                keep=keep,
                pace_dir=root,
            )
        return sum(one.outcome.disposition == "loaded" for one in results)

    with tempfile.TemporaryDirectory() as folder:
        return sum(await asyncio.gather(*(read(number, Path(folder)) for number in range(2, HOSTS + 2))))


async def plain_httpx(port: int, pages: int, concurrency: int) -> int:
    """One client a host, so many at once: what the library can carry."""
    import httpx

    async def read(number: int) -> int:
        queue = list(range(pages // HOSTS))
        lengths = []

        async def worker(client: httpx.AsyncClient) -> None:
            while queue:
                answer = await client.get(f"http://127.0.0.{number}:{port}/{queue.pop()}.html")
                lengths.append(len(answer.content))

        async with httpx.AsyncClient(trust_env=False, verify=False) as client:
            await asyncio.gather(*(worker(client) for _ in range(concurrency)))
        return len(lengths)

    return sum(await asyncio.gather(*(read(number) for number in range(2, HOSTS + 2))))


def contend(name: str, port: int, pages: int, interval: float, concurrency: int) -> None:
    """Be one contender, and print pages, seconds and peak kilobytes."""
    if name == "httpx":
        work = plain_httpx(port, pages, concurrency)
    else:
        work = newsduck(port, pages, interval, concurrency, archived=name == "newsduck")
    began, began_work = perf_counter(), process_time()
    read = asyncio.run(work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(read, perf_counter() - began, peak, process_time() - began_work)


@contextmanager
def site():
    """The port of a site in a process of its own."""
    command = [sys.executable, HERE / "fetch_site.py", str(HOSTS), str(LATENCY), str(SIZE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()


def command_of(name: str, limits: list[str], scrapy_python: str | None) -> list[str]:
    if name == "Scrapy":
        port, pages, *rest = limits
        return [scrapy_python, str(HERE / "fetch_scrapy.py"), port, str(HOSTS), pages, *rest]
    return [sys.executable, __file__, "--contender", name, *limits]


def compare(title: str, names: list[str], arguments: argparse.Namespace, *limits: float) -> None:
    """Run each contender in turn, and print the middle of its runs."""
    print(
        f"\n{title}\n{'':24}{'pages':>8}{'seconds':>10}{'pages/s':>10}{'ratio':>8}{'cpu ms':>8}{'peak MB':>9}"
    )
    found = {name: [] for name in names}
    with site() as port:
        given = [str(port), str(arguments.pages), *map(str, limits)]
        for _ in range(arguments.rounds):
            for name in names:
                command = command_of(name, given, arguments.scrapy_python)
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                found[name].append([float(text) for text in done.stdout.split()])
    reference = statistics.median(seconds for _, seconds, *_ in found[names[-1]])
    for name, runs in found.items():
        pages, seconds, peak, work = sorted(runs, key=lambda run: run[1])[len(runs) // 2]
        assert all(run[0] == arguments.pages for run in runs), f"{name} lost pages: {runs}"
        rate, ratio = pages / seconds, reference / seconds
        costs = f"{work * 1000 / pages:8.2f}{peak / 1024:9.0f}"
        print(f"{name:24}{pages:8.0f}{seconds:10.2f}{rate:10.1f}{ratio:8.2f}{costs}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scrapy-python", help="an interpreter that has Scrapy")
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--interval", type=float, default=0.25)
    parser.add_argument("--concurrency", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--contender", nargs=5, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.contender:
        name, port, pages, interval, concurrency = arguments.contender
        contend(name, int(port), int(pages), float(interval), int(concurrency))
        return
    scrapy = ["Scrapy"] if arguments.scrapy_python else []
    if not scrapy:
        print("left out: Scrapy is not installed (--scrapy-python)")
    ours = ["newsduck", "newsduck, not archived"]
    paced = f"Paced: {arguments.interval:g} s between requests to a host, {arguments.concurrency} at once"
    compare(paced, [*ours, *scrapy], arguments, arguments.interval, arguments.concurrency)
    compare("Pacing off: 8 at once to a host", [*ours, *scrapy, "httpx"], arguments, 0.0, 8)


if __name__ == "__main__":
    main()
