"""SQL of the log: lock a head, append, read by stream and number."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.actor import Actor
from tminus.platform.eventlog.record import Entry
from tminus.platform.swift import Lookups, Statement, in_turn
from tminus.platform.tables import event_log, iteration_heads, stream_heads

CHANNEL = "tminus_events"
"""NOTIFY channel; the payload is `stream:seq` (ids alone: a payload holds < 8,000 bytes)."""


@dataclass(frozen=True, slots=True)
class Head:
    """A stream's newest number and hash, and the time by Tminus's clock, read under the lock.

    `iterations` = the newest number of each of the stream's iterations.
    """

    seq: int
    hash: bytes
    now: datetime
    iterations: Mapping[UUID, int]


# The clock is read outside the locking CTE: inside it, it would be the time before the wait for the lock.
_LOCK = b"""
WITH head AS MATERIALIZED (
    SELECT seq, hash, last_at FROM stream_heads WHERE stream = %(stream)s FOR UPDATE
)
SELECT head.seq, head.hash,
       greatest(coalesce(clock.frozen_at, clock_timestamp() + clock.shift), head.last_at) AS now
FROM head CROSS JOIN server_clock AS clock
"""

# A statement of its own: in the one that waits for the lock it would see the time before the wait.
_ITERATIONS = b"SELECT iteration_id, seq FROM iteration_heads WHERE stream = %(stream)s"

_APPEND = b"""
WITH head AS (
    UPDATE stream_heads SET seq = %(seq)s, hash = %(hash)s, last_at = %(at)s WHERE stream = %(stream)s
), entries AS (
    INSERT INTO event_log
        (stream, seq, at, type, actor_id, actor, iteration_id, step_id, detail, canonical, prev_hash, hash)
    SELECT %(stream)s, seq, %(at)s, type, actor_id, actor, iteration_id, step_id, detail,
           decode(canonical, 'base64'), decode(prev_hash, 'hex'), decode(hash, 'hex')
    FROM jsonb_to_recordset(%(entries)s) AS entry
        (seq bigint, type text, actor_id uuid, actor text, iteration_id uuid, step_id uuid, detail jsonb,
         canonical text, prev_hash text, hash text)
), heads AS (
    INSERT INTO iteration_heads (iteration_id, stream, seq)
    SELECT iteration_id, %(stream)s, max(seq)
    FROM jsonb_to_recordset(%(entries)s) AS entry (iteration_id uuid, seq bigint)
    WHERE iteration_id IS NOT NULL GROUP BY iteration_id
    ON CONFLICT (iteration_id) DO UPDATE SET seq = excluded.seq
), messages AS (
    INSERT INTO outbox
        (id, migration_id, iteration_id, step_id, channel, recipient, subject, body_text, body_html,
         message_id, status, occasion, team_id, secret, resend_of, queued_at, next_attempt_at)
    SELECT id, migration_id, iteration_id, step_id, channel, recipient, subject, body_text, body_html,
           message_id, status, occasion, team_id, secret, resend_of, %(at)s, clock_timestamp()
    FROM jsonb_to_recordset(%(messages)s) AS message
        (id uuid, migration_id uuid, iteration_id uuid, step_id uuid, channel text, recipient text,
         subject text, body_text text, body_html text, message_id text, status text, occasion text,
         team_id uuid, secret boolean, resend_of uuid)
)
SELECT pg_notify('tminus_events', %(payload)s)
"""


async def lock_head(connection: AsyncConnection, stream: UUID) -> Head | None:
    """Wait for and take the stream's head row; None where there is no such stream."""
    return (await lock_head_and_look(connection, stream, ()))[0]


async def lock_head_and_look(
    connection: AsyncConnection,
    stream: UUID,
    reading: Sequence[Statement],
    before: Sequence[Statement] = (),
) -> tuple[Head | None, list[list[Any]]]:
    """Take the stream's head as `lock_head` does and run reading statements after it, all in one round trip.

    `before` = savepoints, where the head is ours already.
    """
    key = {"stream": stream}
    statements = [*before, (_LOCK, key), (_ITERATIONS, key), *reading]
    found, heads, *looked = (await in_turn(connection, statements))[len(before) :]
    if not found:
        return None, looked
    row = found[0]
    iterations = {head.iteration_id: head.seq for head in heads}
    return Head(row.seq, bytes(row.hash), row.now, iterations), looked


def appending(entries: Sequence[Entry], messages: Sequence[dict[str, Any]]) -> Statement:
    """Return the statement that writes entries, messages and the new head, and wakes the readers at commit."""
    last = entries[-1]
    return (
        _APPEND,
        {
            "stream": last.stream,
            "seq": last.seq,
            "hash": last.hash,
            "at": last.at,
            "entries": Jsonb([_columns(entry) for entry in entries]),
            "messages": Jsonb(list(messages)),
            "payload": f"{last.stream}:{last.seq}",
        },
    )


_TAIL = b"""
SELECT stream, seq, at, type, actor_id, actor, iteration_id, step_id, detail, canonical, prev_hash, hash
FROM event_log WHERE stream = %(stream)s AND seq > %(after)s ORDER BY seq LIMIT %(limit)s
"""


async def read_tail(lookups: Lookups, stream: UUID, after: int, limit: int) -> list[Entry]:
    """Return the next entries of a stream after number `after`, as `read_stream` does, in one round trip."""
    found = await lookups.ask(_TAIL, {"stream": stream, "after": after, "limit": limit})
    return [entry_from(row) for row in found]


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "type": entry.type,
        "actor_id": str(entry.actor.id) if entry.actor.id else None,
        "actor": entry.actor.name,
        "iteration_id": str(entry.iteration_id) if entry.iteration_id else None,
        "step_id": str(entry.step_id) if entry.step_id else None,
        "detail": entry.detail,
        "canonical": b64encode(entry.canonical).decode(),
        "prev_hash": entry.prev_hash.hex(),
        "hash": entry.hash.hex(),
    }


async def open_stream(connection: AsyncConnection, stream: UUID) -> None:
    """Make the head row of a new stream; a stream that is there stays as it is."""
    await connection.execute(pg_insert(stream_heads).values(stream=stream).on_conflict_do_nothing())


async def read_stream(
    connection: AsyncConnection, stream: UUID, after: int, limit: int = 1000
) -> list[Entry]:
    """Return the next entries of a stream after number `after`, oldest first."""
    query = (
        select(event_log)
        .where(event_log.c.stream == stream, event_log.c.seq > after)
        .order_by(event_log.c.seq)
        .limit(limit)
    )
    return [entry_from(row) for row in await connection.execute(query)]


async def read_iteration(
    connection: AsyncConnection, iteration_id: UUID, after: int, limit: int = 500
) -> list[Entry]:
    """Return the next entries of one iteration after number `after`, oldest first."""
    query = (
        select(event_log)
        .where(event_log.c.iteration_id == iteration_id, event_log.c.seq > after)
        .order_by(event_log.c.seq)
        .limit(limit)
    )
    return [entry_from(row) for row in await connection.execute(query)]


async def newest_of_iteration(connection: AsyncConnection, iteration_id: UUID) -> int:
    """Return the iteration's newest number; 0 = nothing has happened to it."""
    query = select(iteration_heads.c.seq).where(iteration_heads.c.iteration_id == iteration_id)
    return (await connection.execute(query)).scalar_one_or_none() or 0


async def heads_of(connection: AsyncConnection, iterations: Collection[UUID]) -> dict[UUID, tuple[UUID, int]]:
    """Return (stream, newest number) of each of the iterations that has any."""
    if not iterations:
        return {}
    query = select(iteration_heads).where(iteration_heads.c.iteration_id.in_(iterations))
    return {row.iteration_id: (row.stream, row.seq) for row in await connection.execute(query)}


def entry_from(row: Row[Any]) -> Entry:
    """Turn a row of the log into its value."""
    return Entry(
        row.stream,
        row.seq,
        row.at,
        row.type,
        Actor(row.actor_id, row.actor),
        row.iteration_id,
        row.step_id,
        row.detail,
        bytes(row.canonical),
        bytes(row.prev_hash),
        bytes(row.hash),
    )
