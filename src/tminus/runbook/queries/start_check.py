"""What starting an iteration would do, asked before it is done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person
from tminus.platform.clock import server_now
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store.iterations import steps_without_team

_REACHED = text(
    """
    SELECT count(DISTINCT t.id) AS teams, count(DISTINCT m.user_id) AS people FROM iteration_steps AS s
    JOIN teams AS t ON t.id = s.team_id LEFT JOIN team_members AS m ON m.team_id = t.id
    WHERE s.iteration_id = :iteration AND NOT s.dormant
    """
)


async def start_check(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return whom messages would reach, what is missing in the plan, and how late the start would be."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    reached = (await connection.execute(_REACHED, {"iteration": iteration_id})).one()
    findings = [
        {
            "severity": "warning",
            "code": "step_without_team",
            "stepCode": code,
            "sentence": f"{code} “{name}” has no team: nobody will be told when it turns ready.",
        }
        for code, name in await steps_without_team(connection, iteration_id)
    ]
    late = await server_now(connection) - iteration.planned_start
    return {
        "people": reached.people,
        "teams": reached.teams,
        "findings": findings,
        "lateBySeconds": round(late.total_seconds()),
    }
