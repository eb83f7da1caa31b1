"""The command line. Data goes to stdout, everything else to stderr; exit 0 done, 1 failed, 2 wrong use.

Each command lives in a module beside this one, imported when it is called: `--help` is instant.
"""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from newsduck import __version__
from newsduck.errors import NewsduckError, UsageError

LAST_PORT = 65_535


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    arguments = _parser().parse_args(argv)
    _listen(arguments)
    module, function = arguments.command
    try:
        return int(getattr(import_module(module), function)(arguments) or 0)
    except UsageError as error:
        return _complain(error, code=2)
    except NewsduckError as error:
        return _complain(error, code=1)
    except KeyboardInterrupt:
        return _complain("stopped by you", code=130)
    except BrokenPipeError:  # `newsduck sql … | head`: the reader has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        logging.getLogger(__name__).debug("%s", error, exc_info=True)
        return _complain(f"{error.filename or 'the system'}: {error.strerror or error}", code=1)


def _complain(message: object, *, code: int) -> int:
    sys.stderr.write(f"newsduck: {message}\n")
    return code


def _listen(arguments: argparse.Namespace) -> None:
    """Our own log lines to stderr as loud as was asked; other libraries' warnings only."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    level = logging.WARNING if arguments.quiet else logging.DEBUG if arguments.verbose else logging.INFO
    logging.getLogger("newsduck").setLevel(level)


def moment(text: str) -> datetime:
    """An ISO-8601 time; without a zone it is Asia/Shanghai's."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no ISO time; write one like 2026-03-02T08:05+08:00"
        ) from error
    if at.tzinfo is None:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - only where it is needed: start-up time

        at = at.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return at


def _at_least_one(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def _port(text: str) -> int:
    """A TCP port to listen on."""
    number = _at_least_one(text)
    if number > LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is no port; the last one is {LAST_PORT}")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsduck", description="Reads news portals every hour and answers in SQL."
    )
    parser.add_argument("--version", action="version", version=f"newsduck {__version__}")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where warehouse and archive live")
    parser.add_argument("--portals-dir", type=Path, metavar="DIR", help="your own portal files")
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="warnings only")
    loudness.add_argument("-v", "--verbose", action="store_true", help="every step")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_running(commands)
    _add_reading(commands)
    _add_asking(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse names it nowhere else


def _command(commands: Commands, path: str, summary: str, *, name: str = "") -> argparse.ArgumentParser:
    """A sub-command whose work `path` (`module.function`) does."""
    module, _, function = path.rpartition(".")
    parser: argparse.ArgumentParser = commands.add_parser(
        name or function, help=summary, description=summary[0].upper() + summary[1:] + "."
    )
    parser.set_defaults(command=(f"newsduck.cli.{module}", function))
    return parser


def _add_running(commands: Commands) -> None:
    run = _command(commands, "running.run", "one ingest run through the Prefect flow")
    run.add_argument("portals", nargs="*", metavar="PORTAL", help="ids (none: all enabled), or `sample`")
    run.add_argument("--as-of", type=moment, metavar="ISO", help="the run's clock")
    run.add_argument("--rounds", type=_at_least_one, metavar="N", help="at most N rounds (1: front pages)")
    replay = _command(commands, "running.replay", "parse archived pages again and load what changed")
    replay.add_argument("--since", type=moment, metavar="ISO", help="pages fetched at or after")
    replay.add_argument("--until", type=moment, metavar="ISO", help="pages fetched before")
    replay.add_argument("--portal", metavar="ID", help="one portal's pages")
    replay.add_argument("--warc", nargs="+", type=Path, metavar="FILE", help="foreign WARC files")
    serve = _command(commands, "running.serve", "Prefect server, UI and hourly schedule, until stopped")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument("--port", type=_port, default=4200, help="port to listen on (%(default)s)")
    _command(commands, "running.prune", "remove archive files beyond the retention settings")


def _add_reading(commands: Commands) -> None:
    parse = _command(commands, "reading.parse", "one stored page, or a manifest of them, as JSON")
    parse.add_argument("file", nargs="?", metavar="FILE", help="a stored page; - for standard input")
    parse.add_argument("--url", help="the page's address")
    parse.add_argument("--fetched-at", type=moment, metavar="ISO", help="when it was fetched (now)")
    parse.add_argument("--content-type", metavar="T", help="its Content-Type header")
    parse.add_argument("--manifest", type=Path, metavar="M.jsonl", help="id, file, url … a JSON line each")
    portals = _command(commands, "reading.portals", "list the portals, or try one")
    portals.add_argument("action", nargs="?", choices=["list", "check"], default="list")
    portals.add_argument("id", nargs="?", metavar="ID", help="the portal to check")


def _add_asking(commands: Commands) -> None:
    sql = _command(commands, "asking.sql", "ask the published database")
    sql.add_argument("query", metavar="SQL", help="the query; - reads it from standard input")
    sql.add_argument("--format", choices=["table", "csv", "json", "parquet"], default="table")
    sql.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to stdout")
    _command(commands, "asking.publish", "publish a read copy of the warehouse now")
    runs = _command(commands, "asking.runs", "the last runs")
    runs.add_argument("--limit", type=_at_least_one, default=20, metavar="N", help="how many (%(default)s)")
    _command(commands, "doctor.doctor", "what is wrong with this installation")
