"""Who may import whom, and how large things grow: the map of the code, held by tests."""

import ast
import statistics
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

REPO = Path(__file__).parent.parent
SOURCES = sorted([*REPO.glob("src/newsduck/**/*.py"), *REPO.glob("flows/**/*.py")])
WORLD = {
    "httpx": "newsduck.fetch",
    "warcio": "newsduck.archive",
    "bs4": "newsduck.parse",
    "lxml": "newsduck.parse",
    "duckdb": "newsduck.warehouse",
    "prefect": "flows",
}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(
        "newsduck", "flows", include_external_packages=True, exclude_type_checking_imports=True
    )


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def test_the_import_contracts_are_kept(capsys):
    configure()
    is_kept = lint_imports(str(REPO / "pyproject.toml"), cache_dir=None, no_logo=True)
    assert is_kept, capsys.readouterr().out


@pytest.mark.parametrize(("library", "room"), WORLD.items())
def test_a_world_library_is_imported_in_one_room_only(graph, library, room):
    importers = graph.find_modules_that_directly_import(library) if library in graph.modules else set()
    if library == "prefect":  # the command line asks flows, and only when a command needs them
        importers = {module for module in importers if not inside(module, "newsduck.cli")}
    assert importers, f"nobody imports {library}"
    assert [module for module in sorted(importers) if not inside(module, room)] == []


def test_only_the_command_line_knows_the_flows(graph):
    importers = {
        module
        for flow in graph.find_descendants("flows") | {"flows"}
        for module in graph.find_modules_that_directly_import(flow)
    }
    assert [m for m in sorted(importers) if not inside(m, "flows") and not inside(m, "newsduck.cli")] == []


def own_modules(graph) -> list[str]:
    return sorted(m for m in graph.modules if inside(m, "newsduck") or inside(m, "flows"))


def test_no_module_imports_itself_by_way_of_others(graph):
    imports = {
        module: {name for name in graph.find_modules_directly_imported_by(module) if name in graph.modules}
        for module in own_modules(graph)
    }
    sorter = TopologicalSorter({module: names & imports.keys() for module, names in imports.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def heavy_imports(path: Path) -> list[str]:
    """The world's libraries, and the flows, that a file imports as soon as it is imported."""
    names = []
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return [name for name in names if name.split(".")[0] in {*WORLD, "flows"}]


def test_the_command_line_answers_before_anything_heavy_is_imported():
    files = [path for path in SOURCES if "newsduck/cli" in path.as_posix()]
    assert files
    assert {path.name: heavy_imports(path) for path in files if heavy_imports(path)} == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(REPO).as_posix())
def test_a_file_stays_small_enough_to_be_read(path):
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 250


def functions(path: Path) -> list[tuple[str, int]]:
    """Each function's name and the lines of its body, without its docstring."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            is_told = ast.get_docstring(node, clean=False) is not None
            body = node.body[1:] if is_told else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            found.append((f"{path.relative_to(REPO)}:{node.name}", lines))
    return found


def test_functions_stay_short():
    lengths = dict(entry for path in SOURCES for entry in functions(path))
    assert {name: lines for name, lines in lengths.items() if lines > 25} == {}
    assert statistics.median(lengths.values()) <= 8


def test_names_say_what_a_module_does():
    vague = {"utils", "helpers", "common", "manager", "base"}
    assert [path for path in SOURCES if vague & set(path.relative_to(REPO).with_suffix("").parts)] == []


def is_silent(node: ast.stmt) -> bool:
    """Whether a statement defines something public without saying what it is."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    return not node.name.startswith("_") and ast.get_docstring(node) is None


def test_every_public_function_and_class_says_what_it_is():
    silent = [
        f"{path.relative_to(REPO)}:{node.name}"
        for path in SOURCES
        for node in ast.parse(path.read_text("utf-8")).body
        if is_silent(node)
    ]
    assert silent == []
