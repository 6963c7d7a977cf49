"""What was shown: for a step, for controls, and one file of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, may, require
from tminus.runbook.domain.evidence import SHOWABLE
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import RUNNING, StepState
from tminus.runbook.queries.iteration import visible_iteration

_COLUMNS = """
    SELECT e.*, s.code AS step_code, t.code AS task_code, c.code AS control_code,
           coalesce(s.attempt, c.attempt) AS attempt_now
    FROM evidence AS e LEFT JOIN iteration_steps AS s ON s.id = e.step_id
    LEFT JOIN iteration_tasks AS t ON t.id = e.task_id LEFT JOIN iteration_controls AS c ON c.id = e.control_id
"""
_OF_STEP = text(f"{_COLUMNS} WHERE e.step_id = :step ORDER BY e.at, e.id LIMIT 500")
_OF_CONTROLS = text(
    f"{_COLUMNS} WHERE e.iteration_id = :iteration AND e.control_id IS NOT NULL ORDER BY e.at, e.id LIMIT 5000"
)
_ONE = text(f"{_COLUMNS} WHERE e.id = :id")
_STEP = text(
    """
    SELECT s.id, s.state, s.dormant,
           ARRAY(SELECT t.team_id FROM iteration_tasks AS t WHERE t.step_id = s.id AND t.team_id IS NOT NULL)
               || coalesce(ARRAY[s.team_id], '{}') AS teams
    FROM iteration_steps AS s WHERE s.iteration_id = :iteration AND s.code = :code
    """
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of evidence: where the store has it, and how it is called."""

    key: str
    name: str
    media_type: str
    size: int


async def evidence_view(
    connection: AsyncConnection, person: Person, iteration_id: UUID, code: str
) -> dict[str, Any]:
    """Return all that was shown for a step, with what this person may do about it."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    step = (await connection.execute(_STEP, {"iteration": iteration_id, "code": code})).one_or_none()
    if step is None:
        raise NotFound(
            f"There is no step {code[:80]} in this iteration.", hint="Check the code on the runsheet."
        )
    rows = await connection.execute(_OF_STEP, {"step": step.id})
    shows = iteration.state in RUNNING and not step.dormant and StepState(step.state) in SHOWABLE
    mine = may(person, Right.ANY_STEP, iteration.migration_id) or any(
        may(person, Right.OWN_STEPS, iteration.migration_id, team) for team in step.teams
    )
    return {"items": [printed(row, person, iteration) for row in rows], "mayAdd": shows and mine}


async def evidence_of_controls(
    connection: AsyncConnection, person: Person, iteration: Iteration
) -> dict[UUID, list[dict[str, Any]]]:
    """Return what was shown for each control of an iteration, by the control's key."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in await connection.execute(_OF_CONTROLS, {"iteration": iteration.id}):
        found.setdefault(row.control_id, []).append(printed(row, person, iteration))
    return found


async def one_evidence(connection: AsyncConnection, person: Person, key: UUID) -> dict[str, Any]:
    """Return one piece of evidence."""
    row = await _seen(connection, person, key)
    _, iteration = await visible_iteration(connection, person, row.iteration_id)
    return printed(row, person, iteration)


async def file_of(connection: AsyncConnection, person: Person, key: UUID) -> File:
    """Return where the file of a piece of evidence is. Raises `NotFound` where it has none."""
    row = await _seen(connection, person, key)
    if row.object_key is None:
        raise NotFound("This evidence is not a file.", hint="It is shown in words or by a link.")
    return File(row.object_key, row.file_name, row.media_type, row.size)


async def _seen(connection: AsyncConnection, person: Person, key: UUID) -> Row[Any]:
    row = (await connection.execute(_ONE, {"id": key})).one_or_none()
    if row is None:
        raise NotFound("There is no such evidence.", hint="Reload the page.")
    require(person, Right.SEE, row.migration_id)
    return row


def printed(row: Row[Any], person: Person, iteration: Iteration) -> dict[str, Any]:
    """Print one piece of evidence with what this person may do about it."""
    own = row.by_id is not None and row.by_id == person.id
    pilot = may(person, Right.ANY_STEP, iteration.migration_id)
    open_ = row.withdrawn_at is None and iteration.state in RUNNING
    current = row.attempt == row.attempt_now
    return {
        "id": str(row.id),
        "kind": row.kind,
        "words": row.words,
        "fileName": row.file_name,
        "mediaType": row.media_type,
        "size": row.size,
        "sha256": row.sha256.hex() if row.sha256 else None,
        "stepCode": row.step_code,
        "taskCode": row.task_code,
        "controlCode": row.control_code,
        "attempt": row.attempt,
        "counted": current and row.withdrawn_at is None,
        "by": row.by_name,
        "at": instant(row.at),
        "withdrawnAt": instant(row.withdrawn_at) if row.withdrawn_at else None,
        "withdrawnBy": row.withdrawn_by,
        "withdrawnReason": row.withdrawn_reason,
        "allowedActions": ["withdraw"] if open_ and (own or pilot) else [],
    }
