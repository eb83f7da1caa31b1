"""Where elements stand: among a page's furniture, and in which role (pure)."""

import re
from functools import lru_cache
from typing import NamedTuple

from newsduck.parse.tree import Node

_FURNITURE_TAGS = frozenset({"nav", "footer", "menu"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:(?:top|main|sub|site|channel|global|quick)?-?nav(?:i|bar|igation)?|menu|foot(?:er)?|bottom-?bar|"
    r"copy-?right|bread-?crumbs?|crumbs?|log-?in|share|tags?|key-?words?|pag(?:er|es|ination)|"
    r"friend-?links?|tool-?bar|site-?map|lang(?:uage)?s?|hot-?words?|search)(?:$|[\s_\d-])"
)
_NUMBERS = re.compile(r"\d+")


class Place(NamedTuple):
    """Where a link stands."""

    role: str
    """Its own classes, tags and classes of the three elements around it: links of one role are mates."""
    in_furniture: bool
    """Whether it lies in navigation, a footer, a tag cloud or the like, by tag or name."""


class Places:
    """Answers are kept, because links share their ancestors."""

    def __init__(self) -> None:
        self._furniture: dict[int, bool] = {}
        self._below: dict[int, Place] = {}
        self._outer: dict[int, str] = {}

    def of(self, node: Node) -> Place:
        """The place of a link."""
        parent = node.parent
        if parent is None:
            return Place("", _is_furniture(node))
        place = self._below.get(parent.index)
        if place is None:
            place = Place(_label(parent) + self._around(parent), self._in_furniture(parent))
            self._below[parent.index] = place
        attrs = node.attrs
        if "class" not in attrs and "id" not in attrs:
            return place
        role = f"{_own_label(node.tag, attrs['class'])}<{place.role}" if "class" in attrs else place.role
        return Place(role, place.in_furniture or _is_furniture(node))

    def _in_furniture(self, node: Node) -> bool:
        path = []
        current: Node | None = node
        while current is not None and current.index not in self._furniture:
            path.append(current)
            current = current.parent
        known = current is not None and self._furniture[current.index]
        for element in reversed(path):
            known = known or _is_furniture(element)
            self._furniture[element.index] = known
        return known

    def _around(self, node: Node) -> str:
        """The labels of the two elements around one."""
        parent = node.parent
        if parent is None:
            return ""
        around = self._outer.get(parent.index)
        if around is None:
            outer = "" if parent.parent is None else f"<{_label(parent.parent)}"
            around = self._outer[parent.index] = f"<{_label(parent)}{outer}"
        return around


def _label(node: Node) -> str:
    classes = node.attrs.get("class")
    return _own_label(node.tag, classes) if classes else node.tag


@lru_cache(maxsize=4096)
def _own_label(tag: str, classes: str) -> str:
    """A tag with its classes, whatever their numbers."""
    return f"{tag}.{_NUMBERS.sub('0', classes)}" if classes else tag


def _is_furniture(node: Node) -> bool:
    if node.tag in _FURNITURE_TAGS:
        return True
    if node.tag in {"html", "body"} or not ("class" in node.attrs or "id" in node.attrs):
        return False
    return _names_furniture(node.names)


@lru_cache(maxsize=4096)
def _names_furniture(names: str) -> bool:
    return _FURNITURE.search(names) is not None
