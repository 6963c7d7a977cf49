"""The messages of an iteration, with where each stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.runbook.queries.iteration import visible_iteration

_MESSAGES = text(
    """
    SELECT o.id, s.code, o.recipient, o.subject, o.status, o.attempts, o.queued_at, o.sent_at, o.last_error
    FROM outbox AS o LEFT JOIN iteration_steps AS s ON s.id = o.step_id
    WHERE o.iteration_id = :iteration ORDER BY o.queued_at DESC, o.id LIMIT 500
    """
)


async def messages_view(
    connection: AsyncConnection, person: Person, iteration_id: UUID
) -> list[dict[str, Any]]:
    """Return the newest 500 messages, newest first."""
    await visible_iteration(connection, person, iteration_id)
    rows = await connection.execute(_MESSAGES, {"iteration": iteration_id})
    return [
        {
            "id": str(row.id),
            "stepCode": row.code,
            "recipient": row.recipient,
            "subject": row.subject,
            "status": row.status,
            "attempts": row.attempts,
            "queuedAt": instant(row.queued_at),
            "sentAt": instant(row.sent_at) if row.sent_at else None,
            "lastError": row.last_error,
        }
        for row in rows
    ]
