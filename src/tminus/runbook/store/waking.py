"""SQL of a back-out: rollback chapters wake, and wait no longer for the way forward."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.iteration import Iteration

# A link is waived where what waits is (or has in it) a step of a rollback chapter, and what it waits for is (or has
# in it) one of the way forward.
_WAIVE = """
    WITH back AS (
        SELECT s.id, s.chapter_id, s.macro_phase_id FROM iteration_steps AS s
        JOIN iteration_chapters AS c ON c.id = s.chapter_id
        WHERE s.iteration_id = :iteration AND c.rollback
    ), forward AS (
        SELECT s.id, s.chapter_id, s.macro_phase_id FROM iteration_steps AS s
        JOIN iteration_chapters AS c ON c.id = s.chapter_id
        WHERE s.iteration_id = :iteration AND NOT c.rollback
    ), to_back AS (
        SELECT id FROM back UNION SELECT chapter_id FROM back UNION SELECT macro_phase_id FROM back
    ), from_forward AS (
        SELECT id FROM forward UNION SELECT chapter_id FROM forward UNION SELECT macro_phase_id FROM forward
    )
    UPDATE {table} AS d SET waived_at = :now, waived_by = :by, waived_reason = :reason
    WHERE d.iteration_id = :iteration AND d.waived_at IS NULL
      AND d.successor_id IN (SELECT id FROM to_back) AND d.predecessor_id IN (SELECT id FROM from_forward)
"""
_STEPS = (
    text(_WAIVE.format(table="iteration_dependencies")),
    text(_WAIVE.format(table="iteration_group_dependencies")),
    text("UPDATE iteration_steps SET dormant = false WHERE iteration_id = :iteration AND dormant"),
    text(
        """
        UPDATE iteration_groups AS g SET total_count = s.steps, open_count = s.open, finished_at = NULL
        FROM (
            SELECT g.id, count(*) AS steps, count(*) FILTER (WHERE s.state NOT IN ('complete', 'skipped')) AS open
            FROM iteration_groups AS g JOIN iteration_steps AS s ON s.chapter_id = g.id OR s.macro_phase_id = g.id
            WHERE g.iteration_id = :iteration GROUP BY g.id
        ) AS s
        WHERE g.id = s.id AND (g.total_count, g.open_count) <> (s.steps, s.open)
        """
    ),
)
_COUNT = text(
    """
    UPDATE iterations SET total_count = :total, total_seconds = :seconds, done_count = :done,
                          done_seconds = :done_seconds, counts = CAST(:counts AS jsonb)
    WHERE id = :iteration
    """
)
_FORWARD = text(
    """
    SELECT s.id FROM iteration_steps AS s JOIN iteration_chapters AS c ON c.id = s.chapter_id
    WHERE s.iteration_id = :iteration AND NOT c.rollback
    """
)


async def wake(connection: AsyncConnection, iteration_id: UUID, by: str, reason: str, now: datetime) -> None:
    """Wake the rollback chapters; what they waited for on the way forward counts as satisfied since `now`."""
    values = {"iteration": iteration_id, "by": by, "reason": reason, "now": now}
    for statement in _STEPS:
        used = {name: values[name] for name in statement.compile().params}
        await connection.execute(statement, used)


async def recount(connection: AsyncConnection, iteration: Iteration) -> None:
    """Write the iteration's counts and weights anew."""
    progress = iteration.progress
    await connection.execute(
        _COUNT,
        {
            "iteration": iteration.id,
            "total": progress.total_count,
            "seconds": progress.total_seconds,
            "done": progress.done_count,
            "done_seconds": progress.done_seconds,
            "counts": json.dumps(dict(progress.counts)),
        },
    )


async def forward_steps(connection: AsyncConnection, iteration_id: UUID) -> set[UUID]:
    """Return the steps of the way forward: those of no rollback chapter."""
    return set((await connection.execute(_FORWARD, {"iteration": iteration_id})).scalars())
