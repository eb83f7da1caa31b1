"""Which texts are worth comparing: those whose samples meet, found all at once (pure)."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

MEETINGS = 2
"""Keys that two samples must share; one alone is a stock phrase more often than not."""
CROWD = 64
"""Texts at one key, the earliest first; where more meet, a phrase brings them together, not a story."""


def meetings(samples: Sequence[Sequence[int]], is_new: Sequence[bool]) -> list[tuple[int, int]]:
    """Pairs of places (earlier, later) of texts that share keys, at least one of each pair new.

    `samples` stand in the order of time.
    """
    places = np.repeat(np.arange(len(samples)), [len(sample) for sample in samples])
    keys = np.fromiter(chain.from_iterable(samples), dtype=np.uint64, count=places.size)
    order = np.argsort(keys, kind="stable")
    keys, places = _thinned(keys[order], places[order])
    new = np.asarray(is_new, dtype=np.bool_)
    found = [np.empty(0, dtype=np.int64)]
    for distance in range(1, CROWD):
        together = np.flatnonzero(keys[distance:] == keys[:-distance])
        if together.size == 0:
            break
        one, other = places[together], places[together + distance]
        chosen = new[one] | new[other]
        found.append(one[chosen] * len(samples) + other[chosen])
    pairs, times = np.unique(np.concatenate(found), return_counts=True)
    pairs = pairs[times >= MEETINGS]
    return list(zip((pairs // len(samples)).tolist(), (pairs % len(samples)).tolist(), strict=True))


def _thinned(
    keys: npt.NDArray[np.uint64], places: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The first CROWD places of each key; both come and go sorted by key, then place."""
    if keys.size <= CROWD:
        return keys, places
    kept = np.ones(keys.size, dtype=np.bool_)
    kept[CROWD:] = keys[CROWD:] != keys[:-CROWD]
    return keys[kept], places[kept]
