"""SQL of the controls of an iteration, and of the counts of them that steps keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.control import Control
from tminus.runbook.store.tables import iteration_controls as table

_KEYS = ARRAY(Uuid)
_ONE = text(
    """
    SELECT c.id, c.code, c.name, c.producer_team_id, c.validator_team_id, v.name, c.critical, c.state, c.by_name,
           c.at, c.reason, c.overridden, c.version, c.attempt
    FROM iteration_controls AS c LEFT JOIN teams AS v ON v.id = c.validator_team_id
    WHERE c.iteration_id = :iteration AND c.code = :code
    """
)
_TIED = text(
    """
    SELECT DISTINCT s.id, s.position FROM iteration_task_controls AS l
    JOIN iteration_tasks AS t ON t.id = l.task_id JOIN iteration_steps AS s ON s.id = t.step_id
    WHERE l.control_id = :control ORDER BY s.position
    """
)
# Cancelled ones stay away: that was a pilot's word, not this attempt's.
_RESET = text(
    """
    WITH own AS (
        SELECT DISTINCT l.control_id FROM iteration_task_controls AS l
        JOIN iteration_tasks AS t ON t.id = l.task_id WHERE t.step_id = ANY(:steps)
    ), reset AS (
        UPDATE iteration_controls AS c
        SET state = 'pending', by_name = NULL, at = NULL, reason = NULL, overridden = false,
            version = c.version + 1, attempt = c.attempt + 1
        FROM own WHERE c.id = own.control_id AND c.state <> 'cancelled'
    )
    SELECT DISTINCT t.step_id FROM iteration_task_controls AS l JOIN iteration_tasks AS t ON t.id = l.task_id
    WHERE l.control_id IN (SELECT control_id FROM own)
    """
).bindparams(bindparam("steps", type_=_KEYS))
_RECOUNT = text(
    """
    UPDATE iteration_steps AS s SET controls_open = n.held, controls_required = n.required
    FROM (SELECT t.step_id, count(DISTINCT c.id) FILTER (WHERE c.state IN ('pending', 'failed')) AS held,
                 count(DISTINCT c.id) FILTER (WHERE c.state <> 'cancelled') AS required
          FROM iteration_tasks AS t JOIN iteration_task_controls AS l ON l.task_id = t.id
          JOIN iteration_controls AS c ON c.id = l.control_id AND c.critical
          WHERE t.step_id = ANY(:steps) GROUP BY t.step_id) AS n
    WHERE s.id = n.step_id AND (s.controls_open, s.controls_required) <> (n.held, n.required)
    RETURNING s.id, s.controls_open
    """
).bindparams(bindparam("steps", type_=_KEYS))


async def load_control(connection: AsyncConnection, iteration_id: UUID, code: str) -> Control | None:
    """Return one control of an iteration by its code."""
    values = {"iteration": iteration_id, "code": code}
    row: Sequence[Any] | None = (await connection.execute(_ONE, values)).one_or_none()
    return Control(*row) if row else None


async def tied_steps(connection: AsyncConnection, control_id: UUID) -> list[UUID]:
    """Return the steps whose tasks the control is of, top to bottom."""
    return [row.id for row in await connection.execute(_TIED, {"control": control_id})]


async def save_control(
    connection: AsyncConnection,
    control_id: UUID,
    state: str,
    who: str | None,
    at: datetime | None,
    reason: str | None,
    *,
    overridden: bool,
) -> None:
    """Write a control's state with who brought it there, when and why (None while it is pending)."""
    values = {"state": state, "by_name": who, "at": at, "reason": reason, "overridden": overridden}
    query = update(table).where(table.c.id == control_id).values(**values, version=table.c.version + 1)
    await connection.execute(query)


async def reset_of(connection: AsyncConnection, steps: Sequence[UUID]) -> list[UUID]:
    """Have the controls of these steps shown and validated anew; return all steps tied to the same controls.

    What was shown for them alone stays with the attempt it was shown in.
    """
    return [row.step_id for row in await connection.execute(_RESET, {"steps": list(steps)})]


async def recount(connection: AsyncConnection, steps: Sequence[UUID]) -> dict[UUID, int]:
    """Count the critical controls of these steps anew; return the open ones of those whose counts changed."""
    found = await connection.execute(_RECOUNT, {"steps": list(steps)})
    return {row.id: row.controls_open for row in found}
