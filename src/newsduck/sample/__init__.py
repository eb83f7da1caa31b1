"""The sample portal: two small news sites of our own writing that change from hour to hour.

`serve(as_of)` answers on loopback as a forward proxy, so that the sites keep stable names
(`www.linjiang.example`, `finance.linjiang.example`, `www.dongling.example`) and no address holds a port.
What is served is a function of the address, the hour, and how often the address was asked.
Places, media, people and events are invented.
"""

from newsduck.sample.plan import hour_of
from newsduck.sample.server import Site, serve
from newsduck.sample.site import Response, respond
from newsduck.sample.stories import EPOCH

__all__ = ["EPOCH", "Response", "Site", "hour_of", "respond", "serve"]
