"""Which portals share a task run (pure).

A task run costs as much time as two pages do, and 4 KB of the server's database for a month.
"""

from collections.abc import Iterable, Mapping, Sized

LEAST = 100
"""Pages that a task run parses at the least, if there are as many: a second's work."""
STORIES = 1
"""The round of the stories, which has work for a task run a portal; front pages and further pages are few."""

Groups = list[list[str]]


def to_fetch(ids: Iterable[str], *, round_number: int, is_together: bool) -> Groups:
    """All portals share the task run that fetches, but in the round of the stories."""
    names = list(ids)
    if names and (is_together or round_number != STORIES):
        return [names]
    return [[name] for name in names]


def to_parse(pages: Mapping[str, Sized], *, is_together: bool) -> Groups:
    """As many portals share a task run that parses as bring `LEAST` pages, by what is to be read of each."""
    if pages and is_together:
        return [list(pages)]
    groups, size = Groups(), LEAST
    for name, some in pages.items():
        if size >= LEAST:
            groups, size = [*groups, []], 0
        groups[-1].append(name)
        size += len(some)
    return groups
