"""SQL of the ticker: which steps and chapters time has let go."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_DUE = text(
    """
    WITH due AS (
        SELECT s.iteration_id, s.id FROM iteration_steps AS s CROSS JOIN server_clock AS c
        WHERE s.opens_at <= coalesce(c.frozen_at, clock_timestamp() + c.shift)
          AND s.state IN ('not_ready', 'verifying')
        UNION ALL
        SELECT g.iteration_id, NULL FROM iteration_groups AS g CROSS JOIN server_clock AS c
        WHERE g.opens_at <= coalesce(c.frozen_at, clock_timestamp() + c.shift) AND g.finished_at IS NULL
    )
    SELECT i.migration_id, i.id AS iteration_id, array_remove(array_agg(due.id), NULL) AS steps
    FROM due JOIN iterations AS i ON i.id = due.iteration_id
    WHERE i.state IN ('live', 'on_hold', 'backing_out')
    GROUP BY i.migration_id, i.id
    """
)


async def due_steps(connection: AsyncConnection) -> list[tuple[UUID, UUID, list[UUID]]]:
    """Return (migration, iteration, steps) of what only waited for a time that has come."""
    return [(row.migration_id, row.iteration_id, row.steps) for row in await connection.execute(_DUE)]
