"""One row of a runsheet, as the board, the step panel and My work print it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state_table import allowed_actions
from tminus.runbook.domain.step import Step, shown


def step_row(
    row: Row[Any],
    step: Step,
    iteration: Iteration,
    person: Person,
    links: tuple[Sequence[str], Sequence[str]],
) -> dict[str, Any]:
    """Return the row: what is frozen, where it stands, and what this person may do.

    `row` has the columns of `EXTRA_COLUMNS` beside the step's; `links` = codes of all predecessors, and of
    those it still waits for.
    """
    how = relation(person, iteration.migration_id, step.behaviour, step.team_id)
    actions = allowed_actions(iteration.state, step.behaviour, step.state, how, dormant=step.dormant)
    return {
        "id": str(step.id),
        "code": step.code,
        "name": step.name,
        "type": row.type,
        "behaviour": step.behaviour.value,
        "chapterId": str(row.chapter_id),
        "position": row.position,
        "teamId": _key(step.team_id),
        "durationSeconds": step.duration_seconds,
        "dormant": step.dormant,
        "pointOfNoReturn": row.point_of_no_return,
        "autoActivate": step.auto_activate,
        "baselineStart": _time(row.baseline_start),
        "baselineEnd": _time(row.baseline_end),
        "plannedStart": _time(step.planned_start),
        "plannedEnd": _time(step.planned_end),
        "tasksTotal": step.tasks_total,
        **shown(step),
        "predecessors": list(links[0]),
        "waitsFor": list(links[1]),
        "relation": how.value,
        "allowedActions": [action.value for action in actions],
    }


def _key(value: UUID | None) -> str | None:
    return str(value) if value else None


def _time(value: Any) -> str | None:
    return instant(value) if value else None
