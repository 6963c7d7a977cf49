"""The log, followed: woken by NOTIFY, read by stream and number, so that nothing is missed or read twice.

NOTIFY is only a hint. After a lost connection the heads are compared with what was read, and the rest is
read from the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from uuid import UUID

import psycopg
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from tminus.kernel.errors import TminusError
from tminus.platform.database import Database
from tminus.platform.eventlog.record import Entry
from tminus.platform.eventlog.store import CHANNEL, read_stream
from tminus.platform.tables import stream_heads

log = logging.getLogger(__name__)

Handler = Callable[[UUID, Sequence[Entry]], Awaitable[None]]
PAGE = 500
RETRY_SECONDS = 1.0
LOOK_ANYWAY_SECONDS = 10.0
"""Even without a NOTIFY the heads are compared this often: a proxy may swallow one."""


class Feed:
    """Follows every stream from the moment it starts and hands each new entry to the handler, in order."""

    def __init__(self, database: Database, handler: Handler) -> None:
        self._database = database
        self._handler = handler
        self._read: dict[UUID, int] | None = None
        self.connected = asyncio.Event()

    async def run(self) -> None:
        """Follow until cancelled; a lost database is waited for."""
        while True:
            try:
                await self._follow()
            except (psycopg.Error, SQLAlchemyError, TminusError, OSError) as error:
                self.connected.clear()
                log.warning(
                    "the feed lost the database and goes on when it is back: %s", type(error).__name__
                )
                await asyncio.sleep(RETRY_SECONDS)

    async def _follow(self) -> None:
        connection = await psycopg.AsyncConnection.connect(
            self._database.url, autocommit=True, connect_timeout=5
        )
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            await self._catch_up()
            self.connected.set()
            while True:
                woken = False
                async for _ in connection.notifies(timeout=LOOK_ANYWAY_SECONDS, stop_after=1):
                    woken = True
                if not woken:
                    await connection.execute("SELECT 1")
                await self._catch_up()

    async def _catch_up(self) -> None:
        async with self._database.read() as connection:
            rows = await connection.execute(select(stream_heads.c.stream, stream_heads.c.seq))
            heads = {row.stream: row.seq for row in rows}
        if self._read is None:
            self._read = heads
            return
        for stream, head in heads.items():
            while self._read.get(stream, 0) < head:
                await self._next(stream)

    async def _next(self, stream: UUID) -> None:
        assert self._read is not None  # noqa: S101 - set by the first look
        async with self._database.read() as connection:
            entries = await read_stream(connection, stream, self._read.get(stream, 0), PAGE)
        with suppress(IndexError):
            self._read[stream] = entries[-1].seq
        await self._handler(stream, entries)
