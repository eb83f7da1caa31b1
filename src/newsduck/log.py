"""The wording of all log events, so that a line is found again: `grep -F "page "` reads a whole run.

Lines go to the logger `newsduck` and are `event key=value …`; values with spaces are quoted.
"""

import json
import logging
from pathlib import Path

from newsduck.items import Outcome

logger = logging.getLogger("newsduck")


def page(outcome: Outcome) -> None:
    """The one line that a page gets."""
    if not logger.isEnabledFor(logging.INFO):
        return
    logger.info(
        "page %s",
        _pairs(
            portal=outcome.portal,
            url=outcome.url,
            disposition=outcome.disposition,
            status=outcome.status,
            ms=outcome.elapsed_ms,
            bytes=outcome.bytes,
            detail=outcome.detail,
        ),
    )


def bug(portal: str, url: str, error: BaseException) -> None:
    """An exception that nobody foresaw, with its trace."""
    logger.error("bug %s", _pairs(portal=portal, url=url), exc_info=error)


def slowed(host: str, seconds: float, reason: str) -> None:
    """A host asked for rest."""
    logger.warning("slowed %s", _pairs(host=host, seconds=round(seconds, 1), reason=reason))


def robots_unknown(host: str, reason: str) -> None:
    """robots.txt could not be read: nothing of that host is asked."""
    logger.warning("robots-unknown %s", _pairs(host=host, reason=reason))


def archive_damaged(path: Path, reason: str) -> None:
    """A part of the archive cannot be read."""
    logger.error("archive-damaged %s", _pairs(file=str(path), reason=reason))


def salvaged(path: Path, records: int, lost: int) -> None:
    """A part that its writer never closed was made whole."""
    logger.warning("archive-salvaged %s", _pairs(file=str(path), records=records, bytes_lost=lost))


def pruned(files: int, size: int) -> None:
    """Old parts of the archive were removed."""
    logger.info("archive-pruned %s", _pairs(files=files, bytes=size))


def unwritten(what: str, run_id: str, error: BaseException) -> None:
    """A run's row or the published copy could not be written."""
    logger.error("unwritten %s", _pairs(what=what, run=run_id, reason=f"{type(error).__name__}: {error}"))


def hook_failed(hook: str, error: BaseException) -> None:
    """The operator's command or webhook did not take the news; it hears it after the next run."""
    logger.error("alert-untold %s", _pairs(hook=hook, reason=f"{type(error).__name__}: {error}"))


def alerts_unknown(error: BaseException) -> None:
    """What is wrong could not be looked up or told; the run itself is not touched by that."""
    logger.error("alerts-unknown %s", _pairs(reason=f"{type(error).__name__}: {error}"))


def _pairs(**values: str | float | None) -> str:
    return " ".join(f"{name}={_value(value)}" for name, value in values.items() if value is not None)


def _value(value: str | float) -> str:
    text = str(value)
    plain = text and text.isprintable() and not any(char in text for char in ' "=')
    return text if plain else json.dumps(text, ensure_ascii=False)
