"""SQL of the ticker: which steps time has opened."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_DUE = text(
    """
    SELECT i.migration_id, i.id AS iteration_id, array_agg(s.id) AS steps
    FROM iteration_steps AS s JOIN iterations AS i ON i.id = s.iteration_id CROSS JOIN server_clock AS c
    WHERE s.opens_at <= coalesce(c.frozen_at, clock_timestamp() + c.shift) AND s.state = 'not_ready'
      AND i.state IN ('live', 'on_hold', 'backing_out')
    GROUP BY i.migration_id, i.id
    """
)


async def due_steps(connection: AsyncConnection) -> list[tuple[UUID, UUID, list[UUID]]]:
    """Return (migration, iteration, steps) of what only waited for a time that has come."""
    return [(row.migration_id, row.iteration_id, row.steps) for row in await connection.execute(_DUE)]
