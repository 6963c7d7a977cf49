"""SQL of the ticker: which steps and chapters time has let go."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

# The clock comes first, and OFFSET 0 keeps the planner at it: a clock that runs on while it reads, as
# clock_timestamp() does, is no range of an index, and every look would read every step of every iteration.
DUE = text(
    """
    WITH clock AS MATERIALIZED (
        SELECT coalesce(c.frozen_at, clock_timestamp() + c.shift) AS now FROM server_clock AS c
    ), due AS (
        SELECT s.iteration_id, s.id FROM clock CROSS JOIN LATERAL (
            SELECT * FROM iteration_steps
            WHERE opens_at <= clock.now AND state IN ('not_ready', 'verifying') OFFSET 0
        ) AS s
        UNION ALL
        SELECT g.iteration_id, NULL FROM clock CROSS JOIN LATERAL (
            SELECT * FROM iteration_groups WHERE opens_at <= clock.now AND finished_at IS NULL OFFSET 0
        ) AS g
    )
    SELECT i.migration_id, i.id AS iteration_id, array_remove(array_agg(due.id), NULL) AS steps
    FROM due JOIN iterations AS i ON i.id = due.iteration_id
    WHERE i.state IN ('live', 'on_hold', 'backing_out')
    GROUP BY i.migration_id, i.id
    """
)


async def due_steps(connection: AsyncConnection) -> list[tuple[UUID, UUID, list[UUID]]]:
    """Return (migration, iteration, steps) of what only waited for a time that has come."""
    return [(row.migration_id, row.iteration_id, row.steps) for row in await connection.execute(DUE)]
