"""The README's session: its queries, and what they answer after the sample's first three hours.

`python tests/readme_session.py data` writes the answers anew, from what `make run` left there.
"""

import re
import sys
from io import StringIO
from pathlib import Path

from newsduck import warehouse
from newsduck.cli.asking import _print_table
from newsduck.settings import Settings

README = Path(__file__).parent.parent / "README.md"
_STEP = re.compile(r"```sql\n(?P<query>.*?)```\n(?:\n```text\n(?P<answer>.*?)```\n)?", re.DOTALL)


def steps() -> list[tuple[str, str]]:
    """Each query of the session and the answer printed below it."""
    return [(step["query"], step["answer"] or "") for step in _STEP.finditer(README.read_text("utf-8"))]


def answered(settings: Settings, query: str) -> str:
    """What `newsduck sql` prints for a query, without blanks at the ends of lines."""
    out = StringIO()
    _print_table(warehouse.query(settings, query), out)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    return "\n".join(line for line in lines if line) + "\n"


def rewritten(settings: Settings) -> str:
    """The README with the answers that these data give."""
    return _STEP.sub(
        lambda step: f"```sql\n{step['query']}```\n\n```text\n{answered(settings, step['query'])}```\n",
        README.read_text("utf-8"),
    )


if __name__ == "__main__":
    README.write_text(rewritten(Settings(data_dir=Path(sys.argv[1]))), "utf-8")
