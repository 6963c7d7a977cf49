"""What the files hold and what is wrong with them, counted as they were written, before any repair."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_COUNTS = text(
    r"""
    WITH s AS MATERIALIZED (
        SELECT type, team, phase FROM import_rows WHERE batch_id = :batch AND kind = 'step'
    ), t AS MATERIALIZED (
        SELECT k.written, k.of, s.written AS step FROM said AS k JOIN said AS s ON s.n = k.of AND s.kind = 'step'
        WHERE k.kind = 'task'
    ), codes AS MATERIALIZED (
        SELECT written AS code, count(*) AS times FROM said WHERE kind = 'step' AND written IS NOT NULL GROUP BY written
    )
    SELECT
        (SELECT count(*) FROM s) AS pages,
        (SELECT count(*) FROM t) AS tasks,
        (SELECT count(*) FROM codes) AS distinct_codes,
        (SELECT count(*) FROM said WHERE kind = 'step' AND written IS NULL) AS null_number,
        (SELECT count(*) FROM s WHERE type IS NOT NULL AND NOT (type = ANY (:types))) AS unknown_type,
        (SELECT coalesce(sum(times), 0) FROM codes WHERE times > 1) AS pages_sharing_a_code,
        (SELECT count(DISTINCT of) FROM said_links WHERE NOT suggested AND code = owner_written) AS self_predecessor,
        (SELECT count(DISTINCT l.of) FROM said_links AS l LEFT JOIN codes AS c ON c.code = l.code
            WHERE NOT l.suggested AND l.owner_kind = 'step' AND c.code IS NULL) AS unknown_predecessor,
        (SELECT count(*) FROM s WHERE phase IS NULL OR phase IN ('', '-')) AS macro_phase_empty,
        (SELECT count(*) FROM s WHERE strpos(phase, '&') > 0 AND phase ~ '&(#?[0-9a-zA-Z]{1,32});') AS html_entity,
        (SELECT count(*) FROM t WHERE step IS NULL OR written IS NULL OR NOT starts_with(written, step || '-'))
            AS task_not_under_its_step,
        (SELECT count(*) FROM (SELECT FROM t GROUP BY of HAVING count(*) > count(DISTINCT written)) AS d)
            AS steps_with_duplicate_task_id,
        (SELECT count(*) FROM import_rows WHERE batch_id = :batch AND kind = 'task' AND team IS NULL)
            AS task_without_team,
        (SELECT count(DISTINCT team) FROM s) AS team_spellings,
        (SELECT count(DISTINCT c[1]) FROM lists CROSS JOIN unnest(written) AS w
            CROSS JOIN regexp_matches(w, 'C\d{4}', 'g') AS c WHERE scope = 'control') AS control_codes
    """
)
"""Rows that are steps are called pages here, as in the exports that this was first counted on."""


async def count_as_written(
    connection: AsyncConnection, batch_id: UUID, known_types: Sequence[str]
) -> dict[str, int]:
    """Return the numbers by name: pages (rows that are steps), tasks, and each defect.

    Needs `said`, its links and its `lists`.
    """
    row = (await connection.execute(_COUNTS, {"batch": batch_id, "types": list(known_types)})).one()
    return {name: int(value) for name, value in row._mapping.items()}
