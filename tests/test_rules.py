"""A portal's rules, proven by stored pages: `tests/portals/<portal>/<case>/page.html` and `case.json`.

`case.json` has the page's `url` and `fetched_at`, and under `expected` what `newsduck parse` must print of
it: of each value as much as the case is about. A portal that does not come with newsduck has a `portal.toml`.
"""

import json
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from newsduck.items import Page
from newsduck.parse import as_json, parse
from newsduck.parse.document import read_document
from newsduck.parse.pruning import without
from newsduck.parse.rules import rule_for
from newsduck.portals import Portal, load_portals

STORED = Path(__file__).parent / "portals"
CASES = sorted(path.parent for path in STORED.glob("*/*/case.json"))
BUILT_IN = load_portals()
NOW = datetime.fromisoformat("2026-03-02T08:05:00+08:00")


def load(folder: Path) -> Portal:
    """The portal that is stored beside its cases, or the built-in one of that name."""
    path = folder / "portal.toml"
    return Portal(**tomllib.loads(path.read_text("utf-8"))) if path.exists() else BUILT_IN[folder.name]


def page(body: str | bytes, url="http://www.pond.example/", fetched_at=NOW) -> Page:
    return Page(
        portal="pond",
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=body if isinstance(body, bytes) else body.encode("utf-8"),
        fetched_at=fetched_at,
    )


def read(case: Path, portal: Portal | None):
    told = json.loads((case / "case.json").read_text("utf-8"))
    stored = page((case / "page.html").read_bytes(), told["url"], datetime.fromisoformat(told["fetched_at"]))
    return as_json(parse(stored, portal)), told["expected"]


def part(found, expected):
    """As much of a value as is expected of it."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {key: part(found.get(key), value) for key, value in expected.items()}
    if isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        return [part(one, other) for one, other in zip(found, expected, strict=True)]
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_a_stored_page_is_read_as_its_case_says(case):
    found, expected = read(case, load(case.parent))
    assert part(found, expected) == expected


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.name != "front"],
    ids=lambda case: f"{case.parent.name}-{case.name}",
)
def test_the_page_needs_its_rule(case):
    bare = load(case.parent).model_copy(update={"rules": ()})
    found, expected = read(case, bare)
    assert part(found, expected) != expected


def rules_that_are_shown(name):
    """The rules of a built-in portal that speak of one of its stored pages."""
    told = [json.loads((c / "case.json").read_text("utf-8")) for c in CASES if c.parent.name == name]
    documents = [
        read_document(
            "", url=t["url"], fetched_at=datetime.fromisoformat(t["fetched_at"]), portal=BUILT_IN[name]
        )
        for t in told
    ]
    return {rule_for(document) for document in documents}


def test_every_rule_of_a_built_in_portal_is_proven_by_a_stored_page():
    for name, built_in in BUILT_IN.items():
        assert rules_that_are_shown(name) >= set(built_in.rules), name


def portal(*rules: dict) -> Portal:
    return Portal(id="pond", name="池塘晚报", front_pages=("http://www.pond.example/",), rules=rules)


STORY = """<html><body><h1>渡口换了新船</h1><p>2026-03-02 07:10 来源：池塘晚报</p><div class="text">
<p>新船是上个星期到的，铁壳，带一台柴油机，能坐二十四个人，也能载两辆摩托。</p>
<p>老船工本来说好月底就走。船到的那天，他绕着船走了三圈，说他再留一个月。</p>
<p>留下来的一个月里，他教会了两个年轻人看水色：发白的是浅滩，发绿的是深槽。</p></div></body></html>"""


def test_a_selector_that_finds_nothing_leaves_the_general_reading_and_says_so():
    general = parse(page(STORY))
    found = parse(page(STORY), portal({"title": "h1.gone", "headlines": "li.gone"}))
    assert found.article == general.article
    assert found.headlines == general.headlines
    assert [problem.partition(",")[0] for problem in found.problems] == [
        "the rule for title",
        "the rule for headlines",
    ]
    assert "'h1.gone'" in found.problems[0]


def test_a_time_that_cannot_be_read_is_a_problem_and_no_value():
    found = parse(page(STORY), portal({"published_at": "h1"}))
    assert found.article is not None
    assert found.article.published_raw == "2026-03-02 07:10"
    assert any("published_at" in problem for problem in found.problems)


def test_a_wrong_selector_names_itself():
    with pytest.raises(ValidationError, match=r"'h1\[' is no CSS selector"):
        portal({"title": "h1["})


@pytest.mark.parametrize(
    ("url", "day", "title"),
    [
        ("http://www.pond.example/a", "2026-03-02", "now"),
        ("http://www.pond.example/a", "2025-12-31", "second"),
        ("http://www.pond.example/a", "2024-05-01", "first"),
        ("http://www.pond.example/a", "2024-05-02", "second"),
        ("http://www.pond.example/roll/", "2026-03-02", "roll"),
        ("http://www.pond.example/roll/", "2024-04-30", "first"),
    ],
)
def test_the_rule_of_the_day_and_the_address_is_taken(url, day, title):
    rules = (
        {"match": "/roll/", "title": "roll"},
        {"title": "now"},
        {"valid_until": "2025-12-31", "title": "second"},
        {"valid_until": "2024-05-01", "title": "first"},
    )
    document = read_document(
        "", url=url, fetched_at=datetime.fromisoformat(f"{day}T23:59:00+08:00"), portal=portal(*rules)
    )
    assert rule_for(document).title == title


def test_the_day_is_that_of_the_portal_s_zone():
    late = datetime.fromisoformat("2025-12-31T17:00:00+00:00")
    rules = ({"valid_until": "2025-12-31", "title": "old"}, {"title": "new"})
    document = read_document("", url="http://www.pond.example/", fetched_at=late, portal=portal(*rules))
    assert rule_for(document).title == "new", "it is the first of January there"


def test_a_tree_without_some_elements_is_a_tree():
    markup = "<div><p>一<b>二</b>三</p><ul><li>四</li></ul><p>五<a href='/x'>六</a></p></div>"
    markup += "<script>7</script>"
    tree = read_document(markup, url="http://www.pond.example/", fetched_at=NOW).tree
    pruned = without(tree, [node for node in tree.nodes if node.tag in {"b", "ul"}])
    assert [block.text for block in pruned.blocks] == ["一三", "五六"]
    assert [block.text for block in tree.blocks] == ["一二三", "四", "五六"], "the old one is as it was"
    assert [node.index for node in pruned.nodes] == list(range(len(pruned.nodes)))
    assert [block.index for block in pruned.blocks] == [0, 1]
    assert pruned.blocks[1].link_chars == 1
    (div,) = [node for node in pruned.nodes if node.tag == "div"]
    assert pruned.blocks_in(div) == pruned.blocks
    assert pruned.text(div) == "一三 五六"
    assert {node.tag for node in pruned.descendants(div)} == {"p", "a"}
    assert len(pruned.scripts) == len(tree.scripts) == 1
