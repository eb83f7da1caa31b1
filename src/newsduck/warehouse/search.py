"""The inverted index over titles and bodies, kept up by every load and answered by the macro `search`."""

from concurrent.futures import Executor, Future

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from newsduck.warehouse.statements import statement, transaction
from newsduck.warehouse.tokens import WORD, Numbers, tokens

Postings = tuple[pa.Table, pa.Table]
"""(token, document, frequency) and (document, length)."""
TITLE_WEIGHT = 4
LONG_TAIL = 8_000_000  # postings; sorting them in takes seconds, so it is done between loads
BATCH = 2_000  # texts; fewer than 2048, and about 100 MB of numbers at a time


def begin(connection: duckdb.DuckDBPyConnection, beside: Executor) -> list[Future[Postings]]:
    """Have the new wordings of this load told apart into tokens beside it; after `changed_articles`."""
    connection.execute(statement("search/documents"))
    wordings = connection.execute(statement("search/wordings")).fetchall()
    batches = [wordings[start : start + BATCH] for start in range(0, len(wordings), BATCH)]
    return [beside.submit(_postings, batch) for batch in batches]


def finish(connection: duckdb.DuckDBPyConnection, batches: list[Future[Postings]]) -> None:
    """Put them into the index; inside the same transaction."""
    for batch in batches:
        postings, lengths = batch.result()
        connection.register("_postings", postings)
        connection.register("_lengths", lengths)
        connection.execute(statement("search/postings"))


def compact(connection: duckdb.DuckDBPyConnection, *, at_least: int | None = None) -> int:
    """Sort a long tail of postings in, so that queries read few row groups; how many, 0 if short."""
    ((postings,),) = connection.execute("select count(*) from search_tail").fetchall()
    if postings < (LONG_TAIL if at_least is None else at_least):
        return 0
    with transaction(connection):
        connection.execute(statement("search/compact"))
    return int(postings)


def _postings(wordings: list[tuple[int, str, str]]) -> Postings:
    """(document, title, body) as postings, and as lengths in tokens; a title's tokens count four times."""
    documents = np.array([document for document, _, _ in wordings], dtype=np.int32)
    numbers, texts, places = tokens([f"{title}\n{body}" for _, title, body in wordings])
    lengths = np.array([len(title) + len(body) + 2 for _, title, body in wordings])
    titles = np.array([len(title) for _, title, _ in wordings])
    is_title = places - (np.cumsum(lengths) - lengths)[texts] < titles[texts]
    is_word = numbers >= WORD
    words, indexes = np.unique(numbers[is_word], return_inverse=True)
    counted = [
        _counted(numbers[~is_word], texts[~is_word], is_title[~is_word]),
        _counted(indexes.astype(np.uint64), texts[is_word], is_title[is_word]),
    ]
    counted[1] = (words[counted[1][0].astype(np.int64)], *counted[1][1:])
    found, of, often = (np.concatenate(parts) for parts in zip(*counted, strict=True))
    postings = {
        "token": found,
        "document": documents[of],
        "frequency": np.minimum(often, 255).astype(np.uint8),
    }
    sums = np.bincount(of, often, minlength=len(wordings)).astype(np.int32)
    return pa.table(postings), pa.table({"document": documents, "length": sums})


def _counted(
    numbers: Numbers, texts: npt.NDArray[np.int32], is_title: npt.NDArray[np.bool_]
) -> tuple[Numbers, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Each number once a text, with its weight; packed into one, for those sort ten times as fast."""
    if not numbers.size:
        return numbers, np.empty(0, np.int64), np.empty(0, np.int64)
    packed = (numbers << np.uint64(12)) | (texts.astype(np.uint64) << np.uint64(1)) | is_title
    packed.sort()
    keys = packed >> np.uint64(1)
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    weights = np.where(packed & np.uint64(1), TITLE_WEIGHT, 1)
    keys = keys[begins]
    of = (keys & np.uint64(2047)).astype(np.int64)
    return keys >> np.uint64(11), of, np.add.reduceat(weights, begins)
