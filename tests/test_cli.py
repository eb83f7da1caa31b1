"""The command line: what it prints, where, and with which exit code."""

import csv
import io
import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import duckdb
import pytest

from newsduck import warehouse
from newsduck.cli import main
from newsduck.settings import Settings

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>河堤加固完工 - 试刊网</title></head><body>
<h1>河堤加固完工</h1><p>2026年03月02日 08:05 来源：试刊日报</p><div>
<p>城北河堤的加固工程昨天完工，比原定日期早了九天，沿河三个村子的居民又可以从堤上走到集市。</p>
<p>施工队说，最后一段用的是旧石料，颜色与老堤一致，走近了才看得出新砌的接缝。</p>
<p>水务站将在汛期前再检查一次排水口，并把水位标尺换成夜里也能看清的样式。</p></div></body></html>"""
URL = "https://www.shikan.example/2026/0302/1.html"


@pytest.fixture
def published(tmp_path):
    settings = Settings(data_dir=tmp_path)
    with warehouse.lock(settings):
        warehouse.publish(settings)
    return ["--data-dir", str(tmp_path)]


def test_help_is_given_without_importing_what_only_commands_need():
    code = "import sys; from newsduck.cli import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "doctor" in done.stdout
    assert not {"prefect", "duckdb", "pydantic", "bs4", "httpx", "rich"} & set(done.stdout.split())


def test_a_page_becomes_one_json_object(tmp_path, capsys):
    file = tmp_path / "page.html"
    file.write_text(PAGE, "utf-8")
    assert main(["parse", str(file), "--url", URL, "--fetched-at", "2026-03-02T09:00"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert page["article"]["title"] == "河堤加固完工"
    assert page["article"]["published_at"] == "2026-03-02T08:05:00+08:00"
    assert page["article"]["source"] == "试刊日报"
    assert page["article"]["body"].count("\n") == 2


def test_standard_input_is_a_page_too(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode("gb18030"))))
    assert main(["parse", "-", "--url", URL, "--content-type", "text/html; charset=gbk"]) == 0
    assert json.loads(capsys.readouterr().out)["article"]["title"] == "河堤加固完工"


def test_a_manifest_gives_a_line_a_page_in_its_order(tmp_path, capsys):
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    rows = [{"id": name, "file": "page.html", "url": URL} for name in ("b", "a")]
    manifest = tmp_path / "m.jsonl"
    manifest.write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    assert main(["parse", "--manifest", str(manifest)]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["b", "a"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "m.jsonl:1: not a manifest line"),
        ('{"id": "a", "url": "https://x.example/"}', "'file'"),
        ('{"file": "none.html", "url": "https://x.example/"}', "none.html: cannot be read"),
        ('{"file": "m.jsonl", "url": "https://x.example/", "fetched_at": "noon"}', "'noon' is no ISO time"),
    ],
)
def test_a_manifest_line_that_cannot_be_used_is_named(tmp_path, capsys, line, said):
    manifest = tmp_path / "m.jsonl"
    manifest.write_text(line)
    assert main(["parse", "--manifest", str(manifest)]) == 2
    assert said in capsys.readouterr().err


def test_a_page_without_address_is_wrong_use(tmp_path, capsys):
    assert main(["parse", str(tmp_path / "page.html")]) == 2
    assert "--url" in capsys.readouterr().err


SQL = """select 1::bigint as n, '新闻' as word, null as nothing, ['甲', '乙'] as names,
         timestamptz '2026-03-02 00:05:00+00' as at"""


def test_a_table_shows_chinese_lists_and_local_times(published, capsys):
    assert main([*published, "sql", SQL]) == 0
    printed = capsys.readouterr().out
    assert "2026-03-02 08:05:00+08:00" in printed
    assert "甲、乙" in printed
    assert "None" not in printed


def test_csv_and_json_keep_what_a_program_needs(published, capsys):
    assert main([*published, "sql", "--format", "csv", SQL]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row == {
        "n": "1", "word": "新闻", "nothing": "", "names": '["甲", "乙"]', "at": "2026-03-02T08:05:00+08:00",
    }  # fmt: skip
    assert main([*published, "sql", "--format", "json", SQL]) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (told["n"], told["nothing"], told["names"]) == (1, None, ["甲", "乙"])


def test_parquet_is_written_to_a_file(published, tmp_path, capsys):
    target = tmp_path / "out.parquet"
    assert main([*published, "sql", "--format", "parquet", SQL]) == 2
    assert "--output" in capsys.readouterr().err
    assert main([*published, "sql", "--format", "parquet", "--output", str(target), SQL]) == 0
    assert duckdb.sql(f"select word from '{target}'").fetchall() == [("新闻",)]


def test_the_published_copy_cannot_be_changed_by_sql(published, capsys):
    assert main([*published, "sql", "delete from articles"]) == 2
    assert "read-only" in capsys.readouterr().err


def test_sql_before_anything_was_published_says_what_to_do(tmp_path, capsys):
    assert main(["--data-dir", str(tmp_path), "sql", "select 1"]) == 2
    assert "newsduck run" in capsys.readouterr().err


def test_runs_and_publish_and_doctor_answer_on_an_empty_warehouse(published, capsys):
    assert main([*published, "runs"]) == 0
    assert main([*published, "publish"]) == 0
    assert main([*published, "doctor"]) == 0
    printed = capsys.readouterr().out
    assert "run_id" in printed
    assert "answers: 0 articles" in printed


def test_doctor_fails_where_the_data_cannot_be_written(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["--data-dir", str(tmp_path / "file" / "data"), "doctor"]) == 1
    assert "FAIL" in capsys.readouterr().out


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["--data-dir", str(tmp_path / "file" / "data"), "publish"]) == 1
    assert str(tmp_path / "file") in capsys.readouterr().err


def test_a_warehouse_of_a_newer_version_is_refused_and_left_alone(published, tmp_path, capsys):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into schema_migrations select 9999, 'later', now(), '9.9' from range(1)")
    before = path.read_bytes()
    assert main([*published, "publish"]) == 1
    assert "9999" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_portals_are_listed_and_an_unknown_one_is_named(tmp_path, capsys):
    (tmp_path / "shikan.toml").write_text(
        'id = "shikan"\nname = "试刊网"\nfront_pages = ["https://www.shikan.example/"]\n'
    )
    own = ["--portals-dir", str(tmp_path)]
    assert main([*own, "portals"]) == 0
    assert "试刊网" in capsys.readouterr().out
    assert main([*own, "portals", "check", "nowhere"]) == 2
    assert "no portal nowhere" in capsys.readouterr().err


class _Site(BaseHTTPRequestHandler):
    def do_GET(self):
        items = "".join(
            f'<li><a href="/2026/0302/{n}.html">第{n}座老桥的石阶今天修好了</a> 03-02 08:0{n}</li>'
            for n in range(1, 9)
        )
        body = f"<html><title>试刊网</title><body><h2>要闻</h2><ul>{items}</ul></body></html>".encode()
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_checking_a_portal_shows_what_a_run_would_take(site, tmp_path, capsys):
    (tmp_path / "shikan.toml").write_text(
        f'id = "shikan"\nname = "试刊网"\nfront_pages = ["{site}"]\nallow_private_addresses = true\n'
    )
    own = ["--data-dir", str(tmp_path / "data"), "--portals-dir", str(tmp_path)]
    assert main([*own, "portals", "check", "shikan"]) == 0
    printed = capsys.readouterr().out
    assert "loaded 200" in printed
    assert "8 headlines, 8 of them stories" in printed
    assert "[要闻 1] 第1座老桥的石阶今天修好了" in printed


def test_checking_a_portal_that_may_not_be_asked_fails_and_says_why(site, tmp_path, capsys):
    (tmp_path / "shikan.toml").write_text(f'id = "shikan"\nname = "试刊网"\nfront_pages = ["{site}"]\n')
    own = ["--data-dir", str(tmp_path / "data"), "--portals-dir", str(tmp_path)]
    assert main([*own, "portals", "check", "shikan"]) == 1
    assert "unsafe-address" in capsys.readouterr().out


def test_a_wrong_time_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["run", "sample", "--as-of", "yesterday"])
    assert stopped.value.code == 2
    assert "2026-03-02T08:05+08:00" in capsys.readouterr().err


def test_prune_removes_old_parts_and_counts_them(published, tmp_path, monkeypatch, capsys):
    old = tmp_path / "archive" / "2020" / "01" / "02" / "shikan-run-1.warc.gz"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"12345")
    assert main([*published, "prune"]) == 0
    assert old.exists(), "without a retention setting everything is kept"
    monkeypatch.setenv("NEWSDUCK_KEEP_ARCHIVE_DAYS", "30")
    assert main([*published, "prune"]) == 0
    assert not old.exists()
    assert "removed 1 files, 5 bytes" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["run", "sample", "--rounds", "0"], ["serve", "--port", "99999"], ["runs", "--limit", "-1"]],
)
def test_numbers_that_cannot_be_meant_are_wrong_use(arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_bytes_that_are_no_document_are_a_problem_and_no_end(tmp_path, capsys):
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 40)
    rows = [{"id": name, "file": name, "url": URL} for name in ("noise", "page.html")]
    (tmp_path / "m.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert main(["parse", "--manifest", str(tmp_path / "m.jsonl")]) == 0
    noise, page = map(json.loads, capsys.readouterr().out.splitlines())
    assert noise["article"] is None
    assert noise["problems"]
    assert page["article"]["title"] == "河堤加固完工"
