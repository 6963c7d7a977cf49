"""Who is before one's own steps: what people on a phone call about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

SHOWN = 3
_BEFORE = text(
    """
    SELECT d.successor_id, p.code, p.name, p.state, t.name AS team_name, t.phone
    FROM iteration_dependencies AS d JOIN iteration_steps AS p ON p.id = d.predecessor_id
    JOIN teams AS t ON t.id = p.team_id JOIN iteration_steps AS s ON s.id = d.successor_id
    WHERE d.successor_id = ANY(:steps) AND p.in_scope AND NOT p.dormant AND p.team_id IS DISTINCT FROM s.team_id
    ORDER BY p.state IN ('complete', 'skipped'), p.position DESC
    """
)


async def before(connection: AsyncConnection, steps: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return for each step those of other teams that it follows directly: what holds it first, three at most."""
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in steps}
    for row in await connection.execute(_BEFORE, {"steps": list(steps)}):
        if len(found[row.successor_id]) < SHOWN:
            found[row.successor_id].append(
                {
                    "code": row.code,
                    "name": row.name,
                    "state": row.state,
                    "teamName": row.team_name,
                    "phone": row.phone,
                }
            )
    return found
