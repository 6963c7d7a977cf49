"""SQL of the audit: heads, rows in order, and who may change what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.audit.domain.entries import Head, Stored
from tminus.platform.tables import event_log, stream_heads

BATCH = 1_000
"""Rows read at a time: a log of any length is verified and exported in bounded memory."""

# A stream may have lost its head row, or all its entries: it is looked at either way.
_STREAMS = text("SELECT stream FROM stream_heads UNION SELECT DISTINCT stream FROM event_log ORDER BY stream")

_PROTECTION = text(
    """
    SELECT pg_has_role(current_user, c.relowner, 'USAGE') AS owns,
           (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser,
           current_user AS role,
           (SELECT count(*) FROM pg_trigger AS t
            WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled = 'A') AS triggers
    FROM pg_class AS c WHERE c.oid = 'event_log'::regclass
    """
)
_WALL = text("SELECT clock_timestamp()")


async def streams(connection: AsyncConnection) -> list[UUID]:
    """Return every stream there is, or was."""
    return [row.stream for row in await connection.execute(_STREAMS)]


async def heads(connection: AsyncConnection, stream: UUID | None = None) -> list[Head]:
    """Return the heads of all streams, or of one."""
    query = select(stream_heads.c.stream, stream_heads.c.seq, stream_heads.c.hash).order_by(
        stream_heads.c.stream
    )
    if stream is not None:
        query = query.where(stream_heads.c.stream == stream)
    return [Head(row.stream, row.seq, bytes(row.hash)) for row in await connection.execute(query)]


async def rows_of(connection: AsyncConnection, stream: UUID) -> AsyncIterator[Stored]:
    """Yield a stream's rows in order of their numbers, through a cursor on the server."""
    query = select(event_log).where(event_log.c.stream == stream).order_by(event_log.c.seq)
    async with connection.stream(query, execution_options={"yield_per": BATCH}) as rows:
        async for row in rows:
            yield _stored(row)


async def protection(connection: AsyncConnection) -> Row[Any]:
    """Return whether the app's role owns the log or is a superuser, and how many triggers always refuse."""
    return (await connection.execute(_PROTECTION)).one()


async def wall_time(connection: AsyncConnection) -> datetime:
    """Return the wall time: an anchor says when it was really written, however the clock was moved."""
    moment: datetime = (await connection.execute(_WALL)).scalar_one()
    return moment


def _stored(row: Row[Any]) -> Stored:
    return Stored(
        stream=row.stream,
        seq=row.seq,
        at=row.at,
        type=row.type,
        actor_id=row.actor_id,
        actor=row.actor,
        iteration_id=row.iteration_id,
        step_id=row.step_id,
        detail=row.detail,
        canonical=bytes(row.canonical),
        prev_hash=bytes(row.prev_hash),
        hash=bytes(row.hash),
    )
