"""Times as pages print them → moments: `read_time` reads one text, `find_published` finds a story's time."""

from newsduck.parse.times.finding import Published, find_published, stands_free
from newsduck.parse.times.reading import ReadTime, read_time, read_times

__all__ = ["Published", "ReadTime", "find_published", "read_time", "read_times", "stands_free"]
