"""What orchestration costs: an hourly run over 50 loopback portals, with Prefect and without.

`python tests/bench/flows.py [PORTALS] [PAGES] [TIMES] [INTERVAL]` (seconds between requests to a host: 1, as
in a portal; 0 shows what is left when nothing is waited for) runs both in turn, so that a busy machine is
busy for both, and prints the least of each: the run's seconds on the clock, the processor seconds of the
run's process from its first import to its end, those of the server that it starts for itself, and the peak
memory of both. Counted in are imports, the server's start, task runs, events, log lines and artifacts; both
variants load and publish the same pages. It also prints the number of task runs, and how large the server's
database became.
"""
# ruff: noqa: T201, PLC0415 - a script that prints; each mode imports only what it measures

import asyncio
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path[:1] = []  # this folder, in which `flows` is this very script
LATENCY = 0.05
BODY = "<p>清晨的渡口起了雾，摆渡的船比平日晚开了半个小时，等船的人在岸边排起了队。第{n}日。</p>" * 6


def host(number):
    """A loopback address for each portal: what shares one shares its pace."""
    return f"127.0.1.{number + 1}"


def site(portals, pages):
    """A server for each portal: `/pN/` is a front page with `pages` links, the rest are stories."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            time.sleep(LATENCY)
            name, _, story = self.path.strip("/").partition("/")
            if self.path == "/robots.txt":
                self.answer("", "text/plain")
            elif not story:
                links = (
                    f'<li><a href="/{name}/story-{n}.html">第{n}号渡口的早班船今天晚开了半小时</a></li>'
                    for n in range(pages)
                )
                self.answer(f"<h2>要闻</h2><ul>{''.join(links)}</ul>")
            else:
                title = f"第{story}号渡口的早班船今天晚开了半小时（{name}）"
                self.answer(
                    f"<h1>{title}</h1><p>2026年03月02日 08:00 来源：临江日报</p>{BODY.format(n=story)}"
                )

        def answer(self, text, kind="text/html; charset=utf-8"):
            page = f"<html><head><title>x</title></head><body>{text}</body></html>".encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *args):
            pass

    port = 0
    for number in range(portals):
        server = ThreadingHTTPServer((host(number), port), Handler)
        server.daemon_threads = True
        port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(port, flush=True)
    sys.stdin.read()


def portal_files(folder, port, portals, interval):
    folder.mkdir()
    for n in range(portals):
        (folder / f"p{n}.toml").write_text(
            f"id = 'p{n}'\nname = 'p{n}'\nfront_pages = ['http://{host(n)}:{port}/p{n}/']\n"
            f"article_urls = ['/p{n}/story-']\nallow_private_addresses = true\n"
            f"[fetch]\nmin_interval = {interval}\nconcurrency = 2\nretries = 0\n",
            "utf-8",
        )
    return folder


def bare(settings):
    """The very functions of the tasks, called in a row."""
    from flows import work
    from newsduck import warehouse
    from newsduck.items import Run
    from newsduck.portals import load_portals

    portals = list(load_portals(settings.portals_dir).values())
    portals = [one for one in portals if one.id.startswith("p") and one.id[1:].isdigit()]
    errand = work.Errand(run=Run(run_id="bare", started_at=datetime.now(UTC)), settings=settings)

    async def rounds():
        frontier, number = list(warehouse.frontier(settings, portals, errand.now())), 0
        while frontier:
            mine = {p.id: [t for t in frontier if t.portal == p.id] for p in portals}
            busy = [p for p in portals if mine[p.id]]
            fetched = await asyncio.gather(
                *(work.fetch_portal(mine[p.id], p, errand=errand, round_number=number) for p in busy)
            )
            read = [
                work.parse_portal(some, p, settings=settings) for some, p in zip(fetched, busy, strict=True)
            ]
            pages = [page for one in read for page in one.pages]
            outcomes = [outcome for one in read for outcome in one.outcomes]
            judged = work.judge_pages(pages, portals, settings=settings)
            loaded = work.load_round(
                outcomes, pages, judged, errand=errand, round_number=number, portals=portals
            )
            frontier, number = list(loaded.new_addresses), number + 1

    begun = time.perf_counter()
    with warehouse.lock(settings):
        asyncio.run(rounds())
        warehouse.finish_run(settings, errand.run)
        warehouse.publish(settings)
    return time.perf_counter() - begun, {}


def orchestrated(settings):
    """The flow, with the server that a command starts for itself."""
    from flows import environment, running

    with running.orchestrated(settings):
        portals = [path.stem for path in settings.portals_dir.glob("*.toml")]
        report = running.run_ingest(settings, portals)
        time.sleep(5)  # the server writes its books in batches
        with closing(sqlite3.connect(environment.home(settings.data_dir) / "prefect.db")) as books:
            tasks = books.execute("select count(*) from task_run").fetchone()[0]
            size = books.execute("select page_count * page_size from pragma_page_count(), pragma_page_size()")
            grown = size.fetchone()[0]
    return report.seconds, {"addresses": report.addresses, "task_runs": tasks, "server_bytes": grown}


def measured(mode, folder):
    """One mode in a process of its own: seconds on the clock, of the processor, and peak memory."""
    from newsduck.settings import Settings

    settings = Settings(data_dir=folder / mode, portals_dir=folder / "portals")
    seconds, more = {"bare": bare, "orchestrated": orchestrated}[mode](settings)
    own, server = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    found = {
        "seconds": seconds,
        "own": own.ru_utime + own.ru_stime,
        "server": server.ru_utime + server.ru_stime,
        "mb": own.ru_maxrss / 1024,
        "server_mb": server.ru_maxrss / 1024 if more else 0,
    }
    print(json.dumps(found | more))


def one_of_each(folder, times):
    """Both modes in turn, each time with a fresh data folder: the least of what each took."""
    found = {"bare": {}, "orchestrated": {}}
    for turn in range(times):
        for mode, least in found.items():
            done = subprocess.run(
                [sys.executable, __file__, mode, str(folder)],
                stdout=subprocess.PIPE,
                text=True,
                check=True,
                env={**os.environ, "NEWSDUCK_PORTALS_DIR": str(folder / "portals")},
            )
            one = json.loads(done.stdout.splitlines()[-1])
            print(f"{turn + 1} {mode:14}{one}", file=sys.stderr, flush=True)
            least.update({name: min(value, least.get(name, value)) for name, value in one.items()})
            shutil.rmtree(folder / mode)
    return found


def main(portals=50, pages=40, times=1, interval=1.0):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = subprocess.Popen(
            [sys.executable, __file__, "site", str(portals), str(pages)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            portal_files(folder / "portals", int(server.stdout.readline()), portals, interval)
            found = one_of_each(folder, times)
        finally:
            server.kill()
            server.wait()
    tell(found, portals)


def tell(found, portals):
    plain, whole = found["bare"], found["orchestrated"]
    print(f"{portals} portals, {whole['addresses']} addresses, {LATENCY * 1000:.0f} ms latency")
    print(f"{'':14}{'seconds':>9}{'own cpu':>9}{'server':>9}{'peak MB':>9}{'server':>9}")
    for mode, one in found.items():
        print(
            f"{mode:14}{one['seconds']:9.1f}{one['own']:9.1f}{one['server']:9.1f}"
            f"{one['mb']:9.0f}{one['server_mb']:9.0f}"
        )
    share = (whole["seconds"] - plain["seconds"]) / whole["seconds"]
    own, mb = whole["own"] - plain["own"], whole["mb"] - plain["mb"]
    print(f"orchestration  {share:.1%} of the run's time")
    print(f"               {own:.1f} s of its processor time, {whole['server']:.1f} s of the server's")
    print(f"               {mb:.0f} MB, {whole['server_mb']:.0f} MB for the server")
    print(f"server         {whole['task_runs']} task runs, database {whole['server_bytes'] / 1e6:.1f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["site"]:
        site(*map(int, sys.argv[2:4]))
    elif len(sys.argv) > 2 and not sys.argv[1].isdigit():
        measured(sys.argv[1], Path(sys.argv[2]))
    else:
        main(*map(int, sys.argv[1:4]), *map(float, sys.argv[4:5]))
