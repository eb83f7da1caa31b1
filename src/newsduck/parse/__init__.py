"""A page → one article or none, and the headlines of its lists.

`decode` makes text of the bytes, `tree` a tree of the text, `document` the value that all readers share;
`regions`, `titles` and `bodies` find the story (`noise` and `captions` know what is none, `embedded` looks
into the page's data), `times` and `credits` what is printed about it, `lists` the headlines, `paging` where
it goes on; `rules` lets a portal's selectors override them; `textpages` reads pages that are plain text;
`reading` puts them together.
"""

from newsduck.parse.paging import join
from newsduck.parse.printing import as_json
from newsduck.parse.reading import parse

__all__ = ["as_json", "join", "parse"]
