"""Where elements stand: among a page's furniture, and in which role (pure)."""

import re

from newsduck.parse.tree import Node

_FURNITURE_TAGS = frozenset({"nav", "footer", "menu"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:(?:top|main|sub|site|channel|global|quick)?-?nav(?:i|bar|igation)?|menu|foot(?:er)?|bottom-?bar|"
    r"copy-?right|bread-?crumbs?|crumbs?|log-?in|share|tags?|key-?words?|pag(?:er|es|ination)|"
    r"friend-?links?|tool-?bar|site-?map|lang(?:uage)?s?|hot-?words?|search)(?:$|[\s_\d-])"
)
_NUMBERS = re.compile(r"\d+")
ROLE_DEPTH = 3
"""Ancestors that make up a role: further ones differ between lists of one kind."""


class Places:
    """Answers are kept, because links share their ancestors."""

    def __init__(self) -> None:
        self._furniture: dict[int, bool] = {}
        self._labels: dict[int, str] = {}
        self._roles: dict[int, str] = {}

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
        """Its own classes, tags and classes of the nearest ancestors: links of one role are mates."""
        parent = node.parent
        if parent is None:
            return ""
        role = self._roles.get(parent.index)
        if role is None:
            labels: list[str] = []
            above: Node | None = parent
            while above is not None and len(labels) < ROLE_DEPTH:
                labels.append(self._label(above))
                above = above.parent
            role = self._roles[parent.index] = "<".join(labels)
        return f"{self._label(node)}<{role}" if "class" in node.attrs else role

    def _label(self, node: Node) -> str:
        label = self._labels.get(node.index)
        if label is None:
            classes = node.attrs.get("class")
            label = f"{node.tag}.{_NUMBERS.sub('0', classes)}" if classes else node.tag
            self._labels[node.index] = label
        return label


def _is_furniture(node: Node) -> bool:
    if node.tag in _FURNITURE_TAGS:
        return True
    if node.tag in {"html", "body"} or not ("class" in node.attrs or "id" in node.attrs):
        return False
    return _FURNITURE.search(node.names) is not None
