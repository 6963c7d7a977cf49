"""SQL that reads how an iteration stands, as far as its forecast goes: one snapshot, a handful of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.swift import many_rows
from tminus.runbook.domain.forecast.situation import (
    Dependence,
    GroupStanding,
    Hold,
    Situation,
    Standing,
    Terms,
)
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import IterationState, StepState
from tminus.runbook.store.terms import spans_of

_ITERATION = text(
    """
    SELECT i.id, i.name, i.state, m.zone, coalesce(h.seq, 0) AS seq, i.planned_start, i.planned_end, i.started_at,
           i.ended_at, i.window_end, u.name AS decider, i.decision_seconds, i.data_volume, i.blackouts
    FROM iterations AS i JOIN migrations AS m ON m.id = i.migration_id
    LEFT JOIN iteration_heads AS h ON h.iteration_id = i.id
    LEFT JOIN users AS u ON u.id = i.decider_id
    WHERE i.id = :iteration
    """
)
# Ready and start are the first attempt's, all else the last one's.
_STEPS = b"""
SELECT s.id, s.code, s.name, s.chapter_id, s.macro_phase_id, s.team_id, s.behaviour, s.type,
       CASE WHEN s.in_scope THEN s.duration_seconds ELSE 0 END, s.dormant, s.in_scope, s.point_of_no_return, s.state,
       s.planned_start, s.planned_end, s.baseline_start, s.baseline_end, s.not_before, s.fixed_start,
       CASE WHEN a.step_id IS NULL THEN s.ready_at ELSE a.ready_at END, s.begun_at, s.started_at, s.work_ended_at,
       s.ended_at, s.last_at, s.expected_at,
       CASE WHEN a.step_id IS NULL THEN s.override_by ELSE a.override_by END IS NOT NULL,
       s.start_assumed
FROM iteration_steps AS s LEFT JOIN step_attempts AS a ON a.step_id = s.id AND a.attempt = 1
WHERE s.iteration_id = %(iteration)s ORDER BY s.position
"""
_LINKS = b"""
SELECT predecessor_id, successor_id, kind, lag_seconds FROM iteration_dependencies
WHERE iteration_id = %(iteration)s AND waived_at IS NULL
UNION ALL
SELECT predecessor_id, successor_id, kind, lag_seconds FROM iteration_group_dependencies
WHERE iteration_id = %(iteration)s AND waived_at IS NULL
"""
_CHAPTERS = text(
    """
    SELECT c.id, c.code, c.name, c.macro_phase_id, c.rollback, CASE WHEN p.typed THEN p.planned_start END,
           p.planned_start, p.planned_end, p.baseline_start, p.baseline_end
    FROM iteration_chapters AS c JOIN iteration_macro_phases AS m ON m.id = c.macro_phase_id
    LEFT JOIN chapter_schedules AS p ON p.chapter_id = c.id
    WHERE c.iteration_id = :iteration ORDER BY m.position, c.position
    """
)
_PHASES = text(
    "SELECT id, code, name FROM iteration_macro_phases WHERE iteration_id = :iteration ORDER BY position"
)
_HOLDS = text(
    """
    SELECT type, at FROM event_log
    WHERE iteration_id = :iteration
    AND type IN ('iteration.held', 'iteration.resumed', 'iteration.backing_out', 'iteration.completed')
    ORDER BY seq
    """
)
_UNDOES = text("SELECT step_id, undone_step_id FROM iteration_step_undoes WHERE iteration_id = :iteration")


async def load_situation(connection: AsyncConnection, iteration_id: UUID) -> Situation | None:
    """Return how an iteration stands; None where there is none. The connection's snapshot must be one for all."""
    of = {"iteration": iteration_id}
    row = (await connection.execute(_ITERATION, of)).one_or_none()
    if row is None:
        return None
    return Situation(
        row.id,
        row.name,
        IterationState(row.state),
        row.zone,
        row.seq,
        row.planned_start,
        row.planned_end,
        row.started_at,
        row.ended_at,
        _terms(row),
        [_standing(one) for one in await many_rows(connection, _STEPS, of)],
        [GroupStanding(*one) for one in await connection.execute(_CHAPTERS, of)],
        [GroupStanding(*one) for one in await connection.execute(_PHASES, of)],
        [Dependence(*one) for one in await many_rows(connection, _LINKS, of)],
        _holds((await connection.execute(_HOLDS, of)).all()),
        _undoes((await connection.execute(_UNDOES, of)).all()),
    )


def _terms(row: Row[Any]) -> Terms:
    return Terms(
        row.window_end,
        row.decider,
        row.decision_seconds,
        float(row.data_volume) if row.data_volume is not None else None,
        spans_of(row.blackouts),
    )


_BEHAVIOURS = {one.value: one for one in Behaviour}
_STATES = {one.value: one for one in StepState}
_BEHAVIOUR, _STATE = 6, 12


def _standing(row: Sequence[Any]) -> Standing:
    members = list(row)
    members[_BEHAVIOUR], members[_STATE] = _BEHAVIOURS[members[_BEHAVIOUR]], _STATES[members[_STATE]]
    return Standing(*members)


def _holds(rows: Iterable[Row[Any]]) -> list[Hold]:
    """A hold begins with its event and ends with the next."""
    holds: list[Hold] = []
    for row in rows:
        if holds and holds[-1].end is None:
            holds[-1] = Hold(holds[-1].start, row.at)
        if row.type == "iteration.held":
            holds.append(Hold(row.at, None))
    return holds


def _undoes(rows: Iterable[Row[Any]]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for row in rows:
        found.setdefault(row.step_id, set()).add(row.undone_step_id)
    return {step: frozenset(undone) for step, undone in found.items()}
