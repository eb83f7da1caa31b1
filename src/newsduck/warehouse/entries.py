"""List entries as one Arrow table, made column by column: they come by the ten thousand (pure)."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pyarrow as pa

from newsduck.addresses import key
from newsduck.items import Headline, ParsedPage
from newsduck.warehouse.folds import OPENING, letters_of, wording
from newsduck.warehouse.rows import ENTRIES, AddressId


def entry_table(
    pages: Sequence[ParsedPage], address_id: AddressId, kinds: dict[tuple[str, str], str]
) -> pa.Table:
    """One row a list entry; `kinds` tells of (portal, url) whether it is a front page."""
    entries = list(chain.from_iterable(page.headlines for page in pages))
    counts = [len(page.headlines) for page in pages]
    of = np.repeat(np.arange(len(pages)), counts)
    columns = {
        **_of_pages(pages, of, address_id, kinds),
        **_told(entries),
        **_keys(pages, entries, address_id),
        "position": [position for count in counts for position in range(1, count + 1)],
    }
    arrays = [pa.array(columns[name], ENTRIES.field(name).type) for name in ENTRIES.names]
    return pa.Table.from_arrays(arrays, schema=ENTRIES)


def _of_pages(
    pages: Sequence[ParsedPage],
    of: np.ndarray[tuple[int], np.dtype[np.int64]],
    address_id: AddressId,
    kinds: dict[tuple[str, str], str],
) -> dict[str, pa.Array]:
    """What an entry has of its page: `of` is the page's index, entry by entry."""
    columns = {
        "portal": [page.portal for page in pages],
        "list_id": [address_id(page.portal, page.url)[0] if page.headlines else None for page in pages],
        "list_url": [page.url for page in pages],
        "kind": [kinds.get((page.portal, page.url), "article") for page in pages],
        "seen_at": [page.fetched_at for page in pages],
    }
    return {name: pa.array(column, ENTRIES.field(name).type).take(of) for name, column in columns.items()}


def _told(entries: Sequence[Headline]) -> dict[str, list[object]]:
    """What an entry says of itself."""
    return {
        "text": [entry.text for entry in entries],
        "url": [entry.url for entry in entries],
        "is_truncated": [entry.is_truncated for entry in entries],
        "listed_at": [entry.published_at for entry in entries],
        "listed_raw": [entry.published_raw for entry in entries],
        "section": [entry.section for entry in entries],
        "rank": [entry.rank for entry in entries],
    }


def _keys(
    pages: Sequence[ParsedPage], entries: Sequence[Headline], address_id: AddressId
) -> dict[str, list[object]]:
    """The letters of each entry, and the keys of its address, of its opening and of itself."""
    portals = [page.portal for page in pages for _ in page.headlines]
    addresses = [
        address_id(portal, entry.url) if entry.url else (None, "")
        for portal, entry in zip(portals, entries, strict=True)
    ]
    folded = letters_of([entry.text for entry in entries])
    wordings = [wording(entry.text).lower() for entry in entries]
    return {
        "headline_id": [
            key(portal, text, address)
            for portal, text, (_, address) in zip(portals, wordings, addresses, strict=True)
        ],
        "address_id": [number for number, _ in addresses],
        "folded": list(folded),
        "opening_key": [key(text[:OPENING]) if len(text) >= OPENING else None for text in folded],
    }
