"""Where elements stand: among a page's furniture, and in which role (pure)."""

import re
from functools import lru_cache

from newsduck.parse.tree import Node

_FURNITURE_TAGS = frozenset({"nav", "footer", "menu"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:(?:top|main|sub|site|channel|global|quick)?-?nav(?:i|bar|igation)?|menu|foot(?:er)?|bottom-?bar|"
    r"copy-?right|bread-?crumbs?|crumbs?|log-?in|share|tags?|key-?words?|pag(?:er|es|ination)|"
    r"friend-?links?|tool-?bar|site-?map|lang(?:uage)?s?|hot-?words?|search)(?:$|[\s_\d-])"
)
_NUMBERS = re.compile(r"\d+")


class Places:
    """Answers are kept, because links share their ancestors."""

    def __init__(self) -> None:
        self._furniture: dict[int, bool] = {}
        self._roles: dict[int, str] = {}
        self._outer: dict[int, str] = {}

    def in_furniture(self, node: Node) -> bool:
        """Whether it lies in navigation, a footer, a tag cloud or the like, by tag or name."""
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

    def role(self, node: Node) -> str:
        """Its own classes, tags and classes of the three elements around it: links of one role are mates."""
        parent = node.parent
        if parent is None:
            return ""
        role = self._roles.get(parent.index)
        if role is None:
            role = self._roles[parent.index] = _label(parent) + self._around(parent)
        return f"{_own_label(node.tag, node.attrs['class'])}<{role}" if "class" in node.attrs else role

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
