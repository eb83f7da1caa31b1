"""What ought to be read: front pages, articles due for another look, and addresses found on front pages."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import duckdb

from newsduck.items import Outcome, Run, Target
from newsduck.portals import Portal
from newsduck.settings import Settings
from newsduck.warehouse import rows
from newsduck.warehouse.connect import connect
from newsduck.warehouse.statements import statement

REREAD_HOURS = (1, 6, 24)
"""After so many hours an article that still stands on a front page is read again."""
RETRY_HOURS = (1, 2, 4, 8, 16, 32)
"""How long an address that failed 1, 2, … times in a row is left alone; after the last, for good."""
RETRY_HOURS_REFUSED = (6, 48)
"""The same for failures that rarely pass: forbidden, gone, not a page at all."""


def frontier(settings: Settings, portals: Sequence[Portal], as_of: datetime) -> list[Target]:
    """The addresses of round 0 at that time, with the validators of their last answers.

    Front pages always; articles 1 h, 6 h and 24 h after they were first read, while they stand on a front
    page's list. Portal by portal. The caller holds `lock(settings)`.
    """
    with connect(settings) as connection:
        _stage_fronts(connection, portals)
        connection.execute("set variable as_of = ?", [as_of])
        connection.execute("set variable reread_hours = ?", [list(REREAD_HOURS)])
        connection.execute(statement("frontier/fronts_from"))
        validators = connection.execute(statement("frontier/fronts")).fetchall()
        due = connection.execute(statement("frontier/due")).fetchall()
    return sorted((_target(row) for row in (*validators, *due)), key=lambda target: target.portal)


def new_addresses(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    *,
    run: Run,
    fronts: Sequence[Outcome],
    portals: Sequence[Portal],
) -> list[Target]:
    """What stands on the front pages just read, is a story to its portal, and was never read successfully.

    At most `portal.max_pages` a run, first come those never tried, in the order in which they are listed.
    """
    del settings
    if not fronts:
        return []
    by_id = {portal.id: portal for portal in portals}
    _stage_fronts(connection, [by_id[name] for name in {o.portal for o in fronts} if name in by_id])
    connection.execute("set variable as_of = ?", [max(outcome.fetched_at for outcome in fronts)])
    connection.execute("set variable fronts_from = ?", [min(outcome.fetched_at for outcome in fronts)])
    connection.execute("set variable retry_hours = ?", [list(RETRY_HOURS)])
    connection.execute("set variable retry_hours_refused = ?", [list(RETRY_HOURS_REFUSED)])
    asked = connection.execute(statement("frontier/asked"), [run.run_id]).fetchall()
    used: Counter[str] = Counter(dict(asked))
    found = []
    for row in connection.execute(statement("frontier/new")).fetchall():
        portal = by_id[row[0]]
        if used[portal.id] < portal.max_pages and portal.is_story(row[1]):
            used[portal.id] += 1
            found.append(_target(row))
    return found


def _stage_fronts(connection: duckdb.DuckDBPyConnection, portals: Sequence[Portal]) -> None:
    """The front pages of these portals as `staged_fronts`."""
    fronts = rows.table(rows.front_columns(portals), rows.FRONTS)
    connection.register("_fronts", fronts)
    connection.execute("create or replace temp table staged_fronts as select * from _fronts")


def _target(row: tuple[str, ...]) -> Target:
    portal, url, kind, etag, last_modified, body_digest = row
    return Target(
        portal=portal,
        url=url,
        kind=kind,  # type: ignore[arg-type]
        etag=etag,
        last_modified=last_modified,
        body_digest=body_digest,
    )
