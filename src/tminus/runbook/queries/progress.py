"""The burn-up of an iteration: what was planned to be done by when, and what was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.runbook.queries.iteration import visible_iteration

_POINTS = text("SELECT * FROM progress_points WHERE iteration_id = :iteration ORDER BY seq")
_PLAN = text(
    """
    SELECT planned_end AS at, sum(duration_seconds) AS seconds FROM iteration_steps
    WHERE iteration_id = :iteration AND in_scope AND NOT dormant AND planned_end IS NOT NULL
    GROUP BY planned_end ORDER BY planned_end
    """
)


async def progress_history(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return measured points and the planned curve, both as weighted percentages over time."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    points = [
        {
            "at": instant(row.at),
            "done": row.done_count,
            "total": row.total_count,
            "percent": row.percent,
        }
        for row in await connection.execute(_POINTS, {"iteration": iteration_id})
    ]
    total, done, plan = iteration.progress.total_seconds, 0, []
    for row in await connection.execute(_PLAN, {"iteration": iteration_id}):
        done += int(row.seconds)
        plan.append({"at": instant(row.at), "percent": done * 1000 // total / 10 if total else None})
    return {"points": points, "plan": plan}
