"""SQL of iterations as a whole: make, schedule, move between states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.state import IterationState
from tminus.runbook.domain.timing import PlannedLink, PlannedStep, Times
from tminus.runbook.store.instantiation import TIMES_TYPES, times_by_column
from tminus.runbook.store.tables import iteration_steps, iterations

_FREEZE_BASELINE = text(
    """
    UPDATE iteration_steps SET baseline_start = planned_start, baseline_end = planned_end
    WHERE iteration_id = :iteration
    """
)
_FROZEN_STEPS = text(
    """
    SELECT id, chapter_id, macro_phase_id, duration_seconds, dormant, in_scope, not_before_rule, fixed_start_rule
    FROM iteration_steps WHERE iteration_id = :iteration ORDER BY position
    """
)
_FROZEN_LINKS = text(
    """
    SELECT predecessor_id, successor_id, kind, lag_seconds FROM iteration_dependencies
    WHERE iteration_id = :iteration
    UNION ALL
    SELECT predecessor_id, successor_id, kind, lag_seconds FROM iteration_group_dependencies
    WHERE iteration_id = :iteration
    """
)
_PLAN_ANEW = text(
    """
    WITH planned AS (
        UPDATE iteration_steps AS s
        SET planned_start = p.planned_start, planned_end = p.planned_end, not_before = p.not_before,
            fixed_start = p.fixed_start
        FROM unnest(:ids, :starts, :ends, :not_before, :fixed_start)
            AS p (id, planned_start, planned_end, not_before, fixed_start)
        WHERE s.id = p.id AND s.iteration_id = :iteration
    )
    UPDATE iterations SET planned_start = :start, planned_end = :end WHERE id = :iteration
    """
).bindparams(*(bindparam(name, type_=type_) for name, type_ in TIMES_TYPES.items()))
_OPEN = text(
    """
    SELECT code FROM iteration_steps
    WHERE iteration_id = :iteration AND in_scope AND NOT dormant AND state NOT IN ('complete', 'skipped', 'cancelled')
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


async def names_in(
    connection: AsyncConnection, migration_id: UUID, states: Iterable[IterationState]
) -> list[str]:
    """Return the names of a migration's iterations that are in one of these states, by planned start."""
    wanted = [state.value for state in states]
    query = select(iterations.c.name).where(
        iterations.c.migration_id == migration_id, iterations.c.state.in_(wanted)
    )
    return list((await connection.execute(query.order_by(iterations.c.planned_start))).scalars())


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


async def load_frozen_network(
    connection: AsyncConnection, iteration_id: UUID
) -> tuple[list[PlannedStep], list[PlannedLink]]:
    """Return the steps of an iteration as the schedule needs them, and all links between its parts."""
    of = {"iteration": iteration_id}
    steps = [PlannedStep(*row) for row in await connection.execute(_FROZEN_STEPS, of)]
    return steps, [PlannedLink(*row) for row in await connection.execute(_FROZEN_LINKS, of)]


async def plan_anew(
    connection: AsyncConnection, iteration_id: UUID, start: datetime, times: Times, steps: Iterable[UUID]
) -> None:
    """Write the planned times and moments of all steps; baselines stay."""
    values = {"iteration": iteration_id, "start": start, "end": times.end, **times_by_column(steps, times)}
    await connection.execute(_PLAN_ANEW, values)


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
            iteration_steps.c.in_scope,
            iteration_steps.c.behaviour.in_(("work", "checkpoint")),
        )
        .order_by(iteration_steps.c.position)
    )
    return [(row.code, row.name) for row in await connection.execute(query)]
