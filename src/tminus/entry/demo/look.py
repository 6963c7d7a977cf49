"""What the players of a demo's night look at before they press: a few rows, where a screen would read the whole board.

A night is some hundred presses, and there is a look after each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from tminus.entry.bootstrap import Parts

_HERE = text(
    """
    SELECT s.code, s.state, s.behaviour, s.team_id, s.duration_seconds, s.decision_id, s.evidence_required
    FROM iteration_steps AS s
    WHERE s.iteration_id = :iteration AND s.state IN ('ready', 'activated') AND NOT s.dormant ORDER BY s.position
    """
)
_OVER = text(
    """
    SELECT code FROM iteration_steps
    WHERE iteration_id = :iteration AND code = ANY(:codes) AND state IN ('complete', 'skipped')
    """
)
_TASKS = text(
    """
    SELECT t.code FROM iteration_tasks AS t JOIN iteration_steps AS s ON s.id = t.step_id
    WHERE s.iteration_id = :iteration AND s.code = :code ORDER BY t.position
    """
)
_CONTROLS = text(
    """
    SELECT DISTINCT c.code, c.validator_team_id
    FROM iteration_controls AS c JOIN iteration_task_controls AS x ON x.control_id = c.id
    JOIN iteration_tasks AS t ON t.id = x.task_id JOIN iteration_steps AS s ON s.id = t.step_id
    WHERE s.iteration_id = :iteration AND s.code = :code AND c.state = 'pending' ORDER BY c.code
    """
)


async def ready_steps(parts: Parts, iteration_id: UUID) -> Sequence[Any]:
    """Return the steps that somebody could begin, top to bottom."""
    return await _rows(parts, _HERE, iteration=iteration_id)


async def over(parts: Parts, iteration_id: UUID, codes: Sequence[str]) -> frozenset[str]:
    """Return those of these steps that are over."""
    if not codes:
        return frozenset()
    return frozenset(row.code for row in await _rows(parts, _OVER, iteration=iteration_id, codes=list(codes)))


async def tasks(parts: Parts, iteration_id: UUID, code: str) -> list[str]:
    """Return the codes of a step's tasks."""
    return [row.code for row in await _rows(parts, _TASKS, iteration=iteration_id, code=code)]


async def pending_controls(parts: Parts, iteration_id: UUID, code: str) -> Sequence[Any]:
    """Return the controls of a step that nobody has passed yet, with the team that validates each."""
    return await _rows(parts, _CONTROLS, iteration=iteration_id, code=code)


async def _rows(parts: Parts, query: Any, **values: Any) -> Sequence[Any]:
    async with parts.database.read() as connection:
        return (await connection.execute(query, values)).all()
