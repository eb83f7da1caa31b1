"""`newsduck sql`, `runs` and `publish`: ask what is there."""

import argparse
import csv
import json
import sys
from datetime import datetime
from io import TextIOBase
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from newsduck import warehouse
from newsduck.errors import UsageError
from newsduck.settings import load_settings

PIPED_WIDTH = 10_000
"""Columns of a table that no person looks at: nothing may be cut there."""


def sql(arguments: argparse.Namespace) -> int:
    """Print what the published database says, or write it to a file."""
    settings = load_settings(data_dir=arguments.data_dir)
    text = sys.stdin.read() if arguments.query == "-" else arguments.query
    if arguments.format == "parquet":
        if arguments.output is None:
            raise UsageError("Parquet needs a file: add --output FILE.parquet")
        warehouse.export(settings, text, arguments.output)
        return 0
    answer = warehouse.query(settings, text)
    if arguments.output is None:
        _write(answer, arguments.format, sys.stdout)
    else:
        with arguments.output.open("w", encoding="utf-8", newline="") as out:
            _write(answer, arguments.format, out)
    return 0


def _write(answer: warehouse.Answer, kind: str, out: TextIO) -> None:
    """An answer as a table for people, as CSV with a header, or as one JSON object a row."""
    if kind == "csv":
        writer = csv.writer(out)
        writer.writerow(answer.columns)
        writer.writerows(map(_machine_readable, row) for row in answer.rows)
    elif kind == "json":
        for row in answer.rows:
            values = dict(zip(answer.columns, map(_in_json, row), strict=True))
            out.write(json.dumps(values, ensure_ascii=False, default=str) + "\n")
    else:
        _print_table(answer, out)


def _print_table(answer: warehouse.Answer, out: TextIO) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    numeric = [
        kind.startswith(("INT", "BIGINT", "DOUBLE", "DECIMAL", "HUGEINT", "NUMBER")) for kind in answer.types
    ]
    for name, is_number in zip(answer.columns, numeric, strict=True):
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(_plain(value) for value in row))
    width = None if isinstance(out, TextIOBase) and out.isatty() else PIPED_WIDTH
    Console(file=out, width=width, highlight=False, markup=False, emoji=False).print(table)


def _plain(value: Any) -> str:
    """A value as people read it: no `None`, no microseconds of nothing, lists joined."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="milliseconds" if value.microsecond else "seconds")
    if isinstance(value, list):
        return "、".join(map(_plain, value))
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _in_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _machine_readable(value: Any) -> Any:
    """A value in a CSV cell: full precision, ISO times, lists as JSON."""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list) else _in_json(value)


def publish(arguments: argparse.Namespace) -> int:
    """Publish a read copy of the warehouse now, and say where it is."""
    sys.stdout.write(f"{warehouse.publish(load_settings(data_dir=arguments.data_dir))}\n")
    return 0


def runs(arguments: argparse.Namespace) -> int:
    """Print the last runs, the newest first."""
    settings = load_settings(data_dir=arguments.data_dir)
    statement = f"from runs order by started_at desc limit {int(arguments.limit)}"
    _print_table(warehouse.query(settings, statement), sys.stdout)
    return 0
