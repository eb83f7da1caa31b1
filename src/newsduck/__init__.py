"""newsduck reads news portals every hour and gives analysts tables they can trust.

1. `fetch`        addresses → pages, politely, with one outcome for each address
2. `archive`      pages → WARC, every byte kept, and back again
3. `parse`        a page → one article or none, and the headlines of its lists
4. `deduplicate`  articles + what is known → who copied whom
5. `warehouse`    all of it → DuckDB, in one transaction, published for readers
"""

__version__ = "0.1.0"
