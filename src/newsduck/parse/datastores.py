"""Lists that a page carries as records for its script to show: `<datastore>`, as many Chinese offices' do.

The records are the rows' own markup, some dozens of them, wrapped in CDATA in a script of type `text/xml`.
"""

import re
from dataclasses import replace

from newsduck.parse.building import build
from newsduck.parse.document import Document

_MARK, _MARK_WITHIN = "<datastore", 400
_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL)


def stored_list(document: Document) -> Document | None:
    """The records of a page as a page of their own; None where it has none."""
    stores = [source for _, source in document.tree.scripts if _MARK in source[:_MARK_WITHIN]]
    records = [record for source in stores for record in _RECORD.findall(source)]
    if not records:
        return None
    return replace(document, tree=build(f"<html><body><ul>{''.join(records)}</ul></body></html>"))
