"""SQL that reads what the iterations of one plan did, for its rehearsals side by side."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.swift import many_rows, rows
from tminus.runbook.domain.learning import Rehearsal
from tminus.runbook.domain.learning.scaling import goes_with_the_data
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.rehearsals.history import Cell, History, Night, Row
from tminus.runbook.domain.rehearsals.renaming import Renamed, current_code
from tminus.runbook.domain.state import IterationKind, IterationState, StepState
from tminus.runbook.store import plan_edit_look
from tminus.runbook.store.durations import load_history_of_plan

_PLAN = b"""
SELECT p.id, p.name, p.migration_id, m.key, m.zone,
       (SELECT v.id FROM plan_versions AS v WHERE v.plan_id = p.id AND v.status <> 'undone'
        ORDER BY v.number DESC LIMIT 1) AS newest
FROM plans AS p JOIN migrations AS m ON m.id = p.migration_id WHERE p.id = %(plan)s
"""
_NIGHTS = b"""
SELECT i.id, i.name, i.kind, i.state, v.number, i.planned_start, i.started_at, i.ended_at, i.data_volume
FROM iterations AS i JOIN plan_versions AS v ON v.id = i.plan_version_id
WHERE v.plan_id = %(plan)s ORDER BY coalesce(i.started_at, i.planned_start), i.name
"""
# An attempt whose start was carried over goes on with the one before: its Done was taken back, nothing was tried anew.
_CELLS = b"""
SELECT s.id, s.iteration_id, s.code, s.name, s.duration_seconds, s.state, s.behaviour, s.started_at,
       s.work_ended_at, s.ready_at, s.start_assumed, s.in_scope, s.dormant, s.team_id, s.applications,
       c.name AS chapter, t.code AS team,
       s.state = 'failed' OR EXISTS (SELECT FROM step_attempts AS a WHERE a.step_id = s.id AND a.outcome = 'failed')
           AS failed,
       1 + (s.attempt > 1 AND NOT s.start_carried)::int + (
           SELECT count(*) FROM step_attempts AS a
           WHERE a.step_id = s.id AND a.attempt > 1 AND NOT a.start_carried)::int AS attempts
FROM iteration_steps AS s JOIN iteration_chapters AS c ON c.id = s.chapter_id
LEFT JOIN teams AS t ON t.id = s.team_id
WHERE s.iteration_id = ANY(%(iterations)s) ORDER BY s.position
"""
_TROUBLES = b"""
SELECT step_id, detail -> 'after' ->> 'reason' AS reason FROM event_log
WHERE iteration_id = ANY(%(iterations)s) AND type IN ('step.blocked', 'step.failed') ORDER BY seq
"""
_STEPS = b"""
SELECT s.code, s.name, s.duration_seconds, s.behaviour, s.type, c.name AS chapter, t.code AS team
FROM steps AS s JOIN chapters AS c ON c.id = s.chapter_id JOIN macro_phases AS m ON m.id = c.macro_phase_id
LEFT JOIN teams AS t ON t.id = s.team_id
WHERE s.plan_version_id = %(version)s ORDER BY m.position, c.position, s.position
"""
# Versions as the newest one came from them: a step that was renamed on this way is the same step.
_RENAMED = b"""
WITH RECURSIVE line AS (
    SELECT id, number, based_on FROM plan_versions WHERE id = %(version)s
    UNION ALL SELECT v.id, v.number, v.based_on FROM plan_versions AS v JOIN line ON v.id = line.based_on
)
SELECT line.number, x ->> 'code' AS was, x ->> 'to' AS became
FROM line JOIN plan_edits AS e ON e.plan_version_id = line.id
CROSS JOIN LATERAL jsonb_path_query(
    e.edits, '$.edits[*] ? (@.op == "set" && @.level == "step" && @.field == "code")') AS x
ORDER BY line.number, e.number
"""
# What was accepted counts as answered only as long as the draft it went into says so.
_ANSWERED = b"""
SELECT r.insight, r.state, r.step_code, r.lesson, r.reason, r.decided_by_name, r.decided_at, r.draft_id,
       v.number, v.status
FROM plan_proposals AS r LEFT JOIN plan_versions AS v ON v.id = r.draft_id
WHERE r.plan_id = %(plan)s AND r.insight IS NOT NULL AND (r.state = 'declined' OR EXISTS (
    SELECT FROM plan_edits AS e
    WHERE e.plan_version_id = r.draft_id AND e.number = r.draft_edit AND e.undone_by IS NULL))
ORDER BY r.decided_at DESC, r.id DESC
"""


@dataclass(frozen=True, slots=True)
class PlanHere:
    """A plan with its migration; `newest` = its newest version that was not undone."""

    id: UUID
    name: str
    migration_id: UUID
    migration_key: str
    zone: str
    newest: UUID | None


async def plan_here(connection: AsyncConnection, plan_id: UUID) -> PlanHere | None:
    """Return a plan by its key."""
    found = await rows(connection, _PLAN, {"plan": plan_id})
    return PlanHere(*found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an insight: `state` accepted or declined, by whom and when; the version it went into.

    `lesson` = its sentence, and its evidence line by line.
    """

    insight: str
    state: str
    step_code: str
    lesson: str
    reason: str | None
    by: str
    at: datetime
    version_id: UUID | None
    version: int | None
    status: str | None


async def answered_insights(connection: AsyncConnection, plan_id: UUID) -> dict[str, Answer]:
    """Return the answers that stand, by the fingerprint of what was answered, the newest first."""
    found = await rows(connection, _ANSWERED, {"plan": plan_id})
    return {row.insight: Answer(*row) for row in found}


async def load_history(connection: AsyncConnection, plan: PlanHere) -> History:
    """Return what the iterations of a plan did; of those that have not begun, that they are there."""
    nights = [_night(row) for row in await rows(connection, _NIGHTS, {"plan": plan.id})]
    begun = {"iterations": [night.id for night in nights if night.started_at]}
    troubles: dict[UUID, list[str]] = defaultdict(list)
    for row in await many_rows(connection, _TROUBLES, begun):
        troubles[row.step_id].append(row.reason or "")
    cells = await many_rows(connection, _CELLS, begun)
    version = {"version": plan.newest}
    renamed = [Renamed(*row) for row in await rows(connection, _RENAMED, version)]
    steps = await many_rows(connection, _STEPS, version)
    network = await plan_edit_look.load_network(connection, plan.newest) if plan.newest else ([], [])
    measured = _as_now(await load_history_of_plan(connection, plan.id), nights, renamed)
    placed = _Rows(nights, renamed, troubles)
    found = await asyncio.to_thread(placed.of, steps, cells)
    return History(plan.migration_key, nights, found, *network, measured)


def _as_now(
    measured: Sequence[Rehearsal], nights: Sequence[Night], renamed: Sequence[Renamed]
) -> list[Rehearsal]:
    """What was measured, under the codes that the newest version has."""
    versions = {night.name: night.version for night in nights}
    return (
        [
            replace(
                night,
                observations=[
                    replace(one, step=current_code(one.step, versions[night.name], renamed))
                    for one in night.observations
                ],
            )
            for night in measured
        ]
        if renamed
        else list(measured)
    )


def _night(row: Any) -> Night:
    return Night(
        row.id,
        row.name,
        IterationKind(row.kind),
        IterationState(row.state),
        row.number,
        row.planned_start,
        row.started_at,
        row.ended_at,
        None if row.data_volume is None else float(row.data_volume),
    )


class _Rows:
    """Puts cells into rows: those of the newest plan in its order, then those it has no more."""

    def __init__(
        self, nights: Sequence[Night], renamed: Sequence[Renamed], troubles: Mapping[UUID, list[str]]
    ) -> None:
        self._versions = {night.id: night.version for night in nights}
        self._renamed = renamed
        self._troubles = troubles

    def of(self, steps: Sequence[Any], cells: Sequence[Any]) -> list[Row]:
        found = {row.code: self._planned(row) for row in steps}
        into: dict[str, dict[UUID, Cell]] = defaultdict(dict)
        for row in cells:
            code = current_code(row.code, self._versions[row.iteration_id], self._renamed)
            into[code][row.iteration_id] = self._cell(row)
            if code not in found:
                found[code] = Row(code, row.name, row.chapter, row.team, Behaviour(row.behaviour), None)
        return [_with(row, into[row.code]) for row in found.values()]

    def _planned(self, row: Any) -> Row:
        behaviour = Behaviour(row.behaviour)
        scales = goes_with_the_data(behaviour, row.type)
        return Row(row.code, row.name, row.chapter, row.team, behaviour, row.duration_seconds, scales=scales)

    def _cell(self, row: Any) -> Cell:
        return Cell(
            step_id=row.id,
            code=row.code,
            planned=row.duration_seconds,
            state=StepState(row.state),
            behaviour=Behaviour(row.behaviour),
            attempts=row.attempts,
            started=row.started_at,
            ended=row.work_ended_at,
            ready=row.ready_at,
            assumed=row.start_assumed,
            in_scope=row.in_scope,
            dormant=row.dormant,
            failed=row.failed,
            team=row.team_id,
            applications=frozenset(row.applications),
            troubles=tuple(self._troubles.get(row.id, ())),
        )


def _with(row: Row, cells: Mapping[UUID, Cell]) -> Row:
    return replace(row, cells=cells)
