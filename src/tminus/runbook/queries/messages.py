"""The messages of an iteration, with where each stands and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, may
from tminus.runbook.queries.iteration import visible_iteration

_MESSAGES = text(
    """
    SELECT o.id, s.code, o.recipient, o.subject, o.status, o.attempts, o.queued_at, o.sent_at, o.last_error,
           o.occasion, o.resend_of, o.handled_at, o.handled_by, o.handled_note,
           t.name AS team_name, t.phone AS team_phone,
           (SELECT u.name FROM users AS u WHERE u.email = o.recipient) AS recipient_name,
           (SELECT u.phone FROM users AS u WHERE u.email = o.recipient) AS recipient_phone
    FROM outbox AS o LEFT JOIN iteration_steps AS s ON s.id = o.step_id
    LEFT JOIN teams AS t ON t.id = coalesce(o.team_id, s.team_id)
    WHERE o.iteration_id = :iteration AND (CAST(:status AS text) IS NULL OR o.status = :status)
      AND (CAST(:step AS text) IS NULL OR s.code = :step)
      AND (NOT :care OR (o.status IN ('failed', 'uncertain') AND o.handled_at IS NULL))
    ORDER BY o.queued_at DESC, o.id LIMIT 500
    """
)
_COUNTS = text(
    """
    SELECT status, count(*) AS count,
           count(*) FILTER (WHERE status IN ('failed', 'uncertain') AND handled_at IS NULL) AS care
    FROM outbox WHERE iteration_id = :iteration GROUP BY status
    """
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages: of a status, of a step, or those alone that nobody has seen to."""

    status: str | None = None
    step: str | None = None
    care: bool = False


async def messages_view(
    connection: AsyncConnection, person: Person, iteration_id: UUID, wanted: Wanted
) -> dict[str, Any]:
    """Return the newest 500 messages, newest first, with how many there are in each status."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    pilot = may(person, Right.ITERATIONS, iteration.migration_id)
    asked = {"iteration": iteration_id, "status": wanted.status, "step": wanted.step, "care": wanted.care}
    rows = await connection.execute(_MESSAGES, asked)
    items = [_shown(row, pilot=pilot) for row in rows]
    counts = list(await connection.execute(_COUNTS, {"iteration": iteration_id}))
    return {
        "items": items,
        "next": None,
        "counts": {row.status: row.count for row in counts},
        "unhandled": sum(row.care for row in counts),
    }


def _shown(row: Row[Any], *, pilot: bool) -> dict[str, Any]:
    care = row.status in ("failed", "uncertain") and row.handled_at is None
    return {
        "id": str(row.id),
        "stepCode": row.code,
        "recipient": row.recipient,
        "recipientName": row.recipient_name,
        "teamName": row.team_name,
        "phone": row.recipient_phone or row.team_phone,
        "subject": row.subject,
        "occasion": row.occasion,
        "status": row.status,
        "attempts": row.attempts,
        "queuedAt": instant(row.queued_at),
        "sentAt": instant(row.sent_at) if row.sent_at else None,
        "lastError": row.last_error,
        "resendOf": str(row.resend_of) if row.resend_of else None,
        "handledAt": instant(row.handled_at) if row.handled_at else None,
        "handledBy": row.handled_by,
        "handledNote": row.handled_note,
        "allowedActions": ["resend", "handled"] if care and pilot else [],
    }
