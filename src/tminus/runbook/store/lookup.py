"""Where things are: keys from codes, before any lock. What these return never changes for a given key."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.swift import Lookups
from tminus.runbook.store.tables import iterations

_STEP = b"""
SELECT i.migration_id, s.id FROM iterations AS i
LEFT JOIN iteration_steps AS s ON s.iteration_id = i.id AND s.code = %(code)s WHERE i.id = %(iteration)s
"""
_MOST = 50_000
_known: dict[tuple[UUID, str], tuple[UUID, UUID]] = {}
"""A step's code never changes once an iteration is made, so that no process asks twice."""


async def migration_of(connection: AsyncConnection, iteration_id: UUID) -> UUID | None:
    """Return the migration an iteration belongs to."""
    query = select(iterations.c.migration_id).where(iterations.c.id == iteration_id)
    return (await connection.execute(query)).scalar_one_or_none()


async def step_key(lookups: Lookups, iteration_id: UUID, code: str) -> tuple[UUID, UUID | None] | None:
    """Return (migration, step) of a code; None = no such iteration, a None step = no such code in it."""
    known = _known.get((iteration_id, code))
    if known:
        return known
    found = await lookups.ask(_STEP, {"iteration": iteration_id, "code": code})
    if not found:
        return None
    migration_id, step_id = found[0]
    if step_id:
        if len(_known) >= _MOST:
            _known.clear()
        _known[iteration_id, code] = migration_id, step_id
    return migration_id, step_id
