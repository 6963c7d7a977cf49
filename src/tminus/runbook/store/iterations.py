"""SQL of iterations as a whole: make, schedule, move between states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.iteration_tables import iteration_steps, iterations

_FREEZE_BASELINE = text(
    """
    UPDATE iteration_steps SET baseline_start = planned_start, baseline_end = planned_end
    WHERE iteration_id = :iteration
    """
)
_SHIFT = text(
    """
    WITH shifted AS (
        UPDATE iteration_steps SET planned_start = planned_start + :by, planned_end = planned_end + :by
        WHERE iteration_id = :iteration
    )
    UPDATE iterations SET planned_start = planned_start + :by, planned_end = planned_end + :by
    WHERE id = :iteration
    """
)
_OPEN = text(
    """
    SELECT code FROM iteration_steps
    WHERE iteration_id = :iteration AND NOT dormant AND state NOT IN ('complete', 'skipped', 'cancelled')
    ORDER BY position
    """
)


async def insert_iteration(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write a new iteration's own row."""
    await connection.execute(insert(iterations).values(**values))


async def name_taken(connection: AsyncConnection, migration_id: UUID, name: str) -> bool:
    """Tell whether the migration has an iteration of this name."""
    query = select(iterations.c.id).where(
        iterations.c.migration_id == migration_id, iterations.c.name == name
    )
    return (await connection.execute(query)).first() is not None


async def update_iteration(
    connection: AsyncConnection, iteration_id: UUID, values: Mapping[str, Any]
) -> None:
    """Write members of an iteration and count its version up."""
    await connection.execute(
        update(iterations)
        .where(iterations.c.id == iteration_id)
        .values(**values, version=iterations.c.version + 1)
    )


async def freeze_baseline(connection: AsyncConnection, iteration_id: UUID) -> None:
    """Make the planned times the promise that delays are measured against."""
    await connection.execute(_FREEZE_BASELINE, {"iteration": iteration_id})


async def shift_plan(connection: AsyncConnection, iteration_id: UUID, by: timedelta) -> None:
    """Move every planned time; baselines stay."""
    await connection.execute(_SHIFT, {"iteration": iteration_id, "by": by})


async def open_steps(connection: AsyncConnection, iteration_id: UUID) -> list[str]:
    """Return the codes of the steps that are not over, top to bottom; dormant ones are not open."""
    return [row.code for row in await connection.execute(_OPEN, {"iteration": iteration_id})]


async def steps_without_team(connection: AsyncConnection, iteration_id: UUID) -> list[tuple[str, str]]:
    """Return (code, name) of the steps a team should do and none is named for."""
    query = (
        select(iteration_steps.c.code, iteration_steps.c.name)
        .where(
            iteration_steps.c.iteration_id == iteration_id,
            iteration_steps.c.team_id.is_(None),
            iteration_steps.c.behaviour.in_(("work", "checkpoint")),
        )
        .order_by(iteration_steps.c.position)
    )
    return [(row.code, row.name) for row in await connection.execute(query)]
