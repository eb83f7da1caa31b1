"""Lists and their entries as Arrow tables: they come by the ten thousand (pure)."""

from collections.abc import Mapping, Sequence
from itertools import chain
from operator import attrgetter

import numpy as np
import pyarrow as pa

from newsduck.addresses import PARTS, keys
from newsduck.items import Headline, ParsedPage
from newsduck.warehouse.folds import OPENING, letters_of, wordings
from newsduck.warehouse.rows import ENTRIES, LISTS, Address, Columns, table

Kinds = Mapping[tuple[str, str], str]
"""(portal, url) → whether it is a front page, an article or a further page."""
TOLD = ("text", "url", "is_truncated", "section", "rank")
TIMES = {"listed_at": "published_at", "listed_raw": "published_raw"}


def list_tables(pages: Sequence[ParsedPage], address: Address, kinds: Kinds) -> tuple[pa.Table, pa.Table]:
    """One row a page that lists something, and one row an entry."""
    pages = [page for page in pages if page.headlines]
    lists = table(
        {
            "list_id": keys(address(page.portal, page.url) for page in pages),
            "portal": [page.portal for page in pages],
            "list_url": [page.url for page in pages],
            "kind": [kinds.get((page.portal, page.url), "article") for page in pages],
            "seen_at": [page.fetched_at for page in pages],
        },
        LISTS,
    )
    return lists, _entries(pages, lists, address)


def _entries(pages: Sequence[ParsedPage], lists: pa.Table, address: Address) -> pa.Table:
    """Entries by their number; `position` counts from 1 within the page."""
    entries = list(chain.from_iterable(page.headlines for page in pages))
    counts = np.array([len(page.headlines) for page in pages], dtype=np.int64)
    of, numbers = np.repeat(np.arange(len(pages)), counts), np.arange(len(entries))
    columns = {
        **{name: lists[name].combine_chunks().take(of) for name in ("portal", "list_id", "seen_at")},
        **{name: list(map(attrgetter(name), entries)) for name in TOLD},
        **{name: list(map(attrgetter(their), entries)) for name, their in TIMES.items()},
        **_keys(pages, entries, address),
        "number": numbers,
        "position": numbers - (np.cumsum(counts) - counts)[of] + 1,
    }
    return table(columns, ENTRIES)


def _keys(pages: Sequence[ParsedPage], entries: Sequence[Headline], address: Address) -> Columns:
    """The letters of each entry, and the keys of its address, of its opening and of itself."""
    portals = [page.portal for page in pages for _ in page.headlines]
    found = [
        address(portal, entry.url) if entry.url else ""
        for portal, entry in zip(portals, entries, strict=True)
    ]
    texts = [entry.text for entry in entries]
    folded = letters_of(texts)
    named = zip(portals, (text.lower() for text in wordings(texts)), found, strict=True)
    return {
        "headline_id": keys(map(PARTS.join, named)),
        "address_id": _where(keys(found), [not one for one in found]),
        "folded": folded,
        "opening_key": _where(
            keys(text[:OPENING] for text in folded), [len(text) < OPENING for text in folded]
        ),
    }


def _where(numbers: np.ndarray[tuple[int], np.dtype[np.uint64]], is_absent: list[bool]) -> pa.Array:
    """The numbers, null where they mean nothing."""
    return pa.array(numbers, pa.uint64(), mask=np.array(is_absent, dtype=bool))
