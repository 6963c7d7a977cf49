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
        SELECT s.n, s.code, s.type, {_STEM} AS stem,
               count(*) OVER (PARTITION BY s.code) AS times,
               row_number() OVER (PARTITION BY s.code ORDER BY ({_STEM} = s.code) IS TRUE DESC, s.n) AS place
        FROM said AS s LEFT JOIN import_files AS f
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
        SELECT k.n, k.code, s.code AS step, s.n AS at, starts_with(k.code, s.code || '-') AS under,
               row_number() OVER (PARTITION BY k.code ORDER BY starts_with(k.code, s.code || '-') DESC, k.n) AS nth
        FROM said AS k JOIN said AS s ON s.n = k.of AND s.kind = 'step' WHERE k.kind = 'task'
    ), judged AS (
        SELECT *, code IS NULL OR nth > 1 OR ({renumber} AND NOT under) AS anew FROM t
    ), ended AS (
        SELECT code, split_part(code, '-', -1) AS number FROM judged WHERE NOT anew AND strpos(code, '-') > 0
    ), numbered AS (
        SELECT left(code, -1 - length(number)) AS step, max(number::int) AS last
        FROM ended WHERE length(number) <= 8 AND number ~ '^[0-9]+$' GROUP BY 1
    ), last AS (
        SELECT s.n AS at, k.last FROM numbered AS k JOIN said AS s ON s.kind = 'step' AND s.code = k.step
    )
    SELECT j.n, j.at, j.step, j.code AS written, j.under, j.nth, j.anew,
           CASE WHEN j.anew
           THEN j.step || '-' || coalesce(l.last, 0) + row_number() OVER (PARTITION BY j.at, j.anew ORDER BY j.n)
           ELSE j.code END AS code
    FROM judged AS j LEFT JOIN last AS l ON l.at = j.at
"""
_APPLY_TASKS = """
    UPDATE said SET code = r.code, parent = r.step,
        instructions = CASE WHEN r.anew AND r.written IS NOT NULL
            THEN 'Formerly ' || r.written || '.' || coalesce(chr(10) || nullif(said.instructions, ''), '')
            ELSE said.instructions END,
        given = CASE WHEN r.anew AND r.written IS NOT NULL AND NOT ('instructions' = ANY (said.given))
            THEN said.given || 'instructions'::text ELSE said.given END
    FROM task_codes AS r WHERE said.n = r.n AND said.kind = 'task'
"""


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

    With `renumber`, those that are not under their step too. The old code is kept in the instructions.
    """
    await carry_out(
        connection,
        _FIND_STEPS,
        "DROP TABLE IF EXISTS task_codes",
        _TASKS.replace("{renumber}", "true" if renumber else "false"),
        "CREATE INDEX ON task_codes (n)",
        "ANALYZE task_codes",
        _APPLY_TASKS,
    )
