"""What the documents say is what the program has: settings, commands, versions, licence.

`python tests/test_docs.py` writes the tables of docs/settings.md anew.
"""

import argparse
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from newsduck import __version__, cli, warehouse
from newsduck.sample import EPOCH
from newsduck.settings import FetchLimits, Settings

REPO = Path(__file__).parent.parent
SETTINGS = REPO / "docs" / "settings.md"
README = REPO / "README.md"


def table(model: type[BaseModel], prefix: str) -> str:
    """A Markdown table of a model's fields: name, variable, default, meaning."""
    rows = ["| setting | environment | default | meaning |", "|---|---|---|---|"]
    for name, info in model.model_fields.items():
        if not isinstance(info.annotation, type) or not issubclass(info.annotation, BaseModel):
            default = "none" if info.default is None else f"`{str(info.default) or '(empty)'}`"
            rows.append(f"| `{name}` | `{prefix}{name.upper()}` | {default} | {info.description} |")
    return "\n".join(rows)


def tables() -> dict[str, str]:
    """Heading in docs/settings.md → the table beneath it."""
    return {
        "## Of an installation": table(Settings, "NEWSDUCK_"),
        "## Of fetching": table(FetchLimits, "NEWSDUCK_FETCH__"),
    }


def with_tables(text: str) -> str:
    """The document with its tables as the models have them."""
    for heading, rows in tables().items():
        text = re.sub(
            rf"({heading}\n.*?\n)\|.*?\n(?=\n|\Z)", lambda m, r=rows: f"{m[1]}{r}\n", text, flags=re.DOTALL
        )
    return text


def test_every_setting_is_documented_with_its_default():
    text = SETTINGS.read_text("utf-8")
    for heading, rows in tables().items():
        assert heading in text
        for row in rows.splitlines():
            assert row in text, "run `python tests/test_docs.py`"
    assert with_tables(text) == text


def test_every_setting_says_what_it_means():
    for model in (Settings, FetchLimits):
        assert [name for name, info in model.model_fields.items() if not info.description] == []


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """An installation whose warehouse has all its tables, and nothing in them."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    with warehouse.lock(settings):
        warehouse.frontier(settings, [], EPOCH)
        warehouse.publish(settings)
    return settings


def queries() -> list[str]:
    """Every statement of the session in the README."""
    blocks = re.findall(r"```sql\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    return [query.strip() for block in blocks for query in block.split(";") if query.strip()]


@pytest.mark.parametrize("query", queries())
def test_the_queries_of_the_readme_are_answered(published, query):
    assert warehouse.query(published, query) is not None


def commands() -> dict[str, argparse.ArgumentParser]:
    """Name → parser of each command."""
    (choices,) = (
        action.choices for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    return dict(choices)


@pytest.mark.parametrize("name", commands())
def test_every_command_stands_in_the_readme(name):
    assert f"newsduck {name}" in README.read_text("utf-8")


def test_the_readme_names_no_command_that_is_not_there():
    named = set(re.findall(r"`newsduck (\w+)", README.read_text("utf-8")))
    assert named - set(commands()) == set()


@pytest.mark.parametrize("document", [README, *sorted(REPO.glob("docs/*.md"))], ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text("utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


def test_the_version_is_the_same_everywhere():
    assert f'version = "{__version__}"' in (REPO / "pyproject.toml").read_text("utf-8")
    assert f"## [{__version__}]" in (REPO / "CHANGELOG.md").read_text("utf-8")


def test_the_changelog_keeps_its_form():
    text = (REPO / "CHANGELOG.md").read_text("utf-8")
    assert text.startswith("# Changelog")
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_licence_is_apache_2():
    text = (REPO / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


if __name__ == "__main__":
    SETTINGS.write_text(with_tables(SETTINGS.read_text("utf-8")), "utf-8")
