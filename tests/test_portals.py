"""The portals that come with newsduck: what their patterns match, shown on real addresses of each site."""

import re
import tomllib
from pathlib import Path

import pytest

from newsduck.portals import BUILT_IN, Portal, Rule, load_portals
from newsduck.settings import FetchLimits

PORTALS = load_portals()

ADDRESSES = tomllib.loads((Path(__file__).parent / "portals" / "addresses.toml").read_text("utf-8"))


def pairs(kind):
    return [(name, url) for name, table in ADDRESSES.items() for url in table[kind]]


def test_every_portal_is_shown_on_three_addresses_at_least():
    assert sorted(ADDRESSES) == sorted(PORTALS)
    assert len(PORTALS) >= 20
    assert all(len(table["stories"]) >= 3 and table["others"] for table in ADDRESSES.values())


@pytest.mark.parametrize(("name", "url"), pairs("stories"))
def test_a_story_s_address_is_known(name, url):
    assert PORTALS[name].is_story(url)
    assert PORTALS[name].in_scope(url)


@pytest.mark.parametrize(("name", "url"), pairs("others"))
def test_the_address_of_a_channel_or_a_tool_is_no_story(name, url):
    assert not PORTALS[name].is_story(url)


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_pattern_has_an_address_that_needs_it(name):
    stories = ADDRESSES[name]["stories"]
    needless = [p for p in PORTALS[name].article_urls if not any(re.search(p, url) for url in stories)]
    assert not needless, f"no address in the table is matched by {needless}"


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_front_page_is_no_story(name):
    assert not [url for url in PORTALS[name].front_pages if PORTALS[name].is_story(url)]


@pytest.mark.parametrize("name", [name for name in PORTALS if PORTALS[name].article_id])
def test_an_id_is_found_in_a_story_s_address(name):
    portal = PORTALS[name]
    found = [re.search(portal.article_id or "", url) for url in ADDRESSES[name]["stories"]]
    ids = [match[1] for match in found if match]
    assert ids
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", [name for name in PORTALS if not PORTALS[name].enabled])
def test_a_portal_that_is_off_says_why(name):
    text = (BUILT_IN / f"{name}.toml").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("enabled"))
    assert len(line.partition("#")[2]) > 20
    assert tomllib.loads(text)["enabled"] is False


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_is_asked_in_haste(name):
    portal = PORTALS[name]
    assert portal.fetch.get("min_interval", 1.0) >= 1.0
    assert portal.max_pages <= 200


@pytest.mark.parametrize("name", ADDRESSES)
def test_hosts_that_are_the_same_belong_to_the_portal(name):
    portal = PORTALS[name]
    for alias, host in portal.same_hosts.items():
        assert alias != host
        assert portal.in_scope(f"https://{host}/")


GUIDE = (Path(__file__).parent.parent / "docs" / "add-a-portal.md").read_text("utf-8")


def documented(heading):
    """The rows of the table under a heading of the guide: key → default as written."""
    table = GUIDE.split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0]
    return {
        key: default.strip("`")
        for key, default in re.findall(r"^\| `(\w+)` \| (\S*) ?\|", table, re.MULTILINE)
    }


def written(default):
    """A model's default as the guide writes it."""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, str):
        return f'"{default}"'
    return {None: "none", (): "[]"}.get(default, str(default)) if not isinstance(default, dict) else "{}"


@pytest.mark.parametrize(
    ("heading", "model"),
    [("## All keys", Portal), ("### `[[rules]]`", Rule), ("### `[fetch]`", FetchLimits)],
)
def test_the_guide_names_every_key_with_its_default(heading, model):
    fields = {
        name: "" if info.is_required() else written(info.default) for name, info in model.model_fields.items()
    }
    assert documented(heading) == fields


def test_the_guide_s_portal_is_one():
    first, rules = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    portal = Portal(**tomllib.loads(f"{first.partition('[same_hosts]')[0]}{rules}"))
    assert portal.is_story("http://www.pond.example/xiangcun/20260302.html")
    assert [rule.title for rule in portal.rules] == ["div.da-biaoti", "td.bt"]
