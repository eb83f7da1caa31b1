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
        postings, lengths = _postings(wordings[start : start + BATCH])
        connection.register("_postings", postings)
        connection.register("_lengths", lengths)
        connection.execute(statement("search/postings"))


def compact(connection: duckdb.DuckDBPyConnection) -> None:
    """Sort a long tail of postings in, so that a query reads few row groups; nothing if it is short."""
    ((postings,),) = connection.execute("select count(*) from search_tail").fetchall()
    if postings >= LONG_TAIL:
        with transaction(connection):
            connection.execute(statement("search/compact"))


def _postings(wordings: list[tuple[int, str, str]]) -> tuple[pa.Table, pa.Table]:
    """(document, title, body) as postings, and as lengths in tokens; a title's tokens count four times."""
    documents = np.array([document for document, _, _ in wordings], dtype=np.int32)
    numbers, texts, places = tokens([f"{title}\n{body}" for _, title, body in wordings])
    lengths = np.array([len(title) + len(body) + 2 for _, title, body in wordings])
    titles = np.array([len(title) for _, title, _ in wordings])
    weights = np.where(places - (np.cumsum(lengths) - lengths)[texts] < titles[texts], TITLE_WEIGHT, 1)
    order = np.lexsort((numbers, texts))
    numbers, texts, weights = numbers[order], texts[order], weights[order]
    is_first = (np.diff(numbers, prepend=0) != 0) | (np.diff(texts, prepend=-1) != 0)
    begins = np.flatnonzero(is_first)
    postings = {
        "token": numbers[begins],
        "document": documents[texts[begins]],
        "frequency": np.minimum(np.add.reduceat(weights, begins), 255).astype(np.uint8),
    }
    counted = np.bincount(texts, weights, minlength=len(wordings)).astype(np.int32)
    return pa.table(postings), pa.table({"document": documents, "length": counted})
