"""A consumer over all streams: a cursor for each, moved in the transaction of what it does.

A global serial would not do: it is not in commit order. Run twice, a consumer does nothing the second time.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.database import Database
from tminus.platform.eventlog.record import Entry
from tminus.platform.eventlog.store import read_stream

Reaction = Callable[[AsyncConnection, Sequence[Entry]], Awaitable[None]]

_BEHIND = text(
    """
    SELECT h.stream FROM stream_heads AS h
    LEFT JOIN consumer_cursors AS c ON c.stream = h.stream AND c.consumer = :consumer
    WHERE h.seq > coalesce(c.seq, 0)
    """
)
_MAKE = text(
    """
    INSERT INTO consumer_cursors (consumer, stream, seq) VALUES (:consumer, :stream, 0) ON CONFLICT DO NOTHING
    """
)
_LOCK = text("SELECT seq FROM consumer_cursors WHERE consumer = :consumer AND stream = :stream FOR UPDATE")
_MOVE = text("UPDATE consumer_cursors SET seq = :seq WHERE consumer = :consumer AND stream = :stream")


async def catch_up(database: Database, consumer: str, react: Reaction, page: int = 500) -> int:
    """Let the consumer react to all it has not seen; return how many entries that were."""
    async with database.read() as connection:
        streams = [row.stream for row in await connection.execute(_BEHIND, {"consumer": consumer})]
    total = 0
    for stream in streams:
        while seen := await _page(database, consumer, stream, react, page):
            total += seen
    return total


async def _page(database: Database, consumer: str, stream: UUID, react: Reaction, page: int) -> int:
    key = {"consumer": consumer, "stream": stream}
    async with database.engine.begin() as connection:
        await connection.execute(_MAKE, key)
        seq = (await connection.execute(_LOCK, key)).scalar_one()
        entries = await read_stream(connection, stream, seq, page)
        if entries:
            await react(connection, entries)
            await connection.execute(_MOVE, {**key, "seq": entries[-1].seq})
    return len(entries)
