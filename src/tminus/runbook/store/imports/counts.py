"""What the files hold and what is wrong with them, counted as they were written, before any repair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
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


_BY_FILE = {
    "null_number": "said AS x WHERE kind = 'step' AND written IS NULL AND NOT implied",
    "unknown_type": "s AS x WHERE type IS NOT NULL AND NOT (type = ANY (:types))",
    "pages_sharing_a_code": "said AS x WHERE kind = 'step' AND written IN (SELECT code FROM codes WHERE times > 1)",
    "self_predecessor": "(SELECT DISTINCT file, of FROM said_links WHERE NOT suggested AND code = owner_written) AS x",
    "unknown_predecessor": "(SELECT DISTINCT l.file, l.of FROM said_links AS l LEFT JOIN codes AS c ON c.code = l.code"
    " WHERE NOT l.suggested AND l.owner_kind = 'step' AND c.code IS NULL) AS x",
    "macro_phase_empty": "s AS x WHERE phase IS NULL OR phase IN ('', '-')",
    "html_entity": "s AS x WHERE strpos(phase, '&') > 0 AND phase ~ '&(#?[0-9a-zA-Z]{1,32});'",
    "task_not_under_its_step": "t AS x"
    " WHERE step IS NULL OR written IS NULL OR NOT starts_with(written, step || '-')",
    "steps_with_duplicate_task_id": "(SELECT file FROM t GROUP BY file, of"
    " HAVING count(*) > count(DISTINCT written)) AS x",
    "task_without_team": "import_rows AS x WHERE batch_id = :batch AND kind = 'task' AND team IS NULL",
}
"""Each defect by itself, as in `_COUNTS`, with the file that it is in."""
DEFECTS = tuple(_BY_FILE)
_OF_FILES = " UNION ALL ".join(
    f"SELECT x.file, '{name}' AS name, count(*) AS times FROM {source} GROUP BY x.file"  # noqa: S608 - parts of this file
    for name, source in _BY_FILE.items()
)
_FILES = text(
    f"""
    WITH s AS MATERIALIZED (
        SELECT file, type, phase FROM import_rows WHERE batch_id = :batch AND kind = 'step'
    ), t AS MATERIALIZED (
        SELECT k.file, k.written, k.of, s.written AS step FROM said AS k
        JOIN said AS s ON s.n = k.of AND s.kind = 'step' WHERE k.kind = 'task'
    ), codes AS MATERIALIZED (
        SELECT written AS code, count(*) AS times FROM said WHERE kind = 'step' AND written IS NOT NULL GROUP BY written
    ), c AS (
        SELECT file, jsonb_object_agg(name, times) AS counts FROM ({_OF_FILES}) AS o GROUP BY file
    )
    UPDATE import_files AS f SET counts = coalesce(c.counts, '{{}}') FROM import_files AS g
    LEFT JOIN c ON c.file = g.number
    WHERE f.batch_id = :batch AND g.batch_id = :batch AND g.number = f.number
    """  # noqa: S608 - parts of this file
)


async def count_as_written(
    connection: AsyncConnection, batch_id: UUID, known_types: Sequence[str]
) -> dict[str, int]:
    """Return the numbers by name: pages (rows that are steps), tasks, and each defect.

    Needs `said`, its links and its `lists`.
    """
    row = (await connection.execute(_COUNTS, {"batch": batch_id, "types": list(known_types)})).one()
    counted = {name: int(value) for name, value in row._mapping.items()}
    await _count_files(connection, batch_id, known_types, counted)
    return counted


_ONE_FILE = text("SELECT count(*) = 1 FROM (SELECT FROM import_files WHERE batch_id = :batch LIMIT 2) AS f")
_WHOLE_FILE = text("UPDATE import_files SET counts = :counts WHERE batch_id = :batch").bindparams(
    bindparam("counts", type_=JSONB)
)


async def _count_files(
    connection: AsyncConnection, batch_id: UUID, known_types: Sequence[str], counted: Mapping[str, int]
) -> None:
    """Keep with each file what is wrong in it; added up it is what is counted over all of them."""
    if (await connection.execute(_ONE_FILE, {"batch": batch_id})).scalar_one():
        values = {name: counted[name] for name in DEFECTS if counted[name]}
        await connection.execute(_WHOLE_FILE, {"batch": batch_id, "counts": values})
    else:
        await connection.execute(_FILES, {"batch": batch_id, "types": list(known_types)})
