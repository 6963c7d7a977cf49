"""SQL of substitutes: who stands in for whom, from when until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.store.tables import substitutes

# Iterations stand above this slice, so that they are asked in plain SQL.
_ITERATION = text("SELECT name FROM iterations WHERE id = :id AND migration_id = :migration").bindparams(
    bindparam("id", type_=Uuid), bindparam("migration", type_=Uuid)
)


async def insert_substitute(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write a new one."""
    await connection.execute(insert(substitutes).values(**values))


async def find_substitute(connection: AsyncConnection, substitute_id: UUID) -> Row[Any] | None:
    """Return one, whether it is over or not."""
    query = select(substitutes).where(substitutes.c.id == substitute_id)
    return (await connection.execute(query)).one_or_none()


async def end_substitute(connection: AsyncConnection, substitute_id: UUID, at: datetime, by: str) -> None:
    """End one before its time."""
    ended = update(substitutes).where(substitutes.c.id == substitute_id)
    await connection.execute(ended.values(ended_at=at, ended_by=by))


async def overlapping(connection: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Tell whether the same two have one in the migration already that shares a moment with `values`."""
    same = [substitutes.c[name] == values[name] for name in ("migration_id", "absent_id", "substitute_id")]
    query = select(substitutes.c.id).where(
        *same,
        substitutes.c.ended_at.is_(None),
        substitutes.c.begins_at < values["ends_at"],
        substitutes.c.ends_at > values["begins_at"],
    )
    return (await connection.execute(query.limit(1))).first() is not None


async def iteration_name(connection: AsyncConnection, migration_id: UUID, iteration_id: UUID) -> str | None:
    """Return the name of an iteration of this migration; None = it has no such one."""
    found: str | None = (
        await connection.execute(_ITERATION, {"id": iteration_id, "migration": migration_id})
    ).scalar_one_or_none()
    return found
