"""What is still open in an iteration, asked before it is completed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person
from tminus.runbook.domain import left_open
from tminus.runbook.queries.decisions import decisions_view
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store import iterations, roll_calls, rollup

_UNDELIVERED = text(
    """
    SELECT count(*) FROM outbox
    WHERE iteration_id = :iteration AND status IN ('failed', 'uncertain') AND handled_at IS NULL
    """
)
_UNDECIDED = ("open", "ended")


async def end_check(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return what completing the iteration would leave open. Raises `NotFound`, `Forbidden`."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    placed = await rollup.open_impediments(connection, [iteration_id])
    asked = (await decisions_view(connection, person, iteration_id))["items"]
    called = await roll_calls.newest_roll_call(connection, iteration_id)
    teams = await roll_calls.teams_called(connection, called.id) if called else {}
    sent = await connection.execute(_UNDELIVERED, {"iteration": iteration_id})
    titles = [
        f"{one.number} {one.title} ({one.severity.value})" for one in (each.impediment for each in placed)
    ]
    return {
        "findings": [
            *left_open.open_steps(await iterations.open_steps(connection, iteration_id)),
            *left_open.open_impediments(titles),
            *left_open.open_decisions([one["question"] for one in asked if one["status"] in _UNDECIDED]),
            *left_open.open_roll_call(called, list(teams.values()), iteration),
            *left_open.undelivered(sent.scalar_one()),
        ]
    }
