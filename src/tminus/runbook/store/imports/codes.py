"""Codes of staged steps and tasks: which are missing or taken twice, and giving them others."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.import_codes import NewCode, Uncoded
from tminus.runbook.domain.import_words import Repair
from tminus.runbook.store.imports.script import carry_out

_STEM = r"regexp_replace(regexp_replace(f.name, '^.*/', ''), '\.[^.]*$', '')"
_UNCODED = text(
    f"""
    WITH paged AS (
        SELECT file FROM said WHERE kind = 'step' AND NOT implied GROUP BY file HAVING count(*) = 1
    ), s AS (
        SELECT s.n, s.code, r.type, {_STEM} AS stem,
               count(*) OVER (PARTITION BY s.code) AS times,
               row_number() OVER (PARTITION BY s.code ORDER BY ({_STEM} = s.code) IS TRUE DESC, s.n) AS place
        FROM said AS s JOIN import_rows AS r ON r.batch_id = :batch AND r.n = s.n LEFT JOIN import_files AS f
            ON f.batch_id = :batch AND f.number = s.file AND s.file IN (SELECT file FROM paged)
        WHERE s.kind = 'step'
    )
    SELECT n, code, type, stem FROM s
    WHERE (code IS NULL AND :coded) OR (code IS NOT NULL AND times > 1 AND place > 1) ORDER BY n
    """  # noqa: S608 - parts of this file
)
_ALL = text("SELECT code FROM said WHERE kind = 'step' AND code IS NOT NULL")
_FROM_NAMES = text(
    r"""
    WITH wanted AS (
        SELECT s.n, (
            SELECT b.code FROM base_things AS b WHERE b.kind = 'step' AND b.name = s.name ORDER BY b.code LIMIT 1
        ) AS known,
        coalesce(
            nullif(left(trim(both '-' FROM regexp_replace(upper(s.name), '[^A-Z0-9]+', '-', 'g')), 36), ''), 'STEP'
        ) AS stem
        FROM said AS s WHERE s.kind = 'step' AND s.code IS NULL
    ), numbered AS (
        SELECT n, coalesce(known, stem) AS stem, row_number() OVER (PARTITION BY coalesce(known, stem) ORDER BY n)
            + (known IS NULL AND EXISTS (SELECT FROM said AS o WHERE o.kind <> 'task' AND o.code = stem))::int AS place
        FROM wanted
    )
    UPDATE said SET code = rtrim(stem, '-') || CASE WHEN place > 1 THEN '-' || place ELSE '' END
    FROM numbered WHERE said.n = numbered.n AND said.kind = 'step'
    """
)
_RECODE = text(
    """
    UPDATE said SET code = r.code FROM jsonb_to_recordset(:rows) AS r (n int, code text)
    WHERE said.n = r.n AND said.kind = 'step'
    """
).bindparams(bindparam("rows", type_=JSONB))
_TASKS = """
    CREATE TEMP TABLE task_codes ON COMMIT DROP AS
    WITH t AS (
        SELECT k.n, k.code, s.code AS step, s.written AS step_written, s.n AS at,
               starts_with(k.code, s.code || '-') AS under,
               row_number() OVER (PARTITION BY k.code ORDER BY starts_with(k.code, s.code || '-') DESC, k.n) AS nth
        FROM said AS k JOIN said AS s ON s.n = k.of AND s.kind = 'step' WHERE k.kind = 'task'
    ), judged AS (
        SELECT *, code IS NULL OR nth > 1 AS bare, (nth = 1 AND NOT under) IS TRUE AS stray FROM t
    ), ended AS (
        SELECT code, split_part(code, '-', -1) AS number FROM judged WHERE NOT bare AND strpos(code, '-') > 0
    ), numbered AS (
        SELECT left(code, -1 - length(number)) AS step, max(number::int) AS last
        FROM ended WHERE length(number) <= 8 AND number ~ '^[0-9]+$' GROUP BY 1
    ), last AS (
        SELECT s.n AS at, k.last FROM numbered AS k JOIN said AS s ON s.kind = 'step' AND s.code = k.step
    )
    SELECT j.n, j.at, j.step, j.step_written, j.code AS written, j.under, j.nth, j.stray, j.bare AS anew,
           coalesce(l.last, 0) + count(*) FILTER (WHERE j.bare) OVER (PARTITION BY j.at) AS behind,
           CASE WHEN j.bare
           THEN j.step || '-' || coalesce(l.last, 0) + row_number() OVER (PARTITION BY j.at, j.bare ORDER BY j.n)
           ELSE j.code END AS code, NULL::text AS was, NULL::text AS double
    FROM judged AS j LEFT JOIN last AS l ON l.at = j.at
"""
"""`bare` = without a code of its own, `stray` = with one that is not its step's. The bare ones are numbered first, so
that they have the same numbers whether the strays are renumbered or not; `behind` = the last number that is taken.
"""
_STRAYS = """
    CREATE TEMP TABLE strays ON COMMIT DROP AS
    WITH b AS (
        SELECT code, parent, substring(instructions FROM '^Formerly ([^\n]*)[.](?:\n|$)') AS formerly
        FROM base_things WHERE kind = 'task'
    ), renamed AS (
        SELECT DISTINCT ON (t.n) t.n, b.code FROM task_codes AS t
        JOIN b ON b.formerly = t.written AND b.parent = t.step
        WHERE t.stray AND NOT EXISTS (SELECT FROM task_codes AS o WHERE o.code = b.code) ORDER BY t.n, b.code
    ), others AS (
        SELECT left(b.code, -1 - length(split_part(b.code, '-', -1))) AS step, split_part(b.code, '-', -1) AS number
        FROM b WHERE NOT EXISTS (SELECT FROM task_codes AS o WHERE o.code = b.code)
    ), taken AS (
        SELECT step, max(number::int) AS last FROM others
        WHERE length(number) <= 8 AND number ~ '^[0-9]+$' GROUP BY 1
    )
    SELECT t.n, t.written, r.code AS had, w.code IS NOT NULL AS there,
           coalesce(r.code, t.step || '-' || greatest(t.behind, k.last)
               + row_number() OVER (PARTITION BY t.at, r.code IS NULL ORDER BY t.n)) AS code
    FROM task_codes AS t LEFT JOIN renamed AS r ON r.n = t.n LEFT JOIN taken AS k ON k.step = t.step
    LEFT JOIN b AS w ON w.code = t.written WHERE t.stray
"""
"""The strays with the code each would have, renumbered: `had` = what an earlier import had renumbered it to, `there` =
it is there as it is written. A number that somebody else's task has is never given away.
"""
_RENUMBER = """
    UPDATE task_codes AS t SET anew = true, code = s.code,
        was = CASE WHEN s.had IS NULL AND s.there THEN s.written END,
        double = CASE WHEN s.had IS NOT NULL AND s.there THEN s.written END
    FROM strays AS s WHERE s.n = t.n
"""
_AS_WRITTEN = """
    UPDATE task_codes AS t SET was = CASE WHEN NOT s.there THEN s.had END, double = CASE WHEN s.there THEN s.had END
    FROM strays AS s WHERE s.n = t.n AND s.had IS NOT NULL
"""
_RECOGNISE = (
    "UPDATE base_things AS b SET was = b.code, code = t.code FROM task_codes AS t"
    " WHERE b.kind = 'task' AND b.code = t.was",
    "UPDATE base_things AS b SET gone = true FROM task_codes AS t"
    " WHERE b.kind = 'task' AND b.code = t.double AND b.was IS NULL",
)
"""A task that an earlier import of the file has put in by its other code is that task, and not another one."""
_APPLY_TASKS = """
    UPDATE said SET code = r.code, parent = r.step,
        instructions = CASE WHEN r.anew AND r.written IS NOT NULL
            THEN 'Formerly ' || r.written || '.' || coalesce(chr(10) || nullif(r.instructions, ''), '')
            ELSE r.instructions END,
        given = CASE WHEN r.anew AND r.written IS NOT NULL AND NOT ('instructions' = ANY (said.given))
            THEN said.given || 'instructions'::text ELSE said.given END
    FROM (
        SELECT t.n, t.code, t.step, t.anew, t.written,
               CASE WHEN 'instructions' = ANY (k.given) THEN k.instructions
               ELSE regexp_replace(b.instructions, '^Formerly [^\n]*[.](\n|$)', '') END AS instructions
        FROM task_codes AS t JOIN said AS k ON k.kind = 'task' AND k.n = t.n
        LEFT JOIN base_things AS b ON b.kind = 'task' AND b.code = t.code AND NOT b.gone
    ) AS r WHERE said.n = r.n AND said.kind = 'task'
"""
_ANY_STRAY = text("SELECT EXISTS (SELECT FROM task_codes WHERE stray)")


async def uncoded_steps(connection: AsyncConnection, batch_id: UUID, *, coded: bool) -> list[Uncoded]:
    """Return the steps whose code another one keeps and, where steps are to have one, those without, in order."""
    rows = await connection.execute(_UNCODED, {"batch": batch_id, "coded": coded})
    return [
        Uncoded(
            row.n,
            Repair.NULL_NUMBER if row.code is None else Repair.DUPLICATE_CODE,
            row.code,
            row.type,
            row.stem,
        )
        for row in rows
    ]


async def step_codes(connection: AsyncConnection) -> set[str]:
    """Return every code of a step that is written; one that is there already is the same step's."""
    return set((await connection.scalars(_ALL)).all())


async def recode(connection: AsyncConnection, codes: Sequence[NewCode]) -> None:
    """Give steps their new codes."""
    if codes:
        await connection.execute(_RECODE, {"rows": [{"n": one.n, "code": one.code} for one in codes]})


async def name_the_nameless(connection: AsyncConnection) -> None:
    """Give steps of a format without codes one made of their name, or that of the step there of this name."""
    await connection.execute(_FROM_NAMES)


_FIND_STEPS = """
    UPDATE said AS k SET of = s.n FROM said AS s
    WHERE k.kind = 'task' AND k.of IS NULL AND s.kind = 'step' AND s.code = k.parent
"""


async def number_tasks(connection: AsyncConnection, *, renumber: bool) -> None:
    """Put tasks under their steps, as `task_codes`; those without a code of their own get the step's next number.

    With `renumber`, those that are not under their step too. The old code is kept in the instructions, and by it an
    earlier import's task is known again: it gets the other code in `base_things`, with `was` = the one it has there.
    """
    await carry_out(
        connection,
        _FIND_STEPS,
        "DROP TABLE IF EXISTS task_codes, strays",
        _TASKS,
        "CREATE INDEX ON task_codes (n)",
        "ANALYZE task_codes",
    )
    if (await connection.execute(_ANY_STRAY)).scalar_one():
        settle = _RENUMBER if renumber else _AS_WRITTEN
        await carry_out(connection, _STRAYS, "ANALYZE strays", settle, *_RECOGNISE)
    await carry_out(connection, _APPLY_TASKS)
