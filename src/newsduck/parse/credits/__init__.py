"""Who is credited on a page: source, authors, editors; keywords and channel."""

from newsduck.parse.credits.around import find_channel, find_keywords
from newsduck.parse.credits.finding import Credits, find_credits

__all__ = ["Credits", "find_channel", "find_credits", "find_keywords"]
