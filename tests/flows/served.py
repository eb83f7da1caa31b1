"""`newsduck serve` for tests: a process, its server's API, and its end."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.request import Request, urlopen

from flows import processes
from flows.ephemeral import free_port
from newsduck.settings import Settings

SERVE = """
import sys
from pathlib import Path
from flows.serving import serve
from newsduck.settings import Settings
if __name__ == "__main__":
    sys.exit(serve(Settings(data_dir=Path(sys.argv[1])), port=int(sys.argv[2])))
"""
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class Served:
    """`newsduck serve` in a process of its own."""

    program = SERVE

    def __init__(self, folder):
        self.port, self.settings = free_port(), Settings(data_dir=folder / "data")
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.program, str(self.settings.data_dir), str(self.port)],
            cwd=folder,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = ""
        while "serving at" not in self.said and (line := self.process.stderr.readline()):
            self.said += line

    def api(self, path, body=None, *, method=None):
        request = Request(
            f"http://127.0.0.1:{self.port}/api{path}",
            headers={"Content-Type": "application/json"},
            method=method,
        )
        if body is not None:
            request.data = json.dumps(body).encode()
        end = time.monotonic() + 60
        while True:
            try:
                with closing(urlopen(request, timeout=30)) as reply:
                    return json.loads(reply.read() or b"null")
            except TimeoutError:  # a stall; to ask again changes nothing
                if body is not None or time.monotonic() > end:
                    raise
            time.sleep(0.5)

    def deployment(self, name, flow="ingest"):
        return self.api(f"/deployments/name/{flow}/{name}")["id"]

    def start(self, deployment, parameters):
        return self.api(f"/deployments/{deployment}/create_flow_run", {"parameters": parameters})["id"]

    def artifact(self, run_id, key):
        wanted = {"flow_run_id": {"any_": [run_id]}, "key": {"any_": [key]}}
        return self.api("/artifacts/filter", {"artifacts": wanted})[0]["id"]

    def newest(self, deployment, seconds=30):
        wanted = {
            "deployments": {"id": {"any_": [deployment]}},
            "sort": "EXPECTED_START_TIME_DESC",
            "limit": 1,
        }
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if runs := self.api("/flow_runs/filter", wanted):
                return runs[0]["id"]
            time.sleep(0.3)
        raise AssertionError("no run was made")

    def process_of(self, run_id):
        """The process that runs a flow: its environment names the run."""
        for pid in processes.descendants(self.process.pid):
            environ = Path(f"/proc/{pid}/environ").read_bytes()
            if run_id.encode() in environ and "tether" not in Path(f"/proc/{pid}/cmdline").read_text():
                return pid
        raise AssertionError("no process runs it")

    def wait_for(self, run_id, states, seconds=90):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            run = self.api(f"/flow_runs/{run_id}")
            if run["state_type"] in states:
                return run
            time.sleep(0.3)
        raise AssertionError(f"still {run['state_type']}: {run['state']['message']}")

    def kill(self):
        """End all of it at once, as a machine does that loses power."""
        for pid in (self.process.pid, *processes.descendants(self.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()

    def stop(self):
        below = processes.descendants(self.process.pid)
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        self.process.stderr.close()
        return code, time.monotonic() - begun, [pid for pid in below if Path(f"/proc/{pid}").exists()]
