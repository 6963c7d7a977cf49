"""The queue (procrastinate, in the same database): tasks are known by name.

At least once: every task must be able to run twice. No `queueing_lock` is used: its conflict would abort the
transaction of the command that defers.
"""

from __future__ import annotations

from typing import Any

from procrastinate import App, PsycopgConnector
from sqlalchemy.ext.asyncio import AsyncConnection

_deferrer = App(connector=PsycopgConnector())
"""Never opened: it only knows how to write a job through a connection that it is given."""


def make_app(libpq_url: str) -> App:
    """Return the queue of a worker; `entry.bootstrap` registers every slice's tasks on it."""
    return App(connector=PsycopgConnector(conninfo=libpq_url, min_size=1, max_size=4))


async def defer_job(connection: AsyncConnection, task: str, arguments: dict[str, Any]) -> None:
    """Write a job on the caller's own connection, inside its transaction."""
    raw = (await connection.get_raw_connection()).driver_connection
    job = _deferrer.configure_task(task, allow_unknown=True, connection=raw)
    await job.defer_async(**arguments)
