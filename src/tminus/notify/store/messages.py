"""SQL of single messages of the outbox, for who sees to them by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.actor import Actor
from tminus.platform.outbox.message import MessageStatus
from tminus.platform.tables import outbox

REASON_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Sent:
    """A row of the outbox with what became of it; `handled_*` = a pilot saw to it."""

    id: UUID
    migration_id: UUID
    iteration_id: UUID | None
    step_id: UUID | None
    recipient: str
    subject: str
    body_text: str
    body_html: str | None
    status: MessageStatus
    occasion: str | None
    team_id: UUID | None
    secret: bool
    handled_at: datetime | None
    handled_by: str | None
    last_error: str | None


_COLUMNS = [outbox.c[name] for name in Sent.__dataclass_fields__]


async def find_message(connection: AsyncConnection, key: UUID, *, lock: bool = False) -> Sent | None:
    """Return a message; with `lock`, nobody else changes it before this transaction ends."""
    query = select(*_COLUMNS).where(outbox.c.id == key)
    return _sent((await connection.execute(query.with_for_update() if lock else query)).one_or_none())


async def find_by_message_id(connection: AsyncConnection, message_id: str) -> Sent | None:
    """Return the message with a Message-ID."""
    query = select(*_COLUMNS).where(outbox.c.message_id == message_id)
    return _sent((await connection.execute(query)).one_or_none())


async def mark_handled(
    connection: AsyncConnection, message: Sent, by: Actor, at: datetime, note: str
) -> None:
    """Let a message ask for care no longer; a personal link that will not be sent is forgotten."""
    forgotten = {"body_text": "", "body_html": None} if message.secret else {}
    await connection.execute(
        update(outbox)
        .where(outbox.c.id == message.id)
        .values(handled_at=at, handled_by=by.name, handled_note=note, **forgotten)
    )


async def mark_bounced(connection: AsyncConnection, key: UUID, reason: str) -> None:
    """Mark a message as failed: it was taken over, and came back."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.id == key)
        .values(status="failed", last_error=func.left(reason, REASON_LIMIT), claimed_by=None)
    )


def _sent(row: Any) -> Sent | None:
    if row is None:
        return None
    values = row._asdict()
    return Sent(**{**values, "status": MessageStatus(values["status"])})
