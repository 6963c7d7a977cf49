"""SQL that reads how long steps took in earlier iterations of a plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.swift import many_rows
from tminus.runbook.domain.learning import Began, Observation, Rehearsal

# Steps with work of their own, in nights of the same plan that were over before this one began.
_OBSERVED = b"""
SELECT e.id, e.name, e.data_volume, s.code, s.team_id, s.duration_seconds, s.state,
       extract(epoch FROM s.work_ended_at - s.started_at)::float8 AS seconds, s.start_assumed, s.start_carried,
       s.override_by IS NOT NULL AS overridden, a.step_id IS NOT NULL AS reopened
FROM iterations AS i
JOIN plan_versions AS v ON v.id = i.plan_version_id JOIN plan_versions AS w ON w.plan_id = v.plan_id
JOIN iterations AS e ON e.plan_version_id = w.id
JOIN iteration_steps AS s ON s.iteration_id = e.id
LEFT JOIN (SELECT DISTINCT step_id FROM step_attempts WHERE outcome = 'complete') AS a ON a.step_id = s.id
WHERE i.id = %(iteration)s AND e.id <> i.id AND e.state IN ('complete', 'closed')
AND e.ended_at <= coalesce(i.started_at, 'infinity') AND s.in_scope AND NOT s.dormant
AND s.behaviour IN ('work', 'checkpoint') AND s.state IN ('complete', 'failed', 'skipped')
AND s.started_at IS NOT NULL AND s.work_ended_at IS NOT NULL
ORDER BY e.ended_at, s.position
"""


async def load_history(connection: AsyncConnection, iteration_id: UUID) -> list[Rehearsal]:
    """Return what was measured in the earlier iterations of an iteration's plan, the oldest first."""
    found: dict[UUID, tuple[str, float | None, list[Observation]]] = {}
    for row in await many_rows(connection, _OBSERVED, {"iteration": iteration_id}):
        volume = float(row.data_volume) if row.data_volume is not None else None
        found.setdefault(row.id, (row.name, volume, []))[2].append(_observation(row))
    return [Rehearsal(*one) for one in found.values()]


def _observation(row: Row[Any]) -> Observation:
    team = str(row.team_id) if row.team_id else None
    return Observation(
        row.code, team, row.duration_seconds, row.seconds, _began(row), row.state == "complete"
    )


def _began(row: Row[Any]) -> Began:
    """The start that says least decides."""
    if row.start_assumed:
        return Began.ASSUMED
    if row.reopened and not row.start_carried:
        return Began.REOPENED
    if row.start_carried:
        return Began.CARRIED
    return Began.OVERRIDDEN if row.overridden else Began.PRESSED
