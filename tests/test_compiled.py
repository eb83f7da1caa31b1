"""The parser as machine code: of these very sources or out of sight, and reading what the Python reads."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsduck import compiled, compiling
from newsduck.parse import tree

PACKAGE = Path(compiled.__file__).parent
SHAPES = Path(__file__).parent / "shapes"


@pytest.fixture
def copy(tmp_path):
    """The package's sources without machine code, in a folder of their own."""
    shutil.copytree(PACKAGE, tmp_path / "newsduck", ignore=shutil.ignore_patterns("_compiled", "__pycache__"))
    return tmp_path


def run(copy, *arguments):
    """Python on the copied sources."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"PYTHONPATH": str(copy)},
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )


def test_machine_code_reads_what_the_python_reads(copy):
    if not compiled.folder().is_dir() and "CI" not in os.environ:
        pytest.skip("the parser is not compiled: python -m newsduck.compiling")
    assert compiling.missing() or Path(tree.__file__).suffix == ".so"
    cases = [
        (path.parent, json.loads(path.read_text("utf-8"))) for path in sorted(SHAPES.glob("*/case.json"))
    ]
    rows = [case | {"id": folder.name, "file": str(folder / case["file"])} for folder, case in cases]
    (copy / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    command = ("-m", "newsduck", "parse", "--manifest", str(copy / "manifest.jsonl"))
    as_python = run(copy, *command)
    as_machine_code = run(PACKAGE.parent, *command)
    assert as_python.returncode == 0, as_python.stderr
    assert as_python.stdout.count("\n") == len(rows)
    assert as_machine_code.stdout == as_python.stdout


def test_an_edited_source_puts_the_machine_code_out_of_sight(copy, monkeypatch):
    monkeypatch.setattr(compiled, "_HERE", copy / "newsduck")
    monkeypatch.setattr(compiled, "FOLDER", copy / "compiled")
    monkeypatch.setattr(sys, "path", [*sys.path])
    made = compiled.folder()
    made.mkdir(parents=True)
    compiled.put_first(found := ["sources"])
    assert found == [str(made / "newsduck" / "parse"), "sources"]
    source = copy / "newsduck" / "parse" / "lists" / "shapes.py"
    source.write_text(source.read_text("utf-8") + "\n", "utf-8")
    compiled.put_first(found := ["sources"])
    assert found == ["sources"]


def test_every_source_is_there_to_be_compiled():
    assert all(path.is_file() for path in compiled.sources())
    assert PACKAGE / "parse" / "lists" / "__init__.py" in compiled.sources()


def test_without_a_compiler_nothing_is_made_and_it_is_said(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "compiled")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert compiling.main() == 0
    assert "runs as Python" in capsys.readouterr().err
    assert not (tmp_path / "compiled").exists()


@pytest.mark.skipif(compiling.missing() is not None, reason=f"no compiler: {compiling.missing()}")
def test_a_source_that_does_not_compile_leaves_nothing_and_is_told(copy):
    source = copy / "newsduck" / "parse" / "tree.py"
    source.write_text("def broken(:\n", "utf-8")
    done = run(copy, "-m", "newsduck.compiling")
    assert done.returncode == 1
    assert "tree.py:1" in done.stderr
    assert list((copy / "newsduck" / "_compiled").iterdir()) == []
