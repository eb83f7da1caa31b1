"""A real server: it deploys, schedules, refuses, runs, and is gone when it is told to go."""

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.error import HTTPError

import pytest

from flows import hours
from flows.ephemeral import free_port
from flows.serving import serve
from newsduck import warehouse
from newsduck.errors import UsageError
from newsduck.settings import Settings
from tests.flows.served import ENDED

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")


def test_it_stands_with_its_schedules(served):
    assert f"serving at http://127.0.0.1:{served.port}" in served.said, served.process.stderr.read()
    names = {one["name"] for one in served.api("/deployments/filter", {})}
    assert names == {"hourly", "front-pages", "manual", "replay", "maintain"}
    runs = served.api("/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
    assert any(run["auto_scheduled"] for run in runs)
    assert served.api("/block_types/filter", {}), "which servers of single commands leave out"
    assert [one["name"] for one in served.api("/automations/filter", {})] == [
        "newsduck: runs whose process is gone"
    ]


@pytest.mark.parametrize("parameters", [{"portal": ["sample"]}, {"portals": ["nowhere"]}, {"mode": "fast"}])
def test_wrong_parameters_are_refused_in_words(served, parameters):
    manual = served.api("/deployments/name/ingest/manual")
    with pytest.raises(HTTPError) as refused:
        served.api(f"/deployments/{manual['id']}/create_flow_run", {"parameters": parameters})
    assert refused.value.code == 409
    assert next(iter(parameters)) in refused.value.read().decode()


def test_a_second_one_is_told_that_the_folder_is_served(served, tmp_path):
    with pytest.raises(UsageError, match="served already"):
        serve(served.settings, port=free_port())
    with pytest.raises(UsageError, match="a Prefect server answers"):
        serve(Settings(data_dir=tmp_path), port=served.port)
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as other,
        pytest.raises(UsageError, match="cannot listen"),
    ):
        serve(Settings(data_dir=tmp_path), port=other.getsockname()[1])


def browser(folder):
    from selenium import webdriver  # noqa: PLC0415 - only where there is a browser
    from selenium.webdriver.chrome.service import Service  # noqa: PLC0415

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1400,1600",
        f"--user-data-dir={folder}",
    ):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(str(DRIVER)))


@pytest.mark.skipif(
    not (CHROMIUM.exists() and DRIVER.exists()), reason="apt-get install chromium chromium-driver"
)
def test_a_person_runs_the_sample_from_the_form_and_finds_it_by_sql(served, tmp_path):
    from selenium.webdriver.common.by import By  # noqa: PLC0415 - only where there is a browser
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    pictures = Path(os.environ.get("NEWSDUCK_SCREENSHOTS", tmp_path))
    root, manual = f"http://127.0.0.1:{served.port}/v2", served.deployment("manual")
    with browser(tmp_path / "profile") as page:
        page.implicitly_wait(30)
        page.get(f"{root}/deployments/deployment/{manual}/run")
        page.find_element(By.XPATH, "//button[normalize-space()='Select']").click()
        chosen = page.find_element(By.XPATH, "//*[@role='option'][normalize-space()='sample']")
        page.execute_script("arguments[0].scrollIntoView(); arguments[0].click()", chosen)
        page.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
        assert "`sample` is the built-in one" in page.find_element(By.TAG_NAME, "body").text
        page.save_screenshot(str(pictures / "1-form.png"))
        page.find_element(By.XPATH, "//button[normalize-space()='Submit']").click()
        run = served.wait_for(served.newest(manual), ENDED)
        assert (run["state_type"], run["state"]["name"]) == ("COMPLETED", "Completed"), run["state"][
            "message"
        ]
        assert run["name"].endswith("· sample")
        assert "2 portals" in run["state"]["message"]
        page.get(f"{root}/runs/flow-run/{run['id']}?tab=Artifacts")
        for key in ("summary", "portals", "data"):
            page.find_element(By.XPATH, f"//*[normalize-space()='{key}']")
        page.save_screenshot(str(pictures / "2-artifacts.png"))
        page.get(f"{root}/artifacts/artifact/{served.artifact(run['id'], 'summary')}")
        page.find_element(By.XPATH, "//*[contains(text(), 'Newest headlines')]")
        page.save_screenshot(str(pictures / "3-summary.png"))
    found = warehouse.query(served.settings, "select count(*), count(published_at) from articles").rows[0]
    assert found[0] > 10
    assert found[1] > 10


def test_it_takes_turns_and_refuses_nobody(served):
    manual = served.deployment("manual")
    later = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2100-01-01T00:00:00Z"}}
    body = {"parameters": {"portals": ["sample"]}, "state": later, "enforce_parameter_schema": False}
    with ThreadPoolExecutor(8) as people:
        made = list(
            people.map(lambda _: served.api(f"/deployments/{manual}/create_flow_run", body), range(40))
        )
    assert len({run["id"] for run in made}) == 40
    for run in made:
        served.api(f"/flow_runs/{run['id']}", method="DELETE")


def test_a_killed_run_is_crashed_and_the_next_one_runs(served):
    manual = served.deployment("manual")
    run = served.start(manual, {"portals": ["sample"], "rounds": 1})
    served.wait_for(run, ("RUNNING", *ENDED))
    os.kill(served.process_of(run), signal.SIGKILL)
    assert served.wait_for(run, ENDED)["state_type"] == "CRASHED"
    again = served.start(manual, {"portals": ["sample"], "rounds": 1})
    assert served.wait_for(again, ENDED)["state_type"] == "COMPLETED"


def test_it_is_gone_within_ten_seconds_and_leaves_nobody_behind(served):
    code, seconds, left = served.stop()
    assert code == 0
    assert left == []
    assert seconds < 20, "the promise is ten on a machine that is not testing"
    with pytest.raises(OSError, match="refused"):
        served.api("/health")


@pytest.mark.parametrize(
    ("mode", "at", "begins"),
    [
        ("incremental", "2026-11-23T10:04:59+08:00", "2026-11-23T09:05:00+08:00"),
        ("incremental", "2026-11-23T10:05:00+08:00", "2026-11-23T10:05:00+08:00"),
        ("front-pages", "2026-11-23T10:14:59+08:00", "2026-11-23T10:00:00+08:00"),
    ],
)
def test_a_logical_hour_begins_when_its_run_is_due(mode, at, begins):
    assert hours.slot(datetime.fromisoformat(at), mode) == datetime.fromisoformat(begins)
