"""Pages of our own in the shapes of real ones, field by field (`tests/shapes/<case>/`).

`case.json` names the file, its content type, address and time of fetching, and under `expected` what is read:
of the article only the fields that the case is about.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest

from newsduck.items import Page
from newsduck.parse import as_json, parse

SHAPES = Path(__file__).parent / "shapes"
CASES = {path.parent.name: json.loads(path.read_text("utf-8")) for path in sorted(SHAPES.glob("*/case.json"))}


def fields():
    """Every case with every field that it expects."""
    for name, case in CASES.items():
        for field, value in case["expected"].items():
            if field == "article" and value is not None:
                yield from ((name, f"article.{part}") for part in value)
            else:
                yield name, field


@pytest.fixture(scope="module")
def readings():
    """All cases, read once."""
    found = {}
    for name, case in CASES.items():
        page = Page(
            portal="shapes",
            url=case["url"],
            final_url=case["url"],
            status=200,
            headers=(("Content-Type", case["content_type"]),),
            body=(SHAPES / name / case["file"]).read_bytes(),
            fetched_at=datetime.fromisoformat(case["fetched_at"]),
        )
        parsed = parse(page)
        found[name] = as_json(parsed) | {"charset": parsed.charset}
    return found


@pytest.mark.parametrize(("case", "field"), list(fields()))
def test_a_field_is_read(readings, case, field):
    found, wanted = readings[case], CASES[case]["expected"]
    for key in field.split("."):
        assert found is not None, "there is no article"
        found, wanted = found[key], wanted[key]
    if field == "headlines":
        found = [{key: entry[key] for key in wanted[0]} for entry in found]
    assert found == wanted
