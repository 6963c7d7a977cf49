"""One row of a runsheet, as the board, the step panel and My work print it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Neighbourhood
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state import Relation
from tminus.runbook.domain.state_table import allowed_actions, open_to
from tminus.runbook.domain.step import Step, shown
from tminus.runbook.domain.waiting import after, held


def step_row(
    row: Row[Any],
    step: Step,
    iteration: Iteration,
    person: Person,
    network: Neighbourhood,
    now: datetime,
    how: Relation | None = None,
) -> dict[str, Any]:
    """Return the row: what is frozen, where it stands, what holds it, and what this person may do.

    `row` has what a screen shows and no rule asks for: type, position, times, labels; `how` = the person's relation
    to the step, where it is known.
    """
    how = how or relation(person, iteration.migration_id, step.behaviour, step.team_id)
    actions = allowed_actions(iteration.state, step.behaviour, step.state, how, dormant=step.dormant)
    actions = open_to(actions, step, person.id)
    return {
        "id": str(step.id),
        "code": step.code,
        "name": step.name,
        "type": row.type,
        "behaviour": step.behaviour.value,
        "chapterId": str(step.chapter_id),
        "position": row.position,
        "teamId": _key(step.team_id),
        "durationSeconds": step.duration_seconds,
        "dormant": step.dormant,
        "inScope": step.in_scope,
        "labels": list(row.labels),
        "notBefore": _time(row.not_before),
        "fixedStart": _time(step.fixed_start),
        "pointOfNoReturn": row.point_of_no_return,
        "autoActivate": step.auto_activate,
        "baselineStart": _time(row.baseline_start),
        "baselineEnd": _time(row.baseline_end),
        "plannedStart": _time(step.planned_start),
        "plannedEnd": _time(step.planned_end),
        "tasksTotal": step.tasks_total,
        "evidenceRequired": step.evidence_required,
        **shown(step),
        "predecessors": after(network, step.id),
        "blockedBy": [one.shown() for one in held(network, step, now)],
        "relation": how.value,
        "allowedActions": [action.value for action in actions],
    }


def _key(value: UUID | None) -> str | None:
    return str(value) if value else None


def _time(value: Any) -> str | None:
    return instant(value) if value else None
