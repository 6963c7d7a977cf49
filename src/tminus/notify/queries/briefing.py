"""What a message about a step has to say: the step with its texts and what it waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.platform.swift import Statement

LONGEST_LIST = 12
"""So many predecessors are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of the step; `team` only where it is another one's than the step's."""

    code: str
    title: str
    instructions: str
    required: bool
    team: str | None


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A step that had to come first, and where it stands."""

    code: str
    name: str
    state: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Briefing:
    """One step, as a message tells of it. Durations in seconds."""

    code: str
    name: str
    team_id: UUID | None
    team: str
    phone: str
    attempt: int
    planned_start: datetime | None
    planned_end: datetime | None
    duration_seconds: int
    activated_at: datetime | None
    last_actor: str
    instructions: str
    tasks: tuple[TaskLine, ...]
    predecessors: tuple[Predecessor, ...]
    predecessor_count: int


# Runs under the head's lock.
_BRIEFINGS = b"""
SELECT s.id, s.code, s.name, s.team_id, s.attempt, s.planned_start, s.planned_end, s.duration_seconds,
       s.activated_at, s.last_actor, coalesce(t.name, '') AS team, coalesce(t.phone, '') AS phone,
       coalesce(x.instructions, '') AS instructions,
       (SELECT jsonb_agg(jsonb_build_array(k.code, k.title, k.instructions, k.required,
                                           CASE WHEN k.team_id <> s.team_id THEN kt.name END)
                         ORDER BY k.position)
        FROM iteration_tasks AS k LEFT JOIN teams AS kt ON kt.id = k.team_id
        WHERE k.step_id = s.id) AS tasks,
       (SELECT count(*) FROM iteration_dependencies AS d WHERE d.successor_id = s.id) AS predecessor_count,
       (SELECT jsonb_agg(jsonb_build_array(before.code, before.name, before.state, before.ended_at))
        FROM (
            SELECT p.code, p.name, p.state, p.ended_at FROM iteration_dependencies AS d
            JOIN iteration_steps AS p ON p.id = d.predecessor_id
            WHERE d.successor_id = s.id ORDER BY p.ended_at DESC NULLS LAST, p.position LIMIT %(longest)s
        ) AS before) AS predecessors
FROM iteration_steps AS s
LEFT JOIN teams AS t ON t.id = s.team_id
LEFT JOIN iteration_step_texts AS x ON x.step_id = s.id
WHERE s.id = ANY(%(steps)s)
"""


def asking_briefings(steps: Sequence[UUID]) -> Statement:
    """Return the statement whose rows `briefings_in` reads."""
    return _BRIEFINGS, {"steps": list(steps), "longest": LONGEST_LIST}


def briefings_in(rows: Sequence[Any]) -> dict[UUID, Briefing]:
    """Return the briefing of each step, as its transaction sees it."""
    return {row.id: _briefing(row) for row in rows}


def _briefing(row: Any) -> Briefing:
    return Briefing(
        code=row.code,
        name=row.name,
        team_id=row.team_id,
        team=row.team,
        phone=row.phone,
        attempt=row.attempt,
        planned_start=row.planned_start,
        planned_end=row.planned_end,
        duration_seconds=row.duration_seconds,
        activated_at=row.activated_at,
        last_actor=row.last_actor or "",
        instructions=row.instructions.strip(),
        tasks=tuple(TaskLine(*task) for task in row.tasks or ()),
        predecessors=tuple(_predecessor(*one) for one in row.predecessors or ()),
        predecessor_count=row.predecessor_count,
    )


def _predecessor(code: str, name: str, state: str, ended_at: str | None) -> Predecessor:
    return Predecessor(code, name, state, datetime.fromisoformat(ended_at) if ended_at else None)
