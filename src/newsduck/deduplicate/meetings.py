"""Which texts are worth comparing: those whose samples meet, found all at once (pure)."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]

MEETINGS = 2
"""Keys that two samples must share; one alone is a stock phrase more often than not."""
CROWD = 64
"""Texts at one key, the earliest first; where more meet, a phrase brings them together, not a story."""

GLANCE = 0.8
"""Two grams may fall on one mark: marks in common are a little fewer than grams, but never a fifth fewer."""
AT_ONCE = 4096
"""Pairs looked at together, so that they fit into a few megabytes."""


def meetings(samples: Sequence[Sequence[int]], is_new: Sequence[bool]) -> Places:
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
    return np.stack([pairs // len(samples), pairs % len(samples)], axis=1)


def related(pairs: Places, marks: npt.NDArray[np.uint64], part: float) -> npt.NDArray[np.bool_]:
    """Of each pair of rows of marks, whether such a part of the smaller text can stand in the larger.

    A glance at all of them at once; it tells most of those that a stock phrase brought together.
    """
    sizes = np.bitwise_count(marks).sum(axis=1)
    common = np.empty(len(pairs), dtype=np.int64)
    for start in range(0, len(pairs), AT_ONCE):
        one, other = pairs[start : start + AT_ONCE].T
        common[start : start + AT_ONCE] = np.bitwise_count(marks[one] & marks[other]).sum(axis=1)
    found: npt.NDArray[np.bool_] = common >= GLANCE * part * sizes[pairs].min(axis=1)
    return found


def _thinned(
    keys: npt.NDArray[np.uint64], places: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The first CROWD places of each key; both come and go sorted by key, then place."""
    if keys.size <= CROWD:
        return keys, places
    kept = np.ones(keys.size, dtype=np.bool_)
    kept[CROWD:] = keys[CROWD:] != keys[:-CROWD]
    return keys[kept], places[kept]
