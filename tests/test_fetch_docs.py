"""docs/fetching.md tells each limit with its default."""

import re
from pathlib import Path

from newsduck.settings import FetchLimits

DOCUMENT = Path(__file__).parent.parent / "docs" / "fetching.md"


def test_each_limit_stands_in_the_table_with_its_default():
    limits = DOCUMENT.read_text("utf-8").partition("## Limits")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", limits, re.MULTILINE))
    assert told == {name: str(info.default) for name, info in FetchLimits.model_fields.items()}
