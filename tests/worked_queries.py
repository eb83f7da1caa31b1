"""docs/queries.md: its questions, and what the sample's first three hours answer.

`python tests/worked_queries.py data` writes the answers anew, from what three runs of the sample left there.
"""

import re
import sys
from pathlib import Path

from readme_session import answered

from newsduck.settings import Settings

PAGE = Path(__file__).parent.parent / "docs" / "queries.md"
_STEP = re.compile(r"```sql\n(?P<query>.*?)```\n(?:\n```text\n(?P<answer>.*?)```\n)?", re.DOTALL)


def questions() -> list[tuple[str, str]]:
    """Each query of the page and the answer printed below it."""
    return [(step["query"], step["answer"] or "") for step in _STEP.finditer(PAGE.read_text("utf-8"))]


def rewritten(settings: Settings) -> str:
    """The page with the answers that these data give."""
    return _STEP.sub(
        lambda step: f"```sql\n{step['query']}```\n\n```text\n{answered(settings, step['query'])}```\n",
        PAGE.read_text("utf-8"),
    )


if __name__ == "__main__":
    PAGE.write_text(rewritten(Settings(data_dir=Path(sys.argv[1]))), "utf-8")
