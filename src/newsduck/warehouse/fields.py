"""`docs/fields.md`, written from the comments that the database itself holds."""

import duckdb

from newsduck.warehouse.migrate import migrate
from newsduck.warehouse.statements import statement

HEAD = """# Fields

Every table, view and macro of the published database, as `comment on` says it in the database itself:
DBeaver, Harlequin and `duckdb_columns()` show the same words. This page is generated from there by
`python -m newsduck.warehouse.fields > docs/fields.md`. All times are instants; `newsduck sql`
shows them in `Asia/Shanghai`.
"""
KINDS = {"table": "Tables", "view": "Views", "macro": "Macros"}


def describe() -> str:
    """The whole page, from an empty warehouse in memory."""
    with duckdb.connect() as connection:
        migrate(connection, None)
        things = connection.execute(statement("queries/things")).fetchall()
        columns = connection.execute(statement("queries/columns")).fetchall()
    by_table: dict[str, list[tuple[str, str, str]]] = {}
    for table, *column in columns:
        by_table.setdefault(table, []).append(tuple(column))
    parts = [HEAD]
    for kind, title in KINDS.items():
        parts.append(f"\n## {title}\n")
        parts += [_part(name, said, by_table.get(name, ())) for found, name, said in things if found == kind]
    return "".join(parts)


def _part(
    name: str, said: str, columns: tuple[tuple[str, str, str], ...] | list[tuple[str, str, str]]
) -> str:
    """One table, view or macro."""
    lines = [f"\n### {name}\n\n{_cell(said)}\n"]
    if columns:
        lines.append("\n| column | type | meaning | 含义 |\n|---|---|---|---|\n")
        for column, type_name, comment in columns:
            english, _, chinese = comment.partition(" / ")
            lines.append(f"| `{column}` | {type_name} | {_cell(english)} | {_cell(chinese)} |\n")
    return "".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    import sys

    sys.stdout.write(describe())
