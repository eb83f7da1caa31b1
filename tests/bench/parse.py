"""Reading pages: CPU a page beside other tools, all in one run; and how right it is on a labelled corpus.

`python tests/bench/parse.py [CORPUS] [--rounds 3] [--every 1] [--score SCORE.py]`

CORPUS is a folder with `manifest.jsonl` (id, kind, file, url, content_type, fetched_at) and `gold/`; without
one, the pages of `tests/shapes` are read. Every contender reads the same page in turn, its quickest round
counts, and ratios are those of the sums: a busy machine slows all of them alike. With `--score`, that program
is given the gold folder and our predictions.
"""

# ruff: noqa: T201 - it prints
import argparse
import contextlib
import gc
import importlib
import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from lxml import etree

from newsduck import compiled
from newsduck.decode import decode
from newsduck.items import Page
from newsduck.parse import as_json, parse

SHAPES = Path(__file__).parent.parent / "shapes"
OURS = "newsduck"


def stored(told: dict[str, Any], body: bytes) -> Page:
    """A page as it was served."""
    return Page(
        portal="bench",
        url=told["url"],
        final_url=told["url"],
        status=200,
        headers=(("Content-Type", told["content_type"]),),
        body=body,
        fetched_at=datetime.fromisoformat(told["fetched_at"]),
    )


def pages(corpus: Path | None) -> list[tuple[dict[str, Any], Page]]:
    """The pages of a corpus, or our own."""
    if corpus is None:
        cases = [(path, json.loads(path.read_text("utf-8"))) for path in sorted(SHAPES.glob("*/case.json"))]
        return [
            (
                case | {"id": path.parent.name, "kind": "article"},
                stored(case, (path.parent / case["file"]).read_bytes()),
            )
            for path, case in cases
        ]
    rows = [json.loads(line) for line in (corpus / "manifest.jsonl").read_text("utf-8").splitlines()]
    return [(row, stored(row, (corpus / row["file"]).read_bytes())) for row in rows]


def contenders() -> dict[str, Callable[[Page, str], object]]:
    """What each tool does with a page and its text; tools that are not installed are left out."""
    found: dict[str, Callable[[Page, str], object]] = {
        OURS: lambda page, _: parse(page),
        "lxml, bare parse": lambda _, text: etree.fromstring(text, etree.HTMLParser(huge_tree=True)),
        "bs4 over lxml, bare parse": lambda _, text: BeautifulSoup(text, "lxml"),
    }
    for name in ("gne", "trafilatura"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            print(f"left out: {name} is not installed")
            continue
        if name == "gne":
            extractor = module.GeneralNewsExtractor()
            found["gne"] = lambda _, text, extractor=extractor: extractor.extract(text)
        else:
            found["trafilatura"] = lambda _, text, module=module: module.bare_extraction(
                text, with_metadata=True
            )
    return found


def quickest(work: Callable[[Page, str], object], page: Page, text: str, rounds: int) -> float:
    """CPU seconds of the quickest round; a tool that fails has worked as well."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        with contextlib.suppress(Exception):  # other tools raise what they like
            work(page, text)
        best = min(best, time.process_time() - begun)
    return best


def compare(read: list[tuple[dict[str, Any], Page]], rounds: int) -> None:
    """Print a table of milliseconds a page, and how many times ours that is."""
    tools = contenders()
    sums = dict.fromkeys(tools, 0.0)
    for _, page in read:
        text = decode(page.body, page.header("content-type")).text
        for name, work in tools.items():
            sums[name] += quickest(work, page, text, rounds)
        gc.collect()
    size = sum(len(page.body) for _, page in read) / len(read) / 1000
    ours = "as machine code" if compiled.folder().is_dir() else "as Python"
    print(f"\n{len(read)} pages of {size:.0f} KB, the quickest of {rounds} rounds, CPU; {OURS} {ours}\n")
    print(f"{'tool':28}{'ms a page':>12}{'times ours':>12}{'times lxml':>12}")
    for name, seconds in sums.items():
        print(
            f"{name:28}{seconds / len(read) * 1000:12.2f}{seconds / sums[OURS]:12.2f}"
            f"{seconds / sums['lxml, bare parse']:12.2f}"
        )


def score(corpus: Path, read: list[tuple[dict[str, Any], Page]], program: Path) -> None:
    """Let a program compare what we read with the gold."""
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        lines = (json.dumps({"id": told["id"]} | as_json(parse(page))) for told, page in read)
        predictions.write_text("\n".join(lines), "utf-8")
        subprocess.run([sys.executable, program, corpus / "gold", predictions], check=True)


def main() -> None:
    """Compare, and score where a corpus and a program are given."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("corpus", type=Path, nargs="?")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--every", type=int, default=1, help="only every so many pages: other tools are slow")
    asked.add_argument("--score", type=Path, help="a program that takes the gold folder and predictions")
    given = asked.parse_args()
    warnings.simplefilter("ignore")
    read = pages(given.corpus)
    compare([one for one in read if one[0]["kind"] == "article"][:: given.every], given.rounds)
    if given.corpus is not None and given.score is not None:
        score(given.corpus, read, given.score)


if __name__ == "__main__":
    main()
