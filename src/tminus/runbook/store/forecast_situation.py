"""SQL that reads how an iteration stands, as far as its forecast goes: one snapshot, a handful of statements.

Forecasts know whole seconds, on which all reckoning is exact: what happened or is planned is cut to its second, what
holds something back to the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import next_second, whole_second
from tminus.platform.clock import server_now
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
from tminus.runbook.store.blocked import blocked_spans, spans_between
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
_STOPS = text(
    """
    SELECT type, step_id, at FROM event_log
    WHERE iteration_id = :iteration
    AND type IN ('iteration.held', 'iteration.resumed', 'iteration.backing_out', 'iteration.completed',
                 'step.blocked', 'step.unblocked', 'step.failed', 'step.skipped', 'step.cancelled')
    ORDER BY seq
    """
)
_UNDOES = text("SELECT step_id, undone_step_id FROM iteration_step_undoes WHERE iteration_id = :iteration")


async def forecast_now(connection: AsyncConnection) -> datetime:
    """Return the moment that a forecast made now is of."""
    return whole_second(await server_now(connection))


async def load_situation(connection: AsyncConnection, iteration_id: UUID) -> Situation | None:
    """Return how an iteration stands; None where there is none. The connection's snapshot must be one for all."""
    of = {"iteration": iteration_id}
    row = (await connection.execute(_ITERATION, of)).one_or_none()
    if row is None:
        return None
    stops = (await connection.execute(_STOPS, of)).all()
    return Situation(
        row.id,
        row.name,
        IterationState(row.state),
        row.zone,
        row.seq,
        whole_second(row.planned_start),
        whole_second(row.planned_end),
        _cut(row.started_at),
        _cut(row.ended_at),
        _terms(row),
        [_standing(one) for one in await many_rows(connection, _STEPS, of)],
        [_chapter(one) for one in await connection.execute(_CHAPTERS, of)],
        [GroupStanding(*one) for one in await connection.execute(_PHASES, of)],
        [Dependence(*one) for one in await many_rows(connection, _LINKS, of)],
        _holds(stops),
        _undoes((await connection.execute(_UNDOES, of)).all()),
        blocked=blocked_spans(stops),
    )


def _terms(row: Row[Any]) -> Terms:
    return Terms(
        _cut(row.window_end),
        row.decider,
        row.decision_seconds,
        float(row.data_volume) if row.data_volume is not None else None,
        tuple((whole_second(start), next_second(end)) for start, end in spans_of(row.blackouts)),
    )


_BEHAVIOURS = {one.value: one for one in Behaviour}
_STATES = {one.value: one for one in StepState}
_BEHAVIOUR, _STATE = 6, 12
_PLANNED, _HOLDING, _HAPPENED, _EXPECTED = slice(13, 17), slice(17, 19), slice(19, 25), slice(25, 26)
_TYPED, _SCHEDULED = 5, slice(6, 10)


def _standing(row: Sequence[Any]) -> Standing:
    members = list(row)
    members[_BEHAVIOUR], members[_STATE] = _BEHAVIOURS[members[_BEHAVIOUR]], _STATES[members[_STATE]]
    for places in (_PLANNED, _HAPPENED):
        members[places] = map(_cut, members[places])
    for places in (_HOLDING, _EXPECTED):
        members[places] = map(_raised, members[places])
    return Standing(*members)


def _chapter(row: Row[Any]) -> GroupStanding:
    members = list(row)
    members[_TYPED] = _raised(members[_TYPED])
    members[_SCHEDULED] = map(_cut, members[_SCHEDULED])
    return GroupStanding(*members)


def _cut(value: datetime | None) -> datetime | None:
    return whole_second(value) if value else None


def _raised(value: datetime | None) -> datetime | None:
    return next_second(value) if value else None


def _holds(rows: Iterable[Row[Any]]) -> list[Hold]:
    """A hold begins with its event and ends with the iteration's next."""
    return spans_between([row for row in rows if row.type.startswith("iteration.")], "iteration.held")


def _undoes(rows: Iterable[Row[Any]]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for row in rows:
        found.setdefault(row.step_id, set()).add(row.undone_step_id)
    return {step: frozenset(undone) for step, undone in found.items()}
