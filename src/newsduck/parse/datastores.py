"""Lists that a page carries as records for its script to show: `<datastore>`, as many Chinese offices' do.

The records are the rows' own markup, some dozens of them, wrapped in CDATA in a script of type `text/xml`.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from newsduck.parse.building import build
from newsduck.parse.document import Document

_MARK: Final = "<datastore"
_MARK_WITHIN: Final = 400


def stored_list(document: Document) -> Document | None:
    """The records of a page as a page of their own; None where it has none."""
    stores = [source for _, source in document.tree.scripts if _MARK in source[:_MARK_WITHIN]]
    records = [record for source in stores for record in _records(source)]
    if not records:
        return None
    return replace(document, tree=build(f"<html><body><ul>{''.join(records)}</ul></body></html>"))


def _records(source: str) -> Iterator[str]:
    """What stands in CDATA right behind a `<record>`; a search for both ends could take long."""
    for before, behind in pairwise(source.split("<![CDATA[")):
        if before.rstrip().endswith("<record>"):
            yield behind.partition("]]>")[0]
