"""`newsduck run`, `replay`, `serve` and `prune`: the commands that change something."""

import argparse
import shlex
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from newsduck.items import Outcome
from newsduck.settings import Settings, load_settings

SAMPLE_HOURS = 3
"""What a first run of the sample reads, so that the tables have a history to show."""
TO_TRY = (
    "select title, published_at, source from articles order by published_at desc limit 5",
    "select title, original_title, copy_rule, copy_similarity from copies",
    "select list_url, section, text, on_at, off_at from headline_history('望江二桥')",
)


def run(arguments: argparse.Namespace) -> int:
    """One ingest run; the sample on an empty warehouse is read for three hours in one go."""
    from flows.running import orchestrated, run_ingest  # noqa: PLC0415 - Prefect comes with it

    settings = _settings(arguments)
    is_sample = arguments.portals == ["sample"]
    clocks = _first_hours(settings) if is_sample and arguments.as_of is None else [arguments.as_of]
    reports = []
    with orchestrated(settings), _progress(arguments) as hear:
        for as_of in clocks:
            report = run_ingest(
                settings,
                arguments.portals,
                as_of=as_of,
                rounds=arguments.rounds,
                trigger="sample" if is_sample else "manual",
                on_outcome=hear,
            )
            _tell(f"{report.started_at:%Y-%m-%d %H:%M} {report.message}")
            reports.append(report)
    _summarise(settings, reports, is_sample=is_sample)
    return 1 if any(report.status == "failed" for report in reports) else 0


def _settings(arguments: argparse.Namespace) -> Settings:
    return load_settings(data_dir=arguments.data_dir, portals_dir=arguments.portals_dir)


def _first_hours(settings: Settings) -> Sequence[datetime | None]:
    """The sample's first hours on an empty warehouse; later the flow knows which hour it is there."""
    from newsduck.sample import EPOCH  # noqa: PLC0415 - only its own runs pay for it

    if settings.warehouse_path.exists():
        return [None]
    return [EPOCH + timedelta(hours=hour) for hour in range(SAMPLE_HOURS)]


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


@contextmanager
def _progress(arguments: argparse.Namespace) -> Iterator[Callable[[Outcome], None] | None]:
    """On a terminal a line a portal that counts its addresses; elsewhere the log says it."""
    console = Console(stderr=True)
    if arguments.quiet or not console.is_terminal:
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bars: dict[str, Any] = {}
        counts: dict[str, Counter[str]] = {}

        def hear(outcome: Outcome) -> None:
            name = outcome.portal
            bars.setdefault(name, progress.add_task(name) if name not in bars else None)
            counted = counts.setdefault(name, Counter())
            counted[outcome.disposition] += 1
            told = ", ".join(f"{many} {kind}" for kind, many in counted.most_common())
            progress.update(bars[name], description=f"{name:16} {counted.total():4} addresses: {told}")

        yield hear


def _summarise(settings: Settings, reports: Sequence[Any], *, is_sample: bool) -> None:
    """What the runs brought, where it is, and what to try next."""

    def total(name: str) -> int:
        return sum(getattr(report, name) for report in reports)

    portals = {row["portal"] for report in reports for row in report.by_portal}
    sys.stdout.write(
        f"\nruns       {len(reports)}: {len(portals)} portals, {total('addresses')} pages\n"
        f"articles   {total('articles_new')} new, {total('articles_changed')} changed, "
        f"{total('copies')} copies\n"
        f"headlines  {total('headlines_new')} new, {total('headlines_seen')} seen\n"
        f"seconds    {sum(report.seconds for report in reports):.1f}\n"
        f"data       {settings.published_path}\n"
    )
    if is_sample and settings.published_path.exists():
        sys.stdout.write("\nTry next:\n")
        sys.stdout.writelines(f'  {_command(settings)} sql "{query}"\n' for query in TO_TRY)


def _command(settings: Settings) -> str:
    """How this program was called, so that what is printed can be pasted."""
    called = Path(sys.argv[0])
    program = called.name if shutil.which(called.name) else str(called)
    is_default = settings.data_dir == load_settings().data_dir
    return program if is_default else f"{program} --data-dir {shlex.quote(str(settings.data_dir))}"


def replay(arguments: argparse.Namespace) -> int:
    """Parse archived pages again, load what changed, and say what did."""
    from flows.running import run_replay  # noqa: PLC0415 - Prefect comes with it

    report = run_replay(
        _settings(arguments),
        since=arguments.since,
        until=arguments.until,
        portal=arguments.portal,
        warcs=arguments.warc or (),
    )
    sys.stdout.write(f"{report.message}\n")
    return 1 if report.status == "failed" else 0


def serve(arguments: argparse.Namespace) -> int:
    """Prefect server, UI and schedule on this machine, until stopped."""
    from flows.serving import serve as serve_flows  # noqa: PLC0415 - Prefect comes with it

    return int(serve_flows(_settings(arguments), host=arguments.host, port=arguments.port) or 0)


def prune(arguments: argparse.Namespace) -> int:
    """Remove archive files beyond the retention settings, and count them."""
    from newsduck import archive  # noqa: PLC0415 - warcio comes with it

    settings = _settings(arguments)
    days, size = settings.keep_archive_days, settings.keep_archive_bytes
    before = None if days is None else datetime.now().astimezone() - timedelta(days=days)
    pruned = archive.prune(settings.archive_dir, older_than=before, max_bytes=size)
    sys.stdout.write(f"removed {pruned.files} files, {pruned.bytes:,} bytes\n")
    return 0
