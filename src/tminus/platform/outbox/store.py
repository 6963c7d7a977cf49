"""SQL of the sender: claim rows, write what became of it, find the rows of senders that died.

Wall time, not Tminus's movable clock: a mail server's patience does not move with it. Each statement is a
transaction of its own, so that `now()` is the wall time at its start.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow, class_row

from tminus.kernel.ids import SYSTEM_STREAM
from tminus.platform.outbox.ports import Delivery, Mail, Outcome

Connection = AsyncConnection[TupleRow]

LOCK_SPACE = 0x7461
"""First half of the advisory lock that says “this sender lives”; the second half is the sender's number."""

FIRST_WAIT_SECONDS = 5
LONGEST_WAIT_SECONDS = 600

_CLAIM = """
    WITH due AS MATERIALIZED (
        SELECT id FROM outbox WHERE status = 'queued' AND next_attempt_at <= now() AND channel = 'mail'
        ORDER BY next_attempt_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox AS o
    SET status = 'sending', attempts = attempts + 1, claimed_by = %(number)s, claimed_at = clock_timestamp()
    FROM due WHERE o.id = due.id
    RETURNING o.id, o.recipient, o.subject, o.body_text, o.body_html, o.message_id, o.attempts AS attempt,
              o.claimed_at
"""

# A sender that lived on without its connection was counted as dead; what it knows is still true.
_SETTLE = """
    UPDATE outbox
    SET status = %(status)s, last_error = %(reason)s, claimed_by = NULL,
        sent_at = CASE WHEN %(status)s = 'sent' THEN clock_timestamp() END,
        -- A message with a secret (a sign-in link, a personal link): once sent, it is kept nowhere here.
        body_text = CASE WHEN %(status)s = 'sent' AND (secret OR migration_id = %(system)s)
                         THEN '' ELSE body_text END,
        body_html = CASE WHEN %(status)s = 'sent' AND (secret OR migration_id = %(system)s)
                         THEN NULL ELSE body_html END,
        next_attempt_at = clock_timestamp() + make_interval(secs => %(wait)s)
    WHERE id = %(id)s AND attempts = %(attempt)s AND status IN ('sending', 'uncertain')
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
    return next(iter(await claim_some(connection, number, 1)), None)


async def claim_some(connection: Connection, number: str, most: int) -> list[Mail]:
    """Take up to `most` due rows for this sender alone."""
    async with connection.cursor(row_factory=class_row(Mail)) as cursor:
        await cursor.execute(_CLAIM, {"number": number, "most": most})
        return await cursor.fetchall()


async def settle(connection: Connection, mail: Mail, delivery: Delivery, attempts: int) -> str:
    """Write what became of an attempt, and return the new status; `attempts` = how many there may be."""
    (status,) = await settle_all(connection, [(mail, delivery)], attempts)
    return status


async def settle_all(
    connection: Connection, outcomes: Sequence[tuple[Mail, Delivery]], attempts: int
) -> list[str]:
    """Write what became of several attempts, as `settle` does; one that was written before stays as it is."""
    found = [_settled(mail, delivery, attempts) for mail, delivery in outcomes]
    async with connection.cursor() as cursor:
        await cursor.executemany(_SETTLE, found)
    return [str(values["status"]) for values in found]


def _settled(mail: Mail, delivery: Delivery, attempts: int) -> dict[str, Any]:
    return {
        "id": mail.id,
        "attempt": mail.attempt,
        "reason": delivery.reason,
        "status": status_after(delivery.outcome, mail.attempt, attempts),
        "wait": wait_seconds(mail.attempt),
        "system": SYSTEM_STREAM,
    }


def status_after(outcome: Outcome, attempt: int, attempts: int) -> str:
    """Return the status a row has after its attempt number `attempt` of at most `attempts`."""
    if outcome is Outcome.TEMPORARY:
        return "queued" if attempt < attempts else "failed"
    return {Outcome.SENT: "sent", Outcome.PERMANENT: "failed", Outcome.UNCERTAIN: "uncertain"}[outcome]


def wait_seconds(attempt: int) -> int:
    """Return how long to wait after attempt number `attempt`: 5 s, doubling up to 10 min."""
    return int(min(FIRST_WAIT_SECONDS * 2 ** min(attempt - 1, 20), LONGEST_WAIT_SECONDS))


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
