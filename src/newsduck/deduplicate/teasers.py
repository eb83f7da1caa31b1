"""Which list entries are one headline, and which article an entry is cut from (pure).

The contract with the warehouse, which asks this of whole tables in SQL and must give the same answers:

- Texts are compared folded (newsduck.fold), without the mark of the cut (`…`, `...`).
- An entry *begins* a text if the text, folded, starts with the entry, folded, and the entry has at least
  OPENING letters; one that is not marked as cut must then be the whole title, or OPENING_UNMARKED letters
  long: lists cut by columns as well, without saying so.
- An entry belongs to the article whose address it carries; else to the article of the same portal whose title
  it is; else whose title it begins; else whose lead (the first paragraph of the body) it begins. Among
  several articles the one that was published nearest to the time printed beside the entry is meant.
- Two entries of one portal are one headline if their addresses are the same, or if neither or only one has an
  address and one entry is the other, or begins it.
"""

import re

from newsduck.fold import fold

OPENING = 8
"""Letters that a cut entry must share with what it was cut from."""
OPENING_UNMARKED = 16
"""Letters where nothing says that the entry was cut."""
CUT = re.compile(r"(?:…|\.{2,}|⋯|。{2,})+\s*$")


def begins(entry: str, text: str) -> bool:
    """Whether a list entry is a text, or the beginning of it cut short."""
    letters, whole = fold(CUT.sub("", entry)), fold(text)
    if not letters or not whole.startswith(letters):
        return False
    return len(letters) >= (OPENING if CUT.search(entry) else OPENING_UNMARKED) or letters == whole


def same_headline(one: str, other: str) -> bool:
    """Whether two entries are one headline: the same, or one of them the other cut short."""
    return begins(one, CUT.sub("", other)) or begins(other, CUT.sub("", one))
