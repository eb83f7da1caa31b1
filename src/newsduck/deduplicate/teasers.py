"""Which list entries are one headline, and which article an entry is cut from (pure).

The contract with the warehouse, which asks this of whole tables in SQL and must give the same answers:

- Texts are compared by their folded letters and figures, without the mark of the cut (`…`, `...`).
- An entry *begins* a text if the text starts with the entry, and the entry has at least OPENING letters or is
  the whole text. Whether it is marked as cut does not count: lists cut by columns without saying so.
- An entry belongs to the article whose address it carries; else, within its portal and the window, to the
  one whose title it is, or begins, or one of whose first paragraphs it begins: in this order, and only if
  that names one article.
- Two entries without an address, of one portal and within a day of each other (as seen, and as printed beside
  them), are one headline if they are the same letters, or one begins the other and is known to be cut, or is
  long enough (UNMARKED) not to be another title. What begins two texts of which neither begins the other, be
  they entries or how articles begin, stays open; so does what belongs to another article than the longer one.
"""

import re

from newsduck.fold import fold

OPENING = 8
"""Letters that an entry must share with what it was cut from."""
UNMARKED = 16
"""Letters where nothing says that an entry was cut, and there is no article to prove it."""
CUT = re.compile(r"(?:…|⋯|\.{2,}|。{2,})+\s*$")


def begins(entry: str, text: str) -> bool:
    """Whether a list entry is a text, or the beginning of it cut short."""
    letters, whole = fold(CUT.sub("", entry)), fold(text)
    return bool(letters) and whole.startswith(letters) and (len(letters) >= OPENING or letters == whole)


def same_headline(one: str, other: str) -> bool:
    """Whether two entries are one headline: the same letters, or one of them the other cut short."""
    shorter, longer = sorted((one, other), key=lambda entry: len(fold(CUT.sub("", entry))))
    letters, whole = (fold(CUT.sub("", entry)) for entry in (shorter, longer))
    if letters != whole and not CUT.search(shorter) and len(letters) < UNMARKED:
        return False
    return begins(shorter, CUT.sub("", longer))
