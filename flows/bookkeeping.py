"""`python -m flows.tether flows.bookkeeping PORT`: Prefect's server for the time of one command.

It is the same app that `prefect server start` runs, without Prefect's command line around it, and it is
imported with the garbage collector at rest: see `flows.importing`.
"""

import gc
import sys

from flows import turns
from newsduck import collector

ASKED = {"/flows", "/flow_runs", "/task_runs", "/events", "/logs", "/artifacts", "/admin"}
"""What a run asks. FastAPI makes a router ready when a request first passes it on its way to another that is
further down the list, so these come first: the others would take a third of a second that the run waits."""
STOP_SECONDS = 2


def keep_books(port: int) -> None:
    """Answer on this port of the loopback interface until a signal comes."""
    with collector.at_rest():
        import uvicorn  # noqa: PLC0415 - see above
        from prefect.server.api import server  # noqa: PLC0415 - see above

        server.API_ROUTERS = tuple(  # type: ignore[assignment]  # typed by its length
            sorted(server.API_ROUTERS, key=lambda one: one.prefix not in ASKED)
        )
        turns.take_turns()
        app = server.create_app(ephemeral=True)
        gc.freeze()  # all of that stays: nothing to look through, now or later
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
        timeout_graceful_shutdown=STOP_SECONDS,
    )


if __name__ == "__main__":
    keep_books(int(sys.argv[1]))
