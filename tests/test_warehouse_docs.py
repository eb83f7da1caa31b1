"""docs/fields.md says what the database says, in two languages."""

import re
from pathlib import Path

from newsduck.warehouse.fields import describe

PAGE = Path(__file__).parent.parent / "docs" / "fields.md"
HAN = re.compile("[\u4e00-\u9fff]")


def test_the_page_of_fields_is_what_the_database_says():
    written = PAGE.read_text("utf-8")
    assert written == describe(), "run `python -m newsduck.warehouse.fields > docs/fields.md`"


def test_every_table_view_macro_and_column_is_explained_in_both_languages():
    page = describe()
    told = [line for line in page.split("\n") if line.startswith("| `")]
    assert len(told) > 150
    for line in told:
        _, _, _, english, chinese, _ = (cell.strip() for cell in re.split(r"(?<!\\)\|", line))
        assert english, line
        assert HAN.search(chinese), line
    for name, said in re.findall(r"### (.+)\n\n(.+)", page):
        assert HAN.search(said), name
