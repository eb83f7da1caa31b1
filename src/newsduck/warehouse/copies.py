"""What may be a copy: fingerprints kept by their bands, and looked up by them."""

from collections.abc import Sequence

import duckdb

from newsduck.items import Known, Signature
from newsduck.settings import Settings


def known(settings: Settings, signatures: Sequence[Signature]) -> list[Known]:
    """The articles that share a band with these, within the window."""
    del settings, signatures
    return []


def store(connection: duckdb.DuckDBPyConnection, settings: Settings, signatures: Sequence[Signature]) -> None:
    """Keep the fingerprints of this load; inside its transaction, after `changed_articles` was made."""
    del connection, settings, signatures
