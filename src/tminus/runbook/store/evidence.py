"""SQL of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.evidence import EvidenceKind, EvidenceNow
from tminus.runbook.store.tables import evidence as table
from tminus.runbook.store.tables import iteration_steps as steps


async def insert_evidence(connection: AsyncConnection, row: dict[str, Any]) -> None:
    """Keep a piece of evidence."""
    await connection.execute(insert(table).values(**row))


async def load_evidence(connection: AsyncConnection, key: UUID) -> EvidenceNow | None:
    """Return a piece of evidence by its key."""
    query = (
        select(table, steps.c.code.label("step_code"))
        .select_from(table.outerjoin(steps, steps.c.id == table.c.step_id))
        .where(table.c.id == key)
    )
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    return EvidenceNow(
        id=row.id,
        migration_id=row.migration_id,
        iteration_id=row.iteration_id,
        step_id=row.step_id,
        step_code=row.step_code,
        control_id=row.control_id,
        attempt=row.attempt,
        kind=EvidenceKind(row.kind),
        words=row.words,
        file_name=row.file_name,
        by_id=row.by_id,
        by_name=row.by_name,
        withdrawn=row.withdrawn_at is not None,
    )


async def withdraw(connection: AsyncConnection, key: UUID, by: str, at: datetime, reason: str) -> None:
    """Write that a piece of evidence counts no longer."""
    values = {"withdrawn_at": at, "withdrawn_by": by, "withdrawn_reason": reason}
    await connection.execute(update(table).where(table.c.id == key).values(**values))


async def known_objects(connection: AsyncConnection, keys: Sequence[str]) -> set[str]:
    """Return those of the object store's keys that some evidence names."""
    query = select(table.c.object_key).where(table.c.object_key.in_(keys))
    return {row.object_key for row in await connection.execute(query)}
