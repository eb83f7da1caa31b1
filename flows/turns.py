"""`python -m flows.tether flows.turns ARGUMENT…`: Prefect's command line, whose server on SQLite takes turns.

Prefect's transactions read first and write then. Where another one wrote meanwhile, SQLite refuses the write
at once, and the server answers 503: its client asks again, but in the UI a click on "Submit" is lost (one in
ten, beside a run on a busy machine). Begun as one that will write, a transaction waits for its turn instead.
"""

import runpy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


def take_turns() -> None:
    """Begin every transaction of this process's server on SQLite as one that will write."""
    from prefect.server.database import configurations  # noqa: PLC0415 - who calls chooses when it is imported

    begin = configurations.AioSqliteConfiguration.begin_transaction

    def begin_to_write(
        self: configurations.AioSqliteConfiguration,
        session: "AsyncSession",
        with_for_update: bool = False,  # noqa: FBT001, FBT002 - Prefect's signature
    ) -> Any:
        del with_for_update
        return begin(self, session, with_for_update=True)

    configurations.AioSqliteConfiguration.begin_transaction = begin_to_write  # type: ignore[method-assign]


if __name__ == "__main__":
    take_turns()
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)
