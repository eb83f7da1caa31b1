"""Lists that write each entry's rank into its text (pure)."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_RANK: Final = re.compile(r"[\[(（【]?(?P<rank>\d{1,2})(?:[\])）】]\s*|\s*[.、．:：]\s*|\s+)(?=[^\s\d])")
_OPENS: Final = frozenset("0123456789[(（【")
MIN_RANKS: Final = 3
"""Two headlines begin with 1 and 2 by chance."""


def rank_lengths(texts: Sequence[str]) -> list[int]:
    """Of each text how many characters are its rank; texts that follow each other count from 1 up.

    `1. 甲`, `2. 乙`, `3. 丙` are ranks; `3 名船员获救` among others is none.
    """
    found = [0] * len(texts)
    run: list[tuple[int, int]] = []
    for place, text in enumerate(texts):
        match = _RANK.match(text) if text[:1] in _OPENS else None
        if match is not None and int(match["rank"]) == len(run) + 1:
            run.append((place, match.end()))
            continue
        _keep(found, run)
        run = [(place, match.end())] if match is not None and int(match["rank"]) == 1 else []
    _keep(found, run)
    return found


def _keep(found: list[int], run: Iterable[tuple[int, int]]) -> None:
    ranked = list(run)
    if len(ranked) >= MIN_RANKS:
        for place, length in ranked:
            found[place] = length
