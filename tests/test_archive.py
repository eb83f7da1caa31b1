"""Pages go into WARC files and come back byte for byte; other tools read them; crashes leave no half file."""

import gzip
import json
import os
import signal
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import get_args

import brotli
import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from newsduck.archive import Writer, prune, read, reader, records, salvage, scan, scan_files
from newsduck.digest import digest
from newsduck.errors import ArchiveDamaged
from newsduck.items import Fetched, Outcome, Page, PageRef, Target, Truncation

NOW = datetime(2026, 3, 2, 0, 5, 1, 123456, tzinfo=UTC)
BODY = "<html><h1>两会今日开幕</h1></html>".encode("gb18030") * 50
HEADERS = (
    ("Content-Type", "text/html; charset=gb2312"),
    ("content-ENCODING", "gzip"),
    ("Content-Length", "77"),
    ("Transfer-Encoding", "chunked"),
    ("X-Kanal", "要闻".encode("gbk").decode("latin-1")),
    ("Set-Cookie", "a=1"),
    ("Set-Cookie", "b=2"),
)
PAGE = Page(
    portal="people",
    url="http://www.example.cn/头条 1.html#top",
    final_url="http://www.example.cn/n1/2026/c1.html?a=b|c",
    status=200,
    headers=HEADERS,
    body=BODY,
    fetched_at=NOW,
    elapsed_ms=41,
    request_headers=(("Host", "www.example.cn"), ("User-Agent", "newsduck/test")),
)


def kept(page: Page) -> Page:
    """A page as the archive gives it back: without the request's headers."""
    return replace(page, request_headers=())


def noted(page: Page, ref: PageRef | None, **changes) -> Fetched:
    outcome = Outcome(
        portal=page.portal,
        url=page.url,
        disposition="loaded",
        fetched_at=page.fetched_at,
        status=page.status,
        archive_file=ref.archive_file if ref else None,
        archive_offset=ref.archive_offset if ref else None,
    )
    target = Target(portal=page.portal, url=page.url, etag='"v1"')
    return Fetched(target=target, outcome=replace(outcome, **changes), ref=ref)


def write(root: Path, *pages: Page, run_id: str = "r1", portal: str = "people", **more) -> list[PageRef]:
    with Writer(root, portal=portal, run_id=run_id, **more) as writer:
        return [writer.write(page) for page in pages]


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_a_page_comes_back_byte_for_byte(tmp_path):
    (ref,) = write(tmp_path, PAGE)
    assert read(tmp_path, ref) == kept(PAGE)
    assert files(tmp_path) == ["2026/03/02/people-r1-1.warc.gz"] == [ref.archive_file]


def test_a_page_can_be_read_while_its_part_is_still_being_written(tmp_path):
    with Writer(tmp_path, portal="people", run_id="r1") as writer:
        ref = writer.write(PAGE)
        assert files(tmp_path) == ["2026/03/02/people-r1-1.warc.gz.open"]
        assert read(tmp_path, ref) == kept(PAGE)


@pytest.mark.parametrize(
    "change",
    [
        {"body": b""},
        {"body": b"\r\n\r\n<html>\0\xff"},
        {"headers": ()},
        {"headers": (("X", ""), ("Y", "a: b"), ("Content-Length", str(len(BODY))))},
        {"status": 404},
        {"status": 799},
        {"status": 301},
        {"fetched_at": datetime(2026, 3, 2, 8, 5, tzinfo=timezone(timedelta(hours=8)))},
        {"url": "http://a.example/\r\nWARC-Type: evil", "final_url": "http://a.example/\r\nWARC-Type: evil"},
        {"final_url": "http://www.例子.cn/新闻 一.html"},
    ],
    ids=str,
)
def test_odd_pages_come_back_as_well(tmp_path, change):
    page = replace(PAGE, **change)
    (ref,) = write(tmp_path, page)
    assert read(tmp_path, ref) == kept(page)


names = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,20}", fullmatch=True)
values = st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=40).map(str.strip)


@settings(max_examples=40, deadline=None)
@given(body=st.binary(), headers=st.lists(st.tuples(names, values), max_size=8), status=st.integers(100, 999))
def test_whatever_was_served_is_written_and_read(tmp_path_factory, body, headers, status):
    page = replace(PAGE, body=body, headers=tuple(headers), status=status if status != 304 else 200)
    root = tmp_path_factory.mktemp("archive")
    (ref,) = write(root, page)
    assert read(root, ref) == kept(page)


def test_warcio_reads_the_files_and_finds_the_digests_right(tmp_path):
    with Writer(tmp_path, portal="people", run_id="r1") as writer:
        ref = writer.write(PAGE)
        writer.note(noted(PAGE, ref), round_number=0)
    with (tmp_path / ref.archive_file).open("rb") as file:
        seen = []
        for record in ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            seen.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body))
    assert [kind for kind, _, _ in seen] == ["warcinfo", "response", "request", "metadata"]
    assert seen[1][1:] == ("http://www.example.cn/n1/2026/c1.html?a=b%7Cc", BODY)
    assert json.loads(seen[3][2])["outcome"]["disposition"] == "loaded"


def test_fastwarc_reads_the_files_and_finds_the_digests_right(tmp_path):
    (ref,) = write(tmp_path, PAGE)
    with (tmp_path / ref.archive_file).open("rb") as file:
        found = []
        for record in FastIterator(file, parse_http=False):
            assert record.verify_block_digest(consume=False)
            record.parse_http()
            is_response = record.record_type == WarcRecordType.response
            assert not is_response or record.verify_payload_digest(consume=False)
            found.append((record.record_type, record.stream_pos, record.http_headers, record.reader.read()))
    kinds = [WarcRecordType.warcinfo, WarcRecordType.response, WarcRecordType.request]
    assert [kind for kind, *_ in found] == kinds
    assert found[1][1] == ref.archive_offset
    assert found[1][2].status_code == 200
    assert found[1][3] == BODY


def test_the_records_name_each_other_and_the_file(tmp_path):
    with Writer(tmp_path, portal="people", run_id="r1") as writer:
        ref = writer.write(PAGE)
        writer.note(noted(PAGE, ref), round_number=0)
    with (tmp_path / ref.archive_file).open("rb") as file:
        about, response, request, note = [record.rec_headers for record in ArchiveIterator(file)]
    identity = response.get_header("WARC-Record-ID")
    assert about.get_header("WARC-Filename") == "people-r1-1.warc.gz"
    assert request.get_header("WARC-Concurrent-To") == identity
    assert note.get_header("WARC-Concurrent-To") == identity
    assert response.get_header("WARC-Payload-Digest") == digest(BODY)
    assert response.get_header("WARC-Date") == "2026-03-02T00:05:01.123456Z"
    assert {one.protocol for one in (about, response, request, note)} == {"WARC/1.1"}


def test_each_record_is_a_gzip_member_of_its_own(tmp_path):
    first, second = write(tmp_path, PAGE, replace(PAGE, body=b"second"))
    data = (tmp_path / second.archive_file).read_bytes()
    assert gzip.decompress(data[second.archive_offset :]).startswith(b"WARC/1.1\r\nWARC-Type: response")
    assert first.archive_offset < second.archive_offset


def test_a_repeated_body_is_referred_to_and_comes_back(tmp_path):
    (first,) = write(tmp_path, PAGE)
    later = replace(PAGE, fetched_at=NOW + timedelta(days=1), is_repeat=True)
    (second,) = write(tmp_path, later, run_id="r2")
    record = gzip.decompress((tmp_path / second.archive_file).read_bytes()[second.archive_offset :])
    assert b"WARC-Type: revisit" in record
    assert records.SAME_PAYLOAD.encode() in record
    assert BODY not in record
    assert read(tmp_path, second) == kept(later)
    (tmp_path / first.archive_file).unlink()
    with pytest.raises(ArchiveDamaged, match="no longer in the archive"):
        read(tmp_path, second)


def test_not_modified_is_a_revisit_without_a_body(tmp_path):
    page = replace(PAGE, status=304, body=b"", headers=(("ETag", '"v1"'),))
    (ref,) = write(tmp_path, page)
    assert read(tmp_path, ref) == kept(page)
    assert records.NOT_MODIFIED.encode() in gzip.decompress((tmp_path / ref.archive_file).read_bytes())


def test_a_local_file_is_a_resource(tmp_path):
    url = "file:///srv/seiten/story.txt"
    page = replace(
        PAGE, url=url, final_url=url, headers=(("Content-Type", "text/plain"),), request_headers=()
    )
    (ref,) = write(tmp_path, page)
    assert read(tmp_path, ref) == page
    with (tmp_path / ref.archive_file).open("rb") as file:
        assert [record.rec_type for record in ArchiveIterator(file)] == ["warcinfo", "resource"]


def test_parts_hold_no_more_records_than_allowed(tmp_path):
    refs = write(tmp_path, *(replace(PAGE, body=bytes([n])) for n in range(10)), max_records=7)
    counts = []
    for path in sorted(tmp_path.rglob("*.gz")):
        with path.open("rb") as file:
            counts.append(sum(1 for _ in ArchiveIterator(file)))
    assert counts == [7, 7, 7, 3]
    assert [read(tmp_path, ref).body for ref in refs] == [bytes([n]) for n in range(10)]


def test_writers_of_the_same_run_take_different_parts(tmp_path):
    with Writer(tmp_path, portal="people", run_id="r1") as one:
        first = one.write(PAGE)
        (second,) = write(tmp_path, PAGE)
        third = one.write(PAGE)
    (fourth,) = write(tmp_path, PAGE)
    parts = [ref.archive_file.rpartition("-")[2] for ref in (first, second, third, fourth)]
    assert parts == ["1.warc.gz", "2.warc.gz", "1.warc.gz", "3.warc.gz"]


def test_a_run_that_reads_nothing_leaves_no_file(tmp_path):
    write(tmp_path)
    assert files(tmp_path) == []


def test_a_reference_that_is_wrong_says_so(tmp_path):
    (ref,) = write(tmp_path, PAGE)
    for wrong in (
        replace(ref, archive_offset=0),
        replace(ref, archive_offset=ref.archive_offset + 1),
        replace(ref, archive_offset=10**9),
        replace(ref, archive_file="2026/03/02/gone.warc.gz"),
    ):
        with pytest.raises(ArchiveDamaged, match=r"warc\.gz"):
            read(tmp_path, wrong)


CRASH = """
import os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import importlib.util
spec = importlib.util.spec_from_file_location("t", {here!r})
t = importlib.util.module_from_spec(spec); spec.loader.exec_module(t)
writer = t.Writer(Path({root!r}), portal="people", run_id="r1")
for n in range(3):
    ref = writer.write(t.replace(t.PAGE, body=bytes([n])))
    writer.note(t.noted(t.PAGE, ref), round_number=0)
writer._file.write(t.records.of_page(t.PAGE, "<x>").packed()[:40]); writer._file.flush()
print(ref.archive_offset, flush=True)
sys.stdin.read()
"""


def test_a_killed_run_leaves_no_half_file_and_is_salvaged(tmp_path):
    code = CRASH.format(tests=str(Path(__file__).parent), here=__file__, root=str(tmp_path))
    writing = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        offset = int(writing.stdout.readline())
        assert salvage(tmp_path).files == 0  # its writer lives
    finally:
        os.kill(writing.pid, signal.SIGKILL)
        writing.communicate()
    assert files(tmp_path) == ["2026/03/02/people-r1-1.warc.gz.open"]
    saved = salvage(tmp_path)
    assert (saved.files, saved.records, saved.bytes_lost) == (1, 10, 40)
    assert files(tmp_path) == ["2026/03/02/people-r1-1.warc.gz"]
    ref = PageRef(portal="people", url=PAGE.url, archive_file=files(tmp_path)[0], archive_offset=offset)
    assert read(tmp_path, ref).body == b"\x02"
    assert len(list(scan(tmp_path))) == 3


def test_a_part_of_which_nothing_is_whole_is_removed(tmp_path):
    held = tmp_path / "2026/03/02/people-r1-1.warc.gz.open"
    held.parent.mkdir(parents=True)
    held.write_bytes(gzip.compress(b"WARC/1.1")[:5])
    assert salvage(tmp_path).bytes_lost == 5
    assert files(tmp_path) == []


def filled(root: Path) -> None:
    """Three days with one part each."""
    for day in range(3):
        write(root, replace(PAGE, fetched_at=NOW + timedelta(days=day)), run_id=f"r{day}")


def test_old_parts_are_pruned_and_counted(tmp_path):
    filled(tmp_path)
    removed = prune(tmp_path, older_than=NOW + timedelta(days=2))
    assert removed.files == 2
    assert removed.bytes > 0
    assert files(tmp_path) == ["2026/03/04/people-r2-1.warc.gz"]
    assert not (tmp_path / "2026/03/02").exists()


def test_the_oldest_parts_go_while_there_is_too_much(tmp_path):
    filled(tmp_path)
    sizes = [path.stat().st_size for path in sorted(tmp_path.rglob("*.gz"))]
    removed = prune(tmp_path, max_bytes=sizes[1] + sizes[2])
    assert (removed.files, removed.bytes) == (1, sizes[0])
    assert prune(tmp_path, max_bytes=10**9).files == 0
    assert len(files(tmp_path)) == 2


def test_nothing_is_pruned_without_a_limit(tmp_path):
    filled(tmp_path)
    assert prune(tmp_path).files == 0
    assert len(files(tmp_path)) == 3


def history(root: Path) -> list[tuple[str, int, str]]:
    """Two runs across midnight, of two portals, written in a mixed order: run, round and address of each."""
    expected = []
    for run_id, began in (("zz", NOW), ("aa", NOW + timedelta(hours=23, minutes=50))):
        for round_number in (0, 1):
            at = began + timedelta(minutes=10 * round_number)
            for portal in ("sina", "people"):
                with Writer(root, portal=portal, run_id=run_id) as writer:
                    for n in range(2):
                        url = f"http://{portal}.example/{run_id}/{round_number}/{n}"
                        page = replace(PAGE, portal=portal, url=url, final_url=url, fetched_at=at)
                        writer.note(noted(page, writer.write(page)), round_number=round_number)
                        expected.append((run_id, round_number, url))
    place = {"zz": 0, "aa": 1}
    return sorted(expected, key=lambda one: (place[one[0]], one[1], one[2]))


def test_what_was_noted_is_scanned_run_by_run_and_round_by_round(tmp_path):
    expected = history(tmp_path)
    found = list(scan(tmp_path))
    assert [(one.run_id, one.round_number, one.fetched.target.url) for one in found] == expected
    assert all(read(tmp_path, one.fetched.ref).url == one.fetched.target.url for one in found)


def test_runs_come_in_the_order_in_which_they_were_made_whatever_their_clock(tmp_path):
    for run_id, days in (("late", 0), ("early", -400), ("middle", -30)):
        with Writer(tmp_path, portal="people", run_id=run_id) as writer:
            for round_number, page_days in ((0, days), (1, days - 4000)):  # a local file may be old
                at = NOW + timedelta(days=page_days)
                writer.note(noted(replace(PAGE, fetched_at=at), None), round_number=round_number)
                writer.close()
    found = [(one.run_id, one.round_number) for one in scan(tmp_path)]
    assert found == [("late", 0), ("late", 1), ("early", 0), ("early", 1), ("middle", 0), ("middle", 1)]


def test_a_scan_can_be_bounded(tmp_path):
    history(tmp_path)
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    later = [one.fetched for one in scan(tmp_path, since=midnight, portal="people")]
    assert {one.target.portal for one in later} == {"people"}
    assert len(later) == 2
    assert len(list(scan(tmp_path, until=midnight))) == 12
    assert list(scan(tmp_path, until=NOW)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"disposition": "robots", "detail": "robots.txt forbids it", "status": None},
        {"disposition": "timeout", "detail": "the portal's 300 s were over", "elapsed_ms": 20_000},
        {"disposition": "unchanged", "body_digest": "sha1:X", "etag": '"v1"', "kind": "front"},
    ],
    ids=lambda changes: changes["disposition"],
)
def test_outcomes_without_a_page_are_noted_whole(tmp_path, changes):
    fetched = noted(PAGE, None, **changes)
    with Writer(tmp_path, portal="people", run_id="r1") as writer:
        writer.note(fetched, round_number=3)
    (found,) = scan(tmp_path)
    assert (found.run_id, found.round_number, found.fetched) == ("r1", 3, fetched)


def test_a_damaged_file_is_read_up_to_its_damage(tmp_path, caplog):
    with Writer(tmp_path, portal="people", run_id="r1") as writer:
        for _ in range(5):
            ref = writer.write(PAGE)
            writer.note(noted(PAGE, ref), round_number=0)
    path = tmp_path / ref.archive_file
    data = path.read_bytes()
    path.write_bytes(data[: ref.archive_offset] + b"\0" * 50 + data[ref.archive_offset + 50 :])
    assert len(list(scan(tmp_path))) == 4
    assert "archive-damaged" in caplog.text


def foreign(path: Path, *, packed: bool) -> Path:
    """A file as other crawlers write them: WARC 1.0, seconds only, no fields of ours."""
    chunked = b"5\r\n<html\r\n4\r\n>abc\r\n0\r\n\r\n"
    squeezed = gzip.compress(b"<html>zip")
    blocks = [
        ("http://a.example/plain", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>plain"),
        (
            "http://a.example/cc",
            b"HTTP/1.1 200\r\nX-Crawl-Content-Encoding: gzip\r\nContent-Length: 8\r\n\r\n<html>cc",
        ),
        ("http://a.example/chunked", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked),
        ("http://a.example/gzip", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + squeezed),
        ("dns:a.example", b"20260302 10.0.0.1"),
    ]
    with path.open("wb") as file:
        for uri, block in blocks:
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\n"
                f"WARC-Date: 2026-03-02T00:05:01Z\r\nWARC-Record-ID: <urn:x:{len(block)}>\r\n"
                f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            record = head.encode() + block + b"\r\n\r\n"
            file.write(gzip.compress(record) if packed else record)
    return path


@pytest.mark.parametrize("packed", [True, False])
def test_files_of_other_crawlers_are_read(tmp_path, packed):
    pages = list(scan_files([foreign(tmp_path / "CC-NEWS.warc", packed=packed)], portal="ccnews"))
    assert [page.body for page in pages] == [b"<html>plain", b"<html>cc", b"<html>abc", b"<html>zip"]
    assert {page.portal for page in pages} == {"ccnews"}
    assert pages[1].header("content-encoding") == "gzip"
    assert {page.fetched_at for page in pages} == {datetime(2026, 3, 2, 0, 5, 1, tzinfo=UTC)}


def test_our_own_files_are_foreign_files_too(tmp_path):
    write(tmp_path, PAGE, replace(PAGE, status=404))
    pages = list(scan_files(tmp_path.rglob("*.warc.gz"), portal="people"))
    assert pages == [kept(PAGE), kept(replace(PAGE, status=404))]


def test_a_file_that_is_no_warc_is_logged_and_left_out(tmp_path, caplog):
    (tmp_path / "x.warc").write_bytes(b"not a WARC file at all")
    assert list(scan_files([tmp_path / "x.warc", tmp_path / "gone.warc"])) == []
    assert caplog.text.count("archive-damaged") == 2


def foreign_record(block: bytes, date: str = "2026-03-02T00:05:01Z", more: str = "") -> bytes:
    """A record as another crawler may have written it, packed."""
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x\r\n"
        f"WARC-Date: {date}\r\nWARC-Record-ID: <urn:x:1>\r\n{more}"
        f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


def scanned(tmp_path, *found: bytes) -> list[Page]:
    (tmp_path / "x.warc.gz").write_bytes(b"".join(found))
    return list(scan_files([tmp_path / "x.warc.gz"]))


HTML = b"<html>" + "今日要闻".encode() * 500
PACKED = {
    "br": (brotli.compress(HTML), HTML, None),
    "gzip": (gzip.compress(HTML[:99]) + gzip.compress(HTML[99:]), HTML, None),
    "x-gzip": (gzip.compress(HTML), HTML, None),
    "deflate": (zlib.compress(HTML), HTML, None),
    "gzip, br": (brotli.compress(gzip.compress(HTML)), HTML, None),
    "GZIP": (HTML, HTML, None),
    "BR": (HTML, HTML, None),
    "zstd": (HTML, HTML, None),
    " gzip ": (gzip.compress(HTML)[:-4], HTML, "unspecified"),
}


@pytest.mark.parametrize("coding", PACKED)
def test_packed_bodies_of_other_crawlers_are_unpacked(tmp_path, coding):
    packed, body, cut = PACKED[coding]
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode()
    (page,) = scanned(tmp_path, foreign_record(head + packed))
    assert (page.body, page.truncated) == (body, cut)


def test_a_bomb_of_another_crawler_is_cut_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MAX_BODY", 1_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    (page,) = scanned(tmp_path, foreign_record(head + gzip.compress(bytes(9_000_000))))
    assert (page.body, page.truncated) == (bytes(1_000), "length")


@pytest.mark.parametrize(
    ("told", "cut"), [("length", "length"), ("Disconnect", "disconnect"), ("long-header", "unspecified")]
)
def test_what_other_crawlers_cut_is_known(tmp_path, told, cut):
    block = b"HTTP/1.1 200 OK\r\n\r\n<html>"
    (page,) = scanned(tmp_path, foreign_record(block, more=f"WARC-Truncated: {told}\r\n"))
    assert page.truncated == cut


def test_a_record_that_makes_no_sense_is_logged_and_left_out(tmp_path, caplog):
    block = b"HTTP/1.1 200 OK\r\n\r\n<html>"
    good = foreign_record(block)
    odd = foreign_record(block, date="yesterday"), foreign_record(block, more="Newsduck-Page: {no\r\n")
    assert len(scanned(tmp_path, good, odd[0], good, odd[1], good)) == 3
    assert caplog.text.count("archive-damaged") == 2


@pytest.mark.parametrize("reason", get_args(Truncation))
def test_a_body_that_was_cut_comes_back_as_such(tmp_path, reason):
    page = replace(PAGE, truncated=reason)
    (ref,) = write(tmp_path, page)
    assert read(tmp_path, ref) == kept(page)
