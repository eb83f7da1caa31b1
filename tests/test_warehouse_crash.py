"""Writers are killed at random moments, over and over, and nothing acknowledged is lost or broken."""

import json
import os
import subprocess
import sys
from pathlib import Path

KILLS = 100


def test_a_hundred_killed_writers_leave_a_whole_warehouse(tmp_path):
    site = Path(__file__).parent / "crash_site.py"
    command = [sys.executable, str(site), str(tmp_path), str(KILLS), str(os.getpid())]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=280).stdout)
    assert told["wrong"] == []
    assert told["killed"] == KILLS
    assert told["acknowledged"] >= told["awaited"] >= KILLS / 5
