"""A page → one article or none, and the headlines of its lists.

`decode` makes text of the bytes, `tree` a tree of the text, `document` the value that all readers share;
`regions`, `titles` and `bodies` find the story (`noise` and `captions` know what is none, `embedded` looks
into the page's data), `times` and `credits` what is printed about it, `lists` the headlines, `paging` where
it goes on; `rules` lets a portal's selectors override them; `textpages` reads pages that are plain text;
`reading` puts them together.
"""

from newsduck import compiled

compiled.put_first(__path__)

from newsduck.parse.paging import join  # noqa: E402 - from here on machine code is found first
from newsduck.parse.printing import as_json  # noqa: E402
from newsduck.parse.reading import parse  # noqa: E402

__all__ = ["as_json", "join", "parse"]
