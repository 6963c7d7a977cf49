"""SQL that reads how long steps took in earlier iterations of a plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.swift import many_rows, rows
from tminus.runbook.domain.forecast.worked import worked
from tminus.runbook.domain.learning import Began, Observation, Rehearsal
from tminus.runbook.store.blocked import blocked_in
from tminus.runbook.store.terms import spans_of

# Steps with work of their own, in nights of the plan that were over before the iteration began, if one is named.
_OBSERVED = b"""
SELECT e.id, e.name, e.data_volume, s.id AS step_id, s.code, s.team_id, s.duration_seconds, s.state, s.started_at,
       s.work_ended_at, s.start_assumed, s.start_carried, s.override_by IS NOT NULL AS overridden,
       a.step_id IS NOT NULL AS reopened
FROM plan_versions AS w JOIN iterations AS e ON e.plan_version_id = w.id
JOIN iteration_steps AS s ON s.iteration_id = e.id
LEFT JOIN (SELECT DISTINCT step_id FROM step_attempts WHERE outcome = 'complete') AS a ON a.step_id = s.id
WHERE w.plan_id = %(plan)s AND e.id IS DISTINCT FROM %(iteration)s::uuid
AND e.state IN ('complete', 'closed', 'backed_out')
AND (%(until)s::timestamptz IS NULL OR e.ended_at <= %(until)s) AND s.in_scope AND NOT s.dormant
AND s.behaviour IN ('work', 'checkpoint') AND s.state IN ('complete', 'failed', 'skipped')
AND s.started_at IS NOT NULL AND s.work_ended_at IS NOT NULL
ORDER BY e.ended_at, s.position
"""
_BLACKOUTS = b"SELECT id, blackouts FROM iterations WHERE id = ANY(%(nights)s) AND blackouts <> '[]'"
_PLAN = b"""
SELECT v.plan_id, i.started_at FROM iterations AS i JOIN plan_versions AS v ON v.id = i.plan_version_id
WHERE i.id = %(iteration)s
"""


async def load_history(connection: AsyncConnection, iteration_id: UUID) -> list[Rehearsal]:
    """Return what was measured in the earlier iterations of an iteration's plan, the oldest first."""
    found = await rows(connection, _PLAN, {"iteration": iteration_id})
    return await _observed(connection, found[0].plan_id, found[0].started_at, iteration_id) if found else []


async def load_history_of_plan(connection: AsyncConnection, plan_id: UUID) -> list[Rehearsal]:
    """Return what was measured in all iterations of a plan that are over: what its next one is forecast from."""
    return await _observed(connection, plan_id, None, None)


async def _observed(
    connection: AsyncConnection, plan_id: UUID, until: datetime | None, iteration_id: UUID | None
) -> list[Rehearsal]:
    values = {"plan": plan_id, "until": until, "iteration": iteration_id}
    observed = await many_rows(connection, _OBSERVED, values)
    nights = list(dict.fromkeys(row.id for row in observed))
    blocked = await blocked_in(connection, nights)
    dark = await many_rows(connection, _BLACKOUTS, {"nights": nights}) if nights else []
    blackouts = {row.id: spans_of(row.blackouts) for row in dark}
    found: dict[UUID, tuple[str, float | None, list[Observation]]] = {}
    for row in observed:
        volume = float(row.data_volume) if row.data_volume is not None else None
        seconds = worked(
            row.started_at, row.work_ended_at, blocked.get(row.step_id, ()), blackouts.get(row.id, ())
        )
        found.setdefault(row.id, (row.name, volume, []))[2].append(_observation(row, seconds))
    return [Rehearsal(*one) for one in found.values()]


def _observation(row: Row[Any], seconds: float) -> Observation:
    team = str(row.team_id) if row.team_id else None
    return Observation(row.code, team, row.duration_seconds, seconds, _began(row), row.state == "complete")


def _began(row: Row[Any]) -> Began:
    """The start that says least decides."""
    if row.start_assumed:
        return Began.ASSUMED
    if row.reopened and not row.start_carried:
        return Began.REOPENED
    if row.start_carried:
        return Began.CARRIED
    return Began.OVERRIDDEN if row.overridden else Began.PRESSED
