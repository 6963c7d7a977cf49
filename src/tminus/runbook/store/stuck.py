"""SQL of what waits behind a cancelled step: it can never become ready (or complete) by what others do."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

# A link holds as in domain/neighbourhood: FS by the end, SS by the start, which a cancelled step may have had; FF and
# SF by what they hold, the end (and of what has no length, the start). A chapter or macro-phase with a cancelled step
# in it never ends (of its start nothing is asked here); of one that waits, its first steps stand for it.
_STUCK = text(
    """
    WITH gone AS (
        SELECT id, code, position, begun_at, chapter_id, macro_phase_id FROM iteration_steps
        WHERE iteration_id = :iteration AND state = 'cancelled' AND in_scope AND NOT dormant
    ), waiting AS (
        SELECT id, state, chapter_id, macro_phase_id, behaviour IN ('milestone', 'gate') AS zero FROM iteration_steps
        WHERE iteration_id = :iteration AND state IN ('not_ready', 'verifying') AND in_scope AND NOT dormant
          AND EXISTS (SELECT 1 FROM gone)
    ), links AS (
        SELECT d.successor_id, d.kind, g.code, g.position, g.begun_at FROM gone AS g
        JOIN iteration_dependencies AS d ON d.predecessor_id = g.id
        WHERE d.waived_at IS NULL
        UNION ALL
        SELECT d.successor_id, d.kind, g.code, g.position, g.begun_at FROM gone AS g
        JOIN iteration_group_dependencies AS d ON d.predecessor_id = g.id
        WHERE d.iteration_id = :iteration AND d.waived_at IS NULL
        UNION ALL
        SELECT d.successor_id, d.kind, g.code, g.position, now() FROM gone AS g
        JOIN iteration_group_dependencies AS d ON d.predecessor_id IN (g.chapter_id, g.macro_phase_id)
        WHERE d.iteration_id = :iteration AND d.waived_at IS NULL
    ), held AS (
        SELECT w.id, l.code, l.position FROM waiting AS w JOIN links AS l ON l.successor_id = w.id
        WHERE CASE WHEN w.state = 'not_ready' THEN l.kind = 'FS' OR w.zero AND l.kind = 'FF'
                        OR l.begun_at IS NULL AND (l.kind = 'SS' OR w.zero AND l.kind = 'SF')
                   ELSE l.kind = 'FF' OR l.kind = 'SF' AND l.begun_at IS NULL END
        UNION
        SELECT w.id, l.code, l.position FROM waiting AS w
        JOIN links AS l ON l.successor_id IN (w.chapter_id, w.macro_phase_id)
        WHERE w.state = 'not_ready' AND (l.kind = 'FS' OR l.kind = 'SS' AND l.begun_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM iteration_dependencies AS own
                          WHERE own.successor_id = w.id AND own.waived_at IS NULL)
    )
    SELECT id, array_agg(code ORDER BY position) AS codes FROM held GROUP BY id
    """
)


async def behind_cancelled(connection: AsyncConnection, iteration_id: UUID) -> dict[UUID, list[str]]:
    """Return, by step, the codes of the cancelled steps that hold it for good; by their place in the plan."""
    return {row.id: row.codes for row in await connection.execute(_STUCK, {"iteration": iteration_id})}
