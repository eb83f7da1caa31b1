"""What the tags of elements mean for a page's lines of text (pure)."""

from typing import Final

_BLOCKS: Final = """
    address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol
    optgroup p pre section summary table tbody td tfoot th thead title tr ul video
"""
BLOCK_TAGS: Final = frozenset(_BLOCKS.split())
"""Elements that begin and end a line of text; all others run along inside one."""
_SILENT: Final = """
    audio button canvas embed iframe math noframes noscript object script select style svg template textarea
    title video
"""
SILENT_TAGS: Final = frozenset(_SILENT.split())
"""Elements whose text the reader of the page does not see as running text."""
_KEPT_TAGS: Final = frozenset({"script", "textarea", "title"})
"""Of these, those whose text is worth keeping."""
_INLINE: Final = """
    a abbr b base big cite code del em font i img input ins label link meta path s small span strong sub sup
    time u
"""


class Kind:
    """What is to be known of a tag; `tag` itself is one string for all its elements, found at a glance."""

    __slots__ = ("is_block", "is_kept", "is_silent", "tag")

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.is_block = tag in BLOCK_TAGS
        self.is_silent = tag in SILENT_TAGS
        self.is_kept = tag in _KEPT_TAGS


KINDS: Final = {tag: Kind(tag) for tag in (*BLOCK_TAGS, *SILENT_TAGS, *_INLINE.split())}
