"""The inverted index over titles and bodies, kept up by every load and answered by the macro `search`."""

import duckdb
import numpy as np
import pyarrow as pa

from newsduck.warehouse.statements import statement, transaction
from newsduck.warehouse.tokens import tokens

TITLE_WEIGHT = 4
LONG_TAIL = 8_000_000  # postings; sorting them in takes seconds, so it is done between loads
BATCH = 2_000  # texts; about 100 MB of numbers at a time


def index(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the new wordings of this load into the index; inside its transaction, after `changed_articles`."""
    connection.execute(statement("search/documents"))
    wordings = connection.execute(statement("search/wordings")).fetchall()
    for start in range(0, len(wordings), BATCH):
        connection.register("_tokens", _postings(wordings[start : start + BATCH]))
        connection.execute(statement("search/postings"))
        connection.unregister("_tokens")


def compact(connection: duckdb.DuckDBPyConnection) -> None:
    """Sort a long tail of postings in, so that a query reads few row groups; nothing if it is short."""
    row = connection.execute("select count(*) from search_tail").fetchone()
    if row and row[0] >= LONG_TAIL:
        with transaction(connection):
            connection.execute(statement("search/compact"))


def _postings(wordings: list[tuple[int, str, str]]) -> pa.Table:
    """(document, title, body) as one row a token: token, document, weight."""
    numbers, texts, places = tokens([f"{title}\n{body}" for _, title, body in wordings])
    lengths = np.array([len(title) + len(body) + 2 for _, title, body in wordings])
    titles = np.array([len(title) for _, title, _ in wordings])
    starts = np.cumsum(lengths) - lengths
    weights = np.where(places - starts[texts] < titles[texts], TITLE_WEIGHT, 1)
    documents = np.array([document for document, _, _ in wordings], dtype=np.int32)
    columns = {"token": numbers, "document": documents[texts], "weight": weights.astype(np.int32)}
    return pa.table({name: pa.array(column) for name, column in columns.items()})
