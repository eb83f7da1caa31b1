"""A site that does everything wrong: each address ends in exactly one outcome, and in the right one."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import get_args
from urllib.parse import urlsplit

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from hostile.cases import CAP, CASES, GROUPS, HANGING, Case
from hostile.site import Site, answer
from warcio.archiveiterator import ArchiveIterator

from newsduck.archive import Writer, read, scan_files
from newsduck.fetch import fetch
from newsduck.items import Fetched, PageRef, Target, Truncation
from newsduck.portals import Portal
from newsduck.settings import FetchLimits

ROBOTS = answer(b"User-agent: *\nDisallow: /forbidden/\n", content_type="text/plain")
CUT = 1_000
LIMITS = FetchLimits(
    min_interval=0,
    concurrency=60,
    deadline=60,
    max_bytes=CAP,
    max_cut_bytes=CUT,
    retry_wait=0.01,
    rest=0.01,
)

IMPATIENT = LIMITS.model_copy(update={"timeout": 1.0, "respect_robots": False})


async def play(group: list[Case], root) -> list[tuple[str, Fetched]]:
    """Ask all cases of a group in one round: the site's address and the result of each."""
    async with Site({case.path: case.serve for case in group}, robots=ROBOTS) as site:
        portal = Portal(
            id="hostile", name="恶意站", front_pages=(f"{site.base}/",), allow_private_addresses=True
        )
        with Writer(root, portal="hostile", run_id="r") as writer:
            results = await fetch(
                [Target(portal="hostile", url=site.base + case.path) for case in group],
                portal,
                limits=IMPATIENT if group is HANGING else LIMITS,
                user_agent="newsduck/test (+mailto:crawler@newsduck.example)",
                clock=lambda: datetime.now(UTC),
                keep=writer.write,
                pace_dir=root,
            )
        return [(site.base, one) for one in results]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("archive")


@pytest.fixture(scope="module")
def played(root):
    return [result for group in GROUPS for result in asyncio.run(play(group, root))]


def test_each_address_has_one_outcome(played):
    assert [one.target.url for _, one in played] == [
        base + case.path for (base, _), case in zip(played, CASES, strict=True)
    ]
    assert max(Counter(one.outcome.url for _, one in played).values()) == 1


@pytest.mark.parametrize("place", range(len(CASES)), ids=[case.path for case in CASES])
def test_the_outcome_is_the_right_one(played, root, place):
    case, (base, result) = CASES[place], played[place]
    assert (result.outcome.disposition, result.outcome.detail) == (case.disposition, result.outcome.detail)
    assert case.detail in (result.outcome.detail or "")
    assert (result.ref is not None) == (case.body is not None)
    if result.ref is not None:
        page = read(root, result.ref)
        assert page.body == case.body
        assert page.final_url == base + (case.leads_to or case.path)


@pytest.mark.parametrize("place", range(len(CASES)), ids=[case.path for case in CASES])
def test_whatever_answered_is_in_the_archive(played, root, place):
    case, (base, result) = CASES[place], played[place]
    outcome = result.outcome
    assert (outcome.archive_file is not None) == case.is_answered
    if outcome.archive_file is None:
        return
    ref = PageRef(
        portal=outcome.portal,
        url=outcome.url,
        archive_file=outcome.archive_file,
        archive_offset=outcome.archive_offset,
    )
    page = read(root, ref)
    assert (page.url, page.truncated) == (base + case.path, case.cut)
    assert len(page.body) <= (CUT if case.cut else CAP)


def test_of_a_bomb_no_more_is_kept_than_the_limit_says(played, root):
    paths = ["/gzip-bomb", "/br-bomb", "/bomb-in-bomb"]
    bombs = [one.outcome for _, one in played if one.outcome.url.endswith(tuple(paths))]
    refs = [
        PageRef(
            portal=one.portal, url=one.url, archive_file=one.archive_file, archive_offset=one.archive_offset
        )
        for one in bombs
    ]
    assert [read(root, ref).body for ref in refs] == [bytes(CUT)] * 3


def test_other_tools_read_all_of_it_and_find_the_digests_right(played, root):
    del played
    cut = Counter()
    for path in root.rglob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                body = record.content_stream().read()
                reason = record.rec_headers.get_header("WARC-Truncated")
                cut[reason] += record.rec_type == "response"
                assert reason is None or len(body) <= CUT
        with path.open("rb") as file:
            for record in FastIterator(file, parse_http=False):
                assert record.verify_block_digest(consume=False)
                record.parse_http()
                if record.record_type == WarcRecordType.response:
                    assert record.verify_payload_digest()
    assert {reason for reason, records in cut.items() if records} == {None, *get_args(Truncation)}


def test_robots_txt_and_every_try_are_in_the_archive_and_are_no_pages(played, root):
    records = Counter()
    for path in root.rglob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response":
                    uri = urlsplit(record.rec_headers.get_header("WARC-Target-URI"))
                    records[uri.path, record.http_headers.get_statuscode()] += 1
    assert records["/robots.txt", "200"] == len(GROUPS) - 1  # the impatient group does not ask
    assert records["/better-the-third-time", "503"] == 2
    assert records["/half", "200"] == 1 + LIMITS.retries
    assert records["/ping", "302"] == records["/pong", "302"] == 2  # each is a case of its own, and leads on
    pages = list(scan_files(root.rglob("*.warc.gz")))
    assert [page.url for page in pages if "robots" in page.url] == []
    assert {page.truncated for page in pages} == {None, *get_args(Truncation)}
    del played
