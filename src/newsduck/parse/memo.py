"""Answers that are remembered, because the elements and links of a page ask the same things (pure)."""

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memo(Generic[Key, Value]):
    """What a pure function, which never says None, has answered: up to `most` answers, then from the start.

    As machine code it answers sooner than `functools.lru_cache`, which is called as any Python object is.
    """

    __slots__ = ("_find", "_known", "_most")

    def __init__(self, find: Callable[[Key], Value], *, most: int) -> None:
        self._find = find
        self._known: dict[Key, Value] = {}
        self._most = most

    def of(self, key: Key) -> Value:
        """The function's answer."""
        known = self._known
        value = known.get(key)
        if value is None:
            value = self._find(key)
            if len(known) >= self._most:
                known.clear()
            known[key] = value
        return value
