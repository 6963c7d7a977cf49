"""SQL of the sender: claim rows, write what became of it, find the rows of senders that died.

Wall time, not Tminus's movable clock: a mail server's patience does not move with it. Each statement is a
transaction of its own, so that `now()` is the wall time at its start.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow, class_row

from tminus.kernel.ids import SYSTEM_STREAM
from tminus.platform.outbox.after import Written, wait_seconds
from tminus.platform.outbox.ports import Mail

Connection = AsyncConnection[TupleRow]

LOCK_SPACE = 0x7461
"""First half of the advisory lock that says “this sender lives”; the second half is the sender's number."""

# Both in one statement: one round trip and one wait for the disk, however many were sent meanwhile.
# A sender that lived on without its connection was counted as dead; what it knows is still true.
_SETTLE_AND_CLAIM = """
    WITH told AS (
        SELECT * FROM unnest(%(ids)s::uuid[], %(attempts)s::int[], %(statuses)s::text[], %(reasons)s::text[],
                             %(waits)s::int[]) AS t (id, attempt, status, reason, wait)
    ), settled AS (
        UPDATE outbox AS o
        SET status = told.status, last_error = told.reason, claimed_by = NULL,
            sent_at = CASE WHEN told.status = 'sent' THEN clock_timestamp() END,
            -- A message with a secret (a sign-in link, a personal link): once sent, it is kept nowhere here.
            body_text = CASE WHEN told.status = 'sent' AND (o.secret OR o.migration_id = %(system)s)
                             THEN '' ELSE o.body_text END,
            body_html = CASE WHEN told.status = 'sent' AND (o.secret OR o.migration_id = %(system)s)
                             THEN NULL ELSE o.body_html END,
            next_attempt_at = clock_timestamp() + make_interval(secs => told.wait)
        FROM told WHERE o.id = told.id AND o.attempts = told.attempt AND o.status IN ('sending', 'uncertain')
    ), due AS MATERIALIZED (
        SELECT id FROM outbox WHERE status = 'queued' AND next_attempt_at <= now() AND channel = 'mail'
        ORDER BY next_attempt_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox AS o
    SET status = 'sending', attempts = attempts + 1, claimed_by = %(number)s, claimed_at = clock_timestamp()
    FROM due WHERE o.id = due.id
    RETURNING o.id, o.recipient, o.subject, o.body_text, o.body_html, o.message_id, o.attempts AS attempt,
              o.claimed_at
"""

_CUT_OFF = """
    UPDATE outbox SET status = 'uncertain', last_error = %(reason)s
    WHERE status = 'sending' AND claimed_by NOT IN (
        SELECT objid::text FROM pg_locks
        WHERE locktype = 'advisory' AND classid = %(space)s AND objsubid = 2 AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""

_TAKE_BACK = """
    UPDATE outbox SET status = 'queued', attempts = attempts - 1, claimed_by = NULL, last_error = NULL
    WHERE claimed_by = %(number)s AND status IN ('sending', 'uncertain') AND id <> ALL(%(in_hand)s)
"""

_NEXT = """
    SELECT extract(epoch FROM min(next_attempt_at) - now())::float FROM outbox
    WHERE status = 'queued' AND channel = 'mail'
"""


async def take_number(connection: Connection) -> str:
    """Take a number no living sender has; it is this connection's until the connection ends."""
    while True:
        number = random.randrange(1, 2**31)  # noqa: S311 - a name, not a secret
        cursor = await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, number])
        row = await cursor.fetchone()
        if row and row[0]:
            return str(number)


async def claim(connection: Connection, number: str) -> Mail | None:
    """Take one due row for this sender alone; None = nothing is due."""
    return next(iter(await settle_and_claim(connection, number, [], 1)), None)


async def settle(connection: Connection, number: str, mail: Mail, written: Written) -> None:
    """Write what became of one attempt."""
    await settle_and_claim(connection, number, [(mail, written)], 0)


async def settle_and_claim(
    connection: Connection, number: str, outcomes: Sequence[tuple[Mail, Written]], most: int
) -> list[Mail]:
    """Write what became of attempts and take up to `most` due rows for this sender alone, as one change.

    An outcome that was written before stays as it is.
    """
    values = {
        "ids": [mail.id for mail, _ in outcomes],
        "attempts": [mail.attempt for mail, _ in outcomes],
        "statuses": [written.status for _, written in outcomes],
        "reasons": [written.reason for _, written in outcomes],
        "waits": [wait_seconds(mail.attempt) for mail, _ in outcomes],
        "system": SYSTEM_STREAM,
        "number": number,
        "most": most,
    }
    async with connection.cursor(row_factory=class_row(Mail)) as cursor:
        await cursor.execute(_SETTLE_AND_CLAIM, values, prepare=True)
        return await cursor.fetchall()


async def mark_cut_off(connection: Connection) -> int:
    """Mark as uncertain what a sender that no longer lives had begun; return how many rows."""
    reason = "The sender ended while it was sending this message; it may have arrived."
    cursor = await connection.execute(_CUT_OFF, {"space": LOCK_SPACE, "reason": reason})
    return cursor.rowcount


async def take_back(connection: Connection, number: str, in_hand: Collection[UUID]) -> None:
    """Queue again what was claimed under a lost number and never reached the sender: no send was begun.

    The connection was lost between the claim and its answer; only the sender itself can know that.
    """
    await connection.execute(_TAKE_BACK, {"number": number, "in_hand": list(in_hand)})


async def seconds_to_next(connection: Connection) -> float | None:
    """Return how long until a queued row is due (negative: it is); None = none is queued."""
    row = await (await connection.execute(_NEXT)).fetchone()
    return row[0] if row else None
