"""The log, followed: woken by NOTIFY, read by stream and number, so that nothing is missed or read twice.

NOTIFY is only a hint. After a lost connection the heads are compared with what was read, and the rest is
read from the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

import psycopg
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from tminus.kernel.errors import TminusError
from tminus.platform.database import Database
from tminus.platform.eventlog.record import Entry
from tminus.platform.eventlog.store import CHANNEL, read_tail
from tminus.platform.tables import stream_heads

log = logging.getLogger(__name__)

Handler = Callable[[UUID, Sequence[Entry]], Awaitable[None]]
NoteHandler = Callable[[str], Awaitable[None]]
PAGE = 500
RETRY_SECONDS = 1.0
LOOK_ANYWAY_SECONDS = 10.0
"""Even without a NOTIFY the heads are compared this often: a proxy may swallow one."""


class Feed:
    """Follows every stream from the moment it starts and hands each new entry to the handler, in order.

    `others` = for further channels, what takes a note: a hint that something volatile was renewed; one may be missed.
    """

    def __init__(
        self, database: Database, handler: Handler, others: Mapping[str, NoteHandler] | None = None
    ) -> None:
        self._database = database
        self._handler = handler
        self._others = others or {}
        self._read: dict[UUID, int] | None = None
        self.connected = asyncio.Event()

    async def run(self) -> None:
        """Follow until cancelled; a lost database is waited for."""
        while True:
            try:
                await self._follow()
            except (psycopg.Error, SQLAlchemyError, TminusError, OSError) as error:
                log.warning("the feed lost the database and waits for it: %s", type(error).__name__)
            except Exception:
                # A feed that has ended would leave every screen stale and none of them knowing.
                log.exception("the feed met what it did not expect, and goes on from where it had read")
            self.connected.clear()
            await asyncio.sleep(RETRY_SECONDS)

    async def _follow(self) -> None:
        connection = await psycopg.AsyncConnection.connect(
            self._database.url, autocommit=True, connect_timeout=5
        )
        async with connection:
            for channel in (CHANNEL, *self._others):
                await connection.execute(f"LISTEN {channel}")
            await self._catch_up()
            self.connected.set()
            while True:
                notes = connection.notifies(timeout=LOOK_ANYWAY_SECONDS, stop_after=1)
                # What came together is read together.
                heard = [(note.channel, note.payload) async for note in notes]
                told = [_told(payload) for channel, payload in heard if channel == CHANNEL]
                await self._hand_on(heard)
                if told and None not in told:
                    await self._read_to(dict(one for one in told if one))
                elif told or not heard:
                    await connection.execute("SELECT 1")
                    await self._catch_up()

    async def _hand_on(self, heard: Sequence[tuple[str, str]]) -> None:
        """Give the notes of other channels to whom they are for."""
        for channel, payload in heard:
            if channel != CHANNEL:
                await self._others[channel](payload)

    async def _catch_up(self) -> None:
        async with self._database.read() as connection:
            rows = await connection.execute(select(stream_heads.c.stream, stream_heads.c.seq))
            heads = {row.stream: row.seq for row in rows}
        if self._read is None:
            self._read = heads
            return
        await self._read_to(heads)

    async def _read_to(self, heads: Mapping[UUID, int]) -> None:
        assert self._read is not None  # noqa: S101 - set by the first look
        for stream, head in heads.items():
            while (after := self._read.get(stream, 0)) < head:
                entries = await read_tail(self._database.lookups, stream, after, PAGE)
                if not entries:
                    break
                self._read[stream] = entries[-1].seq
                await self._handler(stream, entries)


def _told(payload: str) -> tuple[UUID, int] | None:
    """Return (stream, newest number); None for a note that only says: look."""
    stream, _, seq = payload.partition(":")
    try:
        return UUID(stream), int(seq)
    except ValueError:
        return None
