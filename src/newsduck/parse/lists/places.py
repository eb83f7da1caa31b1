"""Where elements stand: among a page's furniture, and in which role (pure)."""

import re
from typing import Final

from newsduck.parse.memo import Memo
from newsduck.parse.tree import Node

_FURNITURE_TAGS: Final = frozenset({"nav", "footer", "menu"})
_FURNITURE: Final = re.compile(
    r"(?:^|[\s_-])(?:(?:top|main|sub|site|channel|global|quick)?-?nav(?:i|bar|igation)?|menu|foot(?:er)?|bottom-?bar|"
    r"copy-?right|bread-?crumbs?|crumbs?|log-?in|share|tags?|key-?words?|pag(?:er|es|ination)|"
    r"friend-?links?|tool-?bar|site-?map|lang(?:uage)?s?|hot-?words?|search)(?:$|[\s_\d-])"
)
_NUMBERS: Final = re.compile(r"\d+")


class Places:
    """Where the links of a page stand; answers are kept, because links share their ancestors."""

    def __init__(self) -> None:
        self._furniture: dict[Node, bool] = {}
        self._outer: dict[Node, str] = {}

    def role(self, node: Node) -> str:
        """Its own classes, tags and classes of the three elements around it: links of one role are mates."""
        parent = node.parent
        if parent is None:
            return ""
        outer = parent.parent
        around = "" if outer is None else self._outer.get(outer) or self._around(outer)
        role = _label(parent) + around
        return f"{_label(node)}<{role}" if "class" in node.attrs else role

    def in_furniture(self, node: Node) -> bool:
        """Whether it lies in navigation, a footer, a tag cloud or the like, by tag or name."""
        known = self._furniture.get(node)
        if known is None:
            parent = node.parent
            known = (parent is not None and self.in_furniture(parent)) or _is_furniture(node)
            self._furniture[node] = known
        return known

    def _around(self, node: Node) -> str:
        """The labels of an element and of the one around it."""
        outer = "" if node.parent is None else f"<{_label(node.parent)}"
        around = self._outer[node] = f"<{_label(node)}{outer}"
        return around


def _label(node: Node) -> str:
    """A tag with its classes, whatever their numbers."""
    return node.tag + _UNNUMBERED.of(node.attrs["class"]) if "class" in node.attrs else node.tag


def _unnumbered(classes: str) -> str:
    return f".{_NUMBERS.sub('0', classes)}" if classes else ""


_UNNUMBERED: Final = Memo(_unnumbered, most=4096)


def _is_furniture(node: Node) -> bool:
    if node.tag in _FURNITURE_TAGS:
        return True
    attrs = node.attrs
    if not ("class" in attrs or "id" in attrs) or node.tag in {"html", "body"}:
        return False
    return _NAMES_FURNITURE.of(node.names)


def _names_furniture(names: str) -> bool:
    return _FURNITURE.search(names) is not None


_NAMES_FURNITURE: Final = Memo(_names_furniture, most=4096)
