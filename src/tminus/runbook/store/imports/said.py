"""What the files say, mended and in codes: temporary tables of the transaction that checks and compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.imports.fields import column_list
from tminus.runbook.store.imports.script import carry_out


def _meaning(scope: str, column: str, *, all_known: bool) -> tuple[str, str]:
    """The expression and the join by which a column's word becomes what it means.

    `all_known`: every word has a meaning, and one that means nothing is null.
    """
    name = f"m_{column}"
    join = f"LEFT JOIN meanings AS {name} ON {name}.scope = '{scope}' AND {name}.written = r.{column}"
    value = (
        f"{name}.becomes[1]"
        if all_known
        else (f"CASE WHEN {name}.written IS NULL THEN r.{column} ELSE {name}.becomes[1] END")
    )
    return value, join


def _list(scope: str, column: str) -> tuple[str, str]:
    """The same for a column with a list of words."""
    name = f"l_{column}"
    join = f"LEFT JOIN lists AS {name} ON {name}.scope = '{scope}' AND {name}.written = r.{column}"
    return f"{name}.becomes", join


def _list_of(column: str, scope: str) -> str:
    return (
        f"SELECT '{scope}' AS scope, {column} AS written FROM import_rows"  # noqa: S608 - our own columns
        f" WHERE batch_id = :batch AND {column} IS NOT NULL"
    )


def _own_list(column: str) -> str:
    return (
        f"CASE WHEN r.{column} IS NOT NULL THEN coalesce((SELECT array_agg(DISTINCT w ORDER BY w)"  # noqa: S608 - parts of this file
        f" FROM unnest(r.{column}) AS w), '{{}}') END"
    )


_LISTS = {"impacted_teams": "team", "applications": "application", "controls": "control"}
_MEANT_LISTS = f"""
    CREATE TEMP TABLE lists ON COMMIT DROP AS
    SELECT scope, written, coalesce(
        (SELECT array_agg(DISTINCT c ORDER BY c) FROM unnest(written) AS w
         JOIN meanings AS m ON m.scope = l.scope AND m.written = w CROSS JOIN unnest(m.becomes) AS c), '{{}}'
    ) AS becomes
    FROM (
        {" UNION ".join(_list_of(column, scope) for column, scope in _LISTS.items())}
    ) AS l
"""  # noqa: S608 - parts of this file
"""Each list once, however many rows have it."""


def _columns() -> tuple[dict[str, str], list[str]]:
    values = {name.strip(): f"r.{name.strip()}" for name in column_list().split(",")}
    joins = []
    for scope, column, all_known in (
        ("prose", "name", False),
        ("prose", "instructions", False),
        ("prose", "description", False),
        ("team", "team", True),
        ("team", "producer", True),
        ("team", "validator", True),
        ("type", "type", True),
        ("environment", "environment", True),
    ):
        values[column], join = _meaning(scope, column, all_known=all_known)
        joins.append(join)
    for column, scope in _LISTS.items():
        values[column], join = _list(scope, column)
        joins.append(join)
    values["labels"] = _own_list("labels")
    values["scope"] = _own_list("scope")
    values["undoes"] = _own_list("undoes")
    return values, joins


_VALUES, _JOINS = _columns()
_EMPTY = f"""
    CREATE TEMP TABLE said ON COMMIT DROP AS
    SELECT r.n, r.file, r.row, r.kind, r.code AS written, r.code, r.parent, r.of, r.given,
           r.parent AS chapter_written, r.phase AS phase_written, false AS implied, {column_list("r.")}
    FROM import_rows AS r LIMIT 0
"""  # noqa: S608 - names of our own columns
_INSERT = f"""
    INSERT INTO said
    SELECT r.n, r.file, r.row, r.kind, r.code, r.code,
           CASE r.kind WHEN 'step' THEN g.code WHEN 'chapter' THEN coalesce(p.becomes[1], r.parent)
                       WHEN 'task' THEN r.parent END,
           r.of, CASE WHEN r.kind = 'step' AND coalesce(r.parent, r.phase) IS NOT NULL THEN r.given || 'place'::text
                      WHEN r.kind = 'chapter' AND r.parent IS NOT NULL THEN r.given || 'place'::text
                      WHEN r.kind = 'task' THEN r.given || 'place'::text ELSE r.given END,
           r.parent, r.phase, false, {", ".join(_VALUES.values())}
    FROM import_rows AS r
    LEFT JOIN places AS g ON r.kind = 'step' AND g.chapter = coalesce(r.parent, '') AND g.phase = coalesce(r.phase, '')
    LEFT JOIN meanings AS p ON r.kind = 'chapter' AND p.scope = 'phase' AND p.written = r.parent
    {" ".join(_JOINS)}
    WHERE r.batch_id = :batch
"""  # noqa: S608 - parts of this file


@dataclass(frozen=True, slots=True)
class Implied:
    """A thing that rows only name in passing: a chapter, a team, a control."""

    kind: str
    code: str
    name: str
    parent: str | None = None


_IMPLY = text(
    """
    INSERT INTO said (n, file, kind, written, code, parent, given, implied, name)
    SELECT n, 0, kind, code, code, parent,
           CASE WHEN parent IS NULL THEN ARRAY['name'] ELSE ARRAY['name', 'place'] END, true, name
    FROM jsonb_to_recordset(:rows) AS r (n int, kind text, code text, name text, parent text)
    """
).bindparams(bindparam("rows", type_=JSONB))

_BY_NAME = """
    DELETE FROM said AS s USING import_rows AS r
    WHERE r.batch_id = :batch AND r.n = s.n AND NOT s.implied AND s.code IS NULL AND (
        s.kind = 'macroPhase' AND EXISTS (
            SELECT FROM meanings AS m WHERE m.scope = 'phase' AND m.written = r.name AND m.becomes[1] IS NOT NULL
        ) OR s.kind = 'chapter' AND EXISTS (
            SELECT FROM places AS g WHERE g.chapter = r.name AND g.phase = coalesce(r.parent, '')
        )
    )
"""
_UNUSED = text(
    "DELETE FROM said WHERE kind IN ('macroPhase', 'chapter') AND NOT implied AND code IS NULL AND name IS NOT NULL"
)


async def drop_unused_headings(connection: AsyncConnection) -> None:
    """Forget the groups without a code under whose name no step stands."""
    await connection.execute(_UNUSED)


async def lay_out_said(connection: AsyncConnection, batch_id: UUID, implied: Sequence[Implied]) -> None:
    """Make `said` from the staged rows, `meanings` and `places`; codes of steps and tasks are still as written.

    In `given`, `place` stands for what a thing is in. A group's row without a code, as a heading is, says nothing
    that the steps which name it do not say: it is the group that is there by that name, or the implied one.
    """
    await carry_out(
        connection,
        "ANALYZE meanings",
        "ANALYZE places",
        "DROP TABLE IF EXISTS lists, said",
        _MEANT_LISTS,
        "ANALYZE lists",
        _EMPTY,
        _INSERT,
        batch=batch_id,
    )
    if implied:
        # Groups that rows name in passing come before the rows, in the order in which they are named.
        rows = [
            {"n": n, "kind": one.kind, "code": one.code, "name": one.name, "parent": one.parent}
            for n, one in enumerate(implied, -len(implied))
        ]
        await connection.execute(_IMPLY, {"rows": rows})
    await carry_out(
        connection,
        _BY_NAME,
        "CREATE INDEX ON said (n)",
        "ANALYZE said (n, kind, code, written, parent, of, file, row)",
        batch=batch_id,
    )
