"""A transaction for what stands beside the log: sessions, links, attempts, the access log.

None of it is an event of a stream, so no head is locked. Everything else goes through `unit_of_work`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.database import Database


@asynccontextmanager
async def aside(database: Database) -> AsyncIterator[AsyncConnection]:
    """Yield a connection; what is written on it is committed at the end, or undone by an exception."""
    async with database.engine.begin() as connection:
        yield connection
