"""How much the books of `newsduck serve` grow in a day on the default schedules: a day, played in minutes.

`python tests/bench/growth.py [HOURS]` serves a data folder with as many loopback portals as are enabled by
default, and pauses the schedules. For each hour of the day it has the server run what that hour would: the
hourly run and four runs over the front pages, and once the nightly maintenance; real flow runs of the real
deployments, in processes that the worker starts. The portals have news every quarter of an hour, some of it
is gone when it is asked for, and the runs' clock says the hour that is played: stories are read again.

A scheduled run writes the rows that one by hand does, only earlier. The clean-up is what `serve` configures,
on the clock of the game: an hour takes about `PLAYED` seconds, so what is to stay for half an hour stays for
half of that. What is written while nothing runs (heartbeats of the worker) is measured over `IDLE` real
seconds, and added hour by hour.

Printed: the size of the database file with its log after each hour, how much of it is free pages that will
be used again, and the growth of the rest by table over a day, from the hours after the first `SETTLED`.
"""
# ruff: noqa: T201 - a script that prints

import os
import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[2])
from flows import environment  # noqa: E402 - see above
from newsduck.portals import load_portals  # noqa: E402
from tests.flows.served import ENDED, Served  # noqa: E402

PLAYED, IDLE, SETTLED = 40.0, 60.0, 3
QUARTERS, NEW, SHOWN, GONE = 4, 4, 40, 50
"""News of a portal in a quarter of an hour, entries of a front page, and every which story is gone."""
BEGIN = datetime.fromisoformat("2026-03-02T00:05:00+08:00")
MAINTAINED = 4
BODY = "<p>清晨的渡口起了雾，摆渡的船比平日晚开了半个小时，等船的人在岸边排起了队。第{n}日。</p>" * 6
SIZES = "select tbl_name, sum(pgsize) from dbstat join sqlite_master using (name) group by 1"
COUNTED = {"flow_run", "task_run", "log", "artifact", "events"}
FREE = "select freelist_count * page_size from pragma_freelist_count(), pragma_page_size()"


class Quick(Served):
    """`newsduck serve` whose clean-up runs on the clock of the game."""

    program = f"""
import json
from flows import environment
history, pace = environment._HISTORY, {PLAYED} / 3600
loop = "PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS"
history[loop] = str(float(history[loop]) * pace)
kept = "PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES"
history[kept] = json.dumps({{name: seconds * pace for name, seconds in json.loads(history[kept]).items()}})
{Served.program}"""

    def pause(self):
        """No run but ours: the scheduler's own writing is part of what is measured as idle."""
        for one in self.api("/deployments/filter", {}):
            self.api(f"/deployments/{one['id']}", {"paused": True}, method="PATCH")

    @property
    def books(self):
        return environment.home(self.settings.data_dir) / "prefect.db"

    def asked(self, sql):
        with closing(sqlite3.connect(self.books, timeout=60)) as books:
            return books.execute(sql).fetchall()

    def sizes(self):
        """Bytes of each table's pages, with its indexes: together, the file without what is free."""
        return dict(self.asked(SIZES))

    def bytes_on_disk(self):
        log = self.books.with_name(self.books.name + "-wal")
        return self.books.stat().st_size, log.stat().st_size if log.exists() else 0


class Site:
    """Portals on loopback whose front pages move on with `quarter`."""

    def __init__(self, ids):
        self.quarter, self.port = 0, 0
        for number, _ in enumerate(ids):
            server = ThreadingHTTPServer((host(number), self.port), self._handler())
            server.daemon_threads = True
            self.port = server.server_port
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def page(self, path, address):
        """Status and text of a path at a portal's address."""
        story = path.strip("/").removeprefix("story-").removesuffix(".html")
        if not story:
            last = SHOWN + NEW * self.quarter
            entry = '<li><a href="/story-{n}.html">第{n}号渡口的早班船今天晚开了半小时</a></li>'
            return 200, f"<h2>要闻</h2><ul>{''.join(entry.format(n=last - n) for n in range(SHOWN))}</ul>"
        if not story.isdigit() or (int(story) + int(address.rpartition(".")[2])) % GONE == 0:
            return 404, ""
        title = f"<h1>第{story}号渡口的早班船今天晚开了半小时</h1>"
        return 200, f"{title}<p>2026年03月01日 08:00 来源：临江日报</p>{BODY.format(n=story)}"

    def _handler(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                status, text = site.page(self.path, self.server.server_address[0])
                page = f"<html><head><title>x</title></head><body>{text}</body></html>".encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *args):
                pass

        return Handler


def host(number):
    """A loopback address for each portal: what shares one shares its pace."""
    return f"127.0.2.{number + 1}"


def portal_files(folder, ids, site):
    """Files that put loopback sites in the place of the enabled portals."""
    folder.mkdir()
    for number, name in enumerate(ids):
        (folder / f"{name}.toml").write_text(
            f"id = '{name}'\nname = '{name}'\nfront_pages = ['http://{host(number)}:{site.port}/']\n"
            "article_urls = ['/story-']\nallow_private_addresses = true\n"
            "[fetch]\nmin_interval = 0.2\nretries = 0\n",
            "utf-8",
        )
    return folder


def idle(served):
    """Bytes by table that an hour without runs brings."""
    time.sleep(IDLE / 3)  # what the start has written comes in batches
    before = served.sizes()
    time.sleep(IDLE)
    return {name: (size - before.get(name, 0)) * 3600 / IDLE for name, size in served.sizes().items()}


def play(served, site, hour):
    """An hour's runs: four times the front pages one after the other, and the hourly run beside them."""
    at = BEGIN + timedelta(hours=hour)
    brief, whole = served.deployment("front-pages"), served.deployment("hourly")
    running = [whole_run(served, whole, at)]
    if hour == MAINTAINED:
        running.append(served.start(served.deployment("maintain", "maintain"), {}))
    for quarter in range(QUARTERS):
        site.quarter += 1
        when = at + timedelta(minutes=15 * quarter)
        run = served.start(brief, {"mode": "front-pages", "as_of": when.isoformat()})
        yield served.wait_for(run, ENDED, 600)
    for run in running:
        yield served.wait_for(run, ENDED, 600)


def whole_run(served, deployment, at):
    return served.start(deployment, {"mode": "incremental", "as_of": at.isoformat()})


def a_day(served, site, hours):
    """Sizes by table after each hour."""
    found = []
    for hour in range(hours):
        begun = time.monotonic()
        ends = [run["state"]["name"] for run in play(served, site, hour)]
        time.sleep(max(3.0, PLAYED - (time.monotonic() - begun)))  # events come in batches, and go in rounds
        found.append(served.sizes())
        (file, log), ((free,),) = served.bytes_on_disk(), served.asked(FREE)
        print(
            f"hour {hour + 1:2}  file {file / 1e6:6.2f} MB + log {log / 1e6:.2f} MB, "
            f"in use {sum(found[-1].values()) / 1e6:.2f} MB, free {free / 1e6:.2f} MB; "
            f"{len(ends)} runs in {time.monotonic() - begun:.0f} s: {', '.join(sorted(set(ends)))}",
            flush=True,
        )
    return found


def tell(found, resting, served):
    settled = min(SETTLED, len(found) - 2)
    days = (len(found) - 1 - settled) / 24
    rows = {name: served.asked(f"select count(*) from {name}")[0][0] for name in found[-1] if name in COUNTED}
    print(f"{'a day brings':28}{'KB by runs':>12}{'KB idle':>10}{'rows now':>10}")
    total = 0
    for name in sorted(found[-1], key=lambda name: found[settled].get(name, 0) - found[-1][name]):
        runs, rest = (found[-1][name] - found[settled].get(name, 0)) / days, resting.get(name, 0) * 24
        total += runs + rest
        if runs or rest:
            print(f"{name:28}{runs / 1e3:12.0f}{rest / 1e3:10.0f}{rows.get(name, ''):>10}")
    print(f"{'altogether':28}{total / 1e6:12.2f} MB a day, events for one day only")


def main(hours=24):
    ids = [name for name, portal in load_portals(None).items() if portal.enabled]
    with tempfile.TemporaryDirectory() as name:
        folder, site = Path(name), Site(ids)
        os.environ["NEWSDUCK_PORTALS_DIR"] = str(portal_files(folder / "portals", ids, site))
        os.environ["PREFECT_WORKER_QUERY_SECONDS"] = "1"
        served = Quick(folder)
        try:
            served.pause()
            resting = idle(served)
            tell(a_day(served, site, hours), resting, served)
            print(f"{len(ids)} portals; folder {folder}")
        finally:
            served.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
