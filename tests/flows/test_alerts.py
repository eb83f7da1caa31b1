"""Hooks that fail: what they missed waits for them, and stdout stays the data's."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor

from flows import hooks
from newsduck.settings import Settings

NEWS = [{"what": "failed", "portal": "one", "text": f"fault {n}", "since": "2026-03-02"} for n in range(3)]


def test_what_a_hook_missed_it_hears_in_order_after_the_next_run(tmp_path, caplog):
    told = tmp_path / "told"
    settings = Settings(
        data_dir=tmp_path,
        alert_command=f"sh -c 'test -e {tmp_path}/ready && cat >> {told} && echo >> {told}'",
    )
    with caplog.at_level(logging.ERROR, logger="newsduck"):
        hooks.tell(settings, NEWS[:2])
    assert caplog.text.count("alert-untold") == 1
    (tmp_path / "ready").touch()
    hooks.tell(settings, NEWS[2:])
    hooks.tell(settings, [])
    assert [json.loads(line) for line in told.read_text("utf-8").splitlines()] == NEWS


def test_a_webhook_is_told_whatever_became_of_the_command(tmp_path, monkeypatch, capfd):
    posted = []
    monkeypatch.setattr(hooks, "_post", lambda _url, body: posted.append(json.loads(body)))
    settings = Settings(
        data_dir=tmp_path,
        alert_command="sh -c 'echo words; exit 1'",
        alert_webhook="http://alerts.example/",
    )
    hooks.tell(settings, NEWS[:1])
    hooks.tell(settings, [])
    assert posted == NEWS[:1]
    said = capfd.readouterr()
    assert (said.out, "words" in said.err) == ("", True)


def test_one_tells_at_a_time(tmp_path):
    settings, inside, most = Settings(data_dir=tmp_path), [], []

    def enter(_):
        with hooks.one_teller(settings):
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(100)))
    assert max(most) == 1
