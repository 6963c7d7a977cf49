"""The database: one metadata for every table, one pool for a process.

Commands take a connection from `unit_of_work`, reads from `Database.read()`; nobody opens one elsewhere.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from sqlalchemy import MetaData, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from tminus.platform.swift import Lookups

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

SESSION_SETTINGS = (
    "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000"
)
"""Bounds in ms on every statement, wait for a lock, and silence inside a transaction of the app."""

PATIENT = "SET LOCAL statement_timeout = '10min'; SET LOCAL idle_in_transaction_session_timeout = '10min'"
"""The bounds of one transaction whose statements run over a whole file or plan."""


def sqlalchemy_url(libpq_url: str) -> str:
    """Turn `postgresql://…` into the URL that names our driver."""
    return "postgresql+psycopg://" + libpq_url.split("://", 1)[1]


RESTED_SECONDS = 1.0
_USED = "tminus.used"


class Database:
    """A pool of connections as the app's role."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=15,
            hide_parameters=True,  # an error line in the log must not hold a mail with a link in it
            connect_args={"options": SESSION_SETTINGS, "connect_timeout": 5},
        )
        _ping_what_rested(self.engine)
        self.lookups = Lookups(url, SESSION_SETTINGS)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection whose statements all see one snapshot and may write nothing."""
        async with self.engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    async def close(self) -> None:
        """Close every connection of the pool."""
        await self.lookups.close()
        await self.engine.dispose()


def _ping_what_rested(engine: AsyncEngine) -> None:
    """Try a connection before it is used, but not one used a moment ago: that would be a round trip each time."""
    dialect = engine.sync_engine.dialect

    @event.listens_for(engine.sync_engine, "checkin")
    def note(_: Any, record: Any) -> None:
        record.info[_USED] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def ping(connection: Any, record: Any, _: Any) -> None:
        used = record.info.get(_USED)
        if used is None or monotonic() - used < RESTED_SECONDS:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            # The pool takes this as an order: throw away all that is older, and connect anew.
            raise DisconnectionError("the connection died while nobody used it") from error
