"""A site that does everything wrong: each address ends in exactly one outcome, and in the right one."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest
from hostile.cases import CAP, CASES, GROUPS, HANGING, Case
from hostile.site import Site, answer

from newsduck.archive import Writer, read
from newsduck.fetch import fetch
from newsduck.items import Fetched, Target
from newsduck.portals import Portal
from newsduck.settings import FetchLimits

ROBOTS = answer(b"User-agent: *\nDisallow: /forbidden/\n", content_type="text/plain")
LIMITS = FetchLimits(min_interval=0, concurrency=60, deadline=60, max_bytes=CAP, retry_wait=0.01, rest=0.01)

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
