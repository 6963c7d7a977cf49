"""SQL of imports that were shown and wait for somebody to say yes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.tables import plan_imports


async def insert_import(connection: AsyncConnection, values: dict[str, Any]) -> None:
    """Keep an import that was prepared."""
    await connection.execute(insert(plan_imports).values(values))


async def load_import(connection: AsyncConnection, key: UUID) -> Row[Any] | None:
    """Return an import that was kept."""
    query = select(plan_imports).where(plan_imports.c.id == key)
    return (await connection.execute(query)).one_or_none()


async def mark_committed(connection: AsyncConnection, key: UUID, at: datetime) -> bool:
    """Mark an import as carried out; False if it was already."""
    where = (plan_imports.c.id == key) & plan_imports.c.committed_at.is_(None)
    result = await connection.execute(update(plan_imports).where(where).values(committed_at=at))
    return result.rowcount == 1
