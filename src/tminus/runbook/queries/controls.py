"""The controls of an iteration: where they are tied, who validates them, how far they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, may
from tminus.runbook.domain.control import ControlAction, control_actions
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import RUNNING
from tminus.runbook.queries.decision import overrides_view
from tminus.runbook.queries.evidence import evidence_of_controls
from tminus.runbook.queries.iteration import visible_iteration

_CONTROLS = text(
    """
    SELECT c.*, p.code AS producer_code, p.name AS producer_name, v.code AS validator_code, v.name AS validator_name
    FROM iteration_controls AS c LEFT JOIN teams AS p ON p.id = c.producer_team_id
    LEFT JOIN teams AS v ON v.id = c.validator_team_id WHERE c.iteration_id = :iteration ORDER BY c.code
    """
)
_PLACES = text(
    """
    SELECT l.control_id, h.id AS chapter_id, h.code AS chapter_code, h.name AS chapter_name, s.code AS step_code,
           s.name AS step_name, s.state AS step_state, t.code AS task_code, t.title AS task_title
    FROM iteration_tasks AS t JOIN iteration_task_controls AS l ON l.task_id = t.id
    JOIN iteration_steps AS s ON s.id = t.step_id JOIN iteration_chapters AS h ON h.id = s.chapter_id
    WHERE t.iteration_id = :iteration ORDER BY s.position, t.position
    """
)


async def controls_view(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return every control of an iteration with its places and evidence, the chapters, and the counts."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    of = {"iteration": iteration_id}
    shown = await evidence_of_controls(connection, person, iteration)
    places: dict[UUID, list[dict[str, Any]]] = {}
    chapters: dict[UUID, dict[str, Any]] = {}
    for row in await connection.execute(_PLACES, of):
        places.setdefault(row.control_id, []).append(_place(row))
        chapter = {"id": str(row.chapter_id), "code": row.chapter_code, "name": row.chapter_name}
        chapters.setdefault(row.chapter_id, chapter)
    rows = (await connection.execute(_CONTROLS, of)).all()
    asked = await overrides_view(connection, person, iteration, {row.code: row.version for row in rows})
    items = [
        _with_asked(
            _control(row, person, iteration, places.get(row.id, []), shown.get(row.id, [])),
            asked.get(row.code),
        )
        for row in rows
    ]
    count = {state: sum(row.state == state for row in rows) for state in ("passed", "failed", "cancelled")}
    holding = sum(row.critical and row.state in ("pending", "failed") for row in rows)
    return {
        "total": len(rows),
        **count,
        "criticalOpen": holding,
        "chapters": list(chapters.values()),
        "items": items,
    }


def control_standing(row: Any, person: Person, iteration: Iteration) -> dict[str, Any]:
    """Print how far a control is, by whom, and what this person may say of it."""
    migration = iteration.migration_id
    pilot = may(person, Right.ANY_STEP, migration)
    validates = may(person, Right.OWN_STEPS, migration, row.validator_team_id)
    return {
        "code": row.code,
        "name": row.name,
        "critical": row.critical,
        "state": row.state,
        "by": row.by_name,
        "at": instant(row.at) if row.at else None,
        "reason": row.reason,
        "overridden": row.overridden,
        "version": row.version,
        "allowedActions": control_actions(row.state, iteration, validates=validates, pilot=pilot),
    }


def _control(
    row: Row[Any],
    person: Person,
    iteration: Iteration,
    places: list[dict[str, Any]],
    shown: list[dict[str, Any]],
) -> dict[str, Any]:
    teams = (row.producer_team_id, row.validator_team_id)
    own = any(may(person, Right.OWN_STEPS, iteration.migration_id, team) for team in teams)
    pilot = may(person, Right.ANY_STEP, iteration.migration_id)
    return {
        **control_standing(row, person, iteration),
        "id": str(row.id),
        "description": row.description,
        "producer": _team(row.producer_team_id, row.producer_code, row.producer_name),
        "validator": _team(row.validator_team_id, row.validator_code, row.validator_name),
        "mine": row.validator_team_id in person.all_teams,
        "places": places,
        "evidence": shown,
        "mayAdd": iteration.state in RUNNING and (own or pilot),
    }


def _with_asked(control: dict[str, Any], asked: dict[str, Any] | None) -> dict[str, Any]:
    """Add the second signature it waits for; what is asked already is not offered to be asked again."""
    allowed = [one for one in control["allowedActions"] if not (asked and one == ControlAction.OVERRIDE)]
    return {**control, "allowedActions": allowed, "overrideAsked": asked}


def _team(key: UUID | None, code: str, name: str) -> dict[str, Any] | None:
    return {"id": str(key), "code": code, "name": name} if key else None


def _place(row: Row[Any]) -> dict[str, Any]:
    return {
        "chapterId": str(row.chapter_id),
        "stepCode": row.step_code,
        "stepName": row.step_name,
        "stepState": row.step_state,
        "taskCode": row.task_code,
        "taskTitle": row.task_title,
    }
