"""What may be a copy: fingerprints kept by their keys, and looked up by them, all of a round at once."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from newsduck.items import Known, Signature
from newsduck.settings import Settings
from newsduck.warehouse.connect import connect
from newsduck.warehouse.statements import statement

CROWD = 64
"""Texts looked at for one key, the earliest first."""
MEETINGS = 2
"""Keys that two texts must share to be compared."""
MEMORY = 128_000_000
"""Bytes that a look-up may keep: it streams, and new memory costs more than what it would read again."""
VECTOR, RANGES = 2048, 128
"""Rows that DuckDB reads or skips together, and pieces of the table that a look-up reads."""
CANDIDATES = 16
"""Texts compared with each asked one: those that share most, the earliest first."""


def known(settings: Settings, signatures: Sequence[Signature]) -> list[Known]:
    """What may be a copy of these or copied by them, from the days of the window, and their whole stories.

    The window ends with the youngest article that the warehouse has. Articles that met none of these, but
    belong to the stories of those that did, come with an empty body: their pointers may move, no more.
    The caller holds `lock(settings)`.
    """
    if not signatures:
        return []
    with connect(settings) as connection:
        _ask(connection, signatures)
        _set_variables(connection, settings)
        connection.execute(f"set memory_limit = '{min(MEMORY, _memory(connection))}B'")
        connection.execute(statement("copies/meetings"))
        connection.execute(statement("copies/stories"))
        found = connection.execute(_by_places(connection)).to_arrow_table()
    return [Known(**row) for row in found.to_pylist()]


def _by_places(connection: duckdb.DuckDBPyConnection) -> str:
    """The statement that reads `members`, with the ranges of the table in which they stand."""
    found = connection.execute("select place, has_text from members").fetchnumpy()
    places, has_text = found["place"], found["has_text"]
    named = {"{{members}}": _ranges(places), "{{texts}}": _ranges(places[has_text])}
    return reduce(lambda sql, name: sql.replace(name, named[name]), named, statement("copies/known"))


def _ranges(places: npt.NDArray[np.int64]) -> str:
    """Row ids as conditions on whole vectors; of very many, the nearest are read as one."""
    if not places.size:
        return "false"
    vectors = np.unique(places // VECTOR)
    gaps = np.diff(vectors)
    widest = np.argsort(-gaps, kind="stable")[: RANGES - 1]
    breaks = np.sort(widest[gaps[widest] > 1])
    firsts = vectors[np.append(0, breaks + 1)] * VECTOR
    ends = (vectors[np.append(breaks, -1)] + 1) * VECTOR
    return " or ".join(f"rowid >= {a} and rowid < {b}" for a, b in zip(firsts, ends, strict=True))


def store(connection: duckdb.DuckDBPyConnection, settings: Settings, signatures: Sequence[Signature]) -> None:
    """Keep the fingerprints of this load; inside its transaction, after `changed_articles` was made."""
    del settings
    _ask(connection, signatures)
    connection.execute(statement("copies/store"))


def _ask(connection: duckdb.DuckDBPyConnection, signatures: Sequence[Signature]) -> None:
    """The fingerprints as temporary tables `asked` and `asked_bands`, each article once."""
    once = {signature.article_id: signature for signature in signatures}
    asked = {"article_id": list(once), "text_key": [s.text_key for s in once.values()]}
    bands = {
        "article_id": [key for key, signature in once.items() for _ in signature.bands],
        "band": [band for signature in once.values() for band in signature.bands],
    }
    for name, columns in (("asked", asked), ("asked_bands", bands)):
        connection.register("_staged", _keys(columns))
        connection.execute(f"create or replace temp table {name} as select * from _staged")  # noqa: S608 - ours
        connection.unregister("_staged")


def _keys(columns: dict[str, list[int]]) -> pa.Table:
    return pa.table({name: pa.array(values, pa.uint64()) for name, values in columns.items()})


def _set_variables(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """What the statements ask for by `getvariable`: constants to the planner, so that zone maps prune."""
    values: dict[str, Any] = {"crowd": CROWD, "meetings": MEETINGS, "candidates": CANDIDATES}
    for name, value in values.items():
        connection.execute(f"set variable {name} = ?", [value])
    connection.execute(
        "set variable copies_from = (select max(first_seen_at) from signatures) - to_days(?)",
        [settings.window_days],
    )


def _memory(connection: duckdb.DuckDBPyConnection) -> int:
    """Bytes that the operator allows."""
    found = connection.execute("select parse_formatted_bytes(current_setting('memory_limit'))").fetchone()
    return int(found[0]) if found else MEMORY
