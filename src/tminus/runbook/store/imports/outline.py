"""What would change, gathered by where it stands in the plan: counts by kind and by chapter, and the steps of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

_BY_HASH = text("SET LOCAL enable_nestloop = off")
"""The tables were filled a moment ago: where their statistics are older, PostgreSQL takes 50,000 rows for a few, and
would go through all of them once for each.
"""
_COUNTS = """
    count(*) FILTER (WHERE {of}.change = 'added') AS added, count(*) FILTER (WHERE {of}.change = 'changed') AS changed,
    count(*) FILTER (WHERE {of}.change = 'removed') AS removed
"""
_NODES = """
    SELECT kind, code, parent, name, position FROM import_things WHERE batch_id = :batch AND kind IN {kinds}
    UNION ALL
    SELECT kind, code, parent, name, position FROM import_changes
    WHERE batch_id = :batch AND kind IN {kinds} AND change = 'removed'
"""
_KINDS = text(
    f"SELECT kind, {_COUNTS.format(of='c')} FROM import_changes AS c WHERE batch_id = :batch GROUP BY kind"  # noqa: S608 - parts of this file
)
_GROUPS = text(
    f"""
    WITH groups AS ({_NODES.format(kinds="('macroPhase', 'chapter')")}),
    steps AS MATERIALIZED ({_NODES.format(kinds="('step')")}),
    tallies AS (
        SELECT CASE c.kind WHEN 'step' THEN c.parent ELSE s.parent END AS chapter, {_COUNTS.format(of="c")}
        FROM import_changes AS c LEFT JOIN steps AS s ON c.kind = 'task' AND s.code = c.parent
        WHERE c.batch_id = :batch AND c.kind IN ('step', 'task') GROUP BY 1
    )
    SELECT g.kind, g.code, g.parent, g.name, c.change, c.fields, c.before, c.after,
           coalesce(t.added, 0) AS added, coalesce(t.changed, 0) AS changed, coalesce(t.removed, 0) AS removed
    FROM groups AS g
    LEFT JOIN import_changes AS c ON c.batch_id = :batch AND c.kind = g.kind AND c.code = g.code
    LEFT JOIN tallies AS t ON g.kind = 'chapter' AND t.chapter = g.code
    ORDER BY g.kind DESC, g.position, g.code
    """  # noqa: S608 - parts of this file
)
_STEPS = text(
    f"""
    WITH steps AS ({_NODES.format(kinds="('step')")}),
    tallies AS (
        SELECT s.code, {_COUNTS.format(of="c")}
        FROM steps AS s JOIN import_changes AS c ON c.batch_id = :batch AND c.kind = 'task' AND c.parent = s.code
        WHERE s.parent = :chapter GROUP BY s.code
    )
    SELECT s.kind, s.code, s.parent, s.name, c.change, c.fields, c.before, c.after,
           coalesce(t.added, 0) AS added, coalesce(t.changed, 0) AS changed, coalesce(t.removed, 0) AS removed
    FROM steps AS s
    LEFT JOIN import_changes AS c ON c.batch_id = :batch AND c.kind = 'step' AND c.code = s.code
    LEFT JOIN tallies AS t ON t.code = s.code
    WHERE s.parent = :chapter AND (c.change IS NOT NULL OR t.code IS NOT NULL)
      AND (CAST(:change AS text) IS NULL OR c.change = :change
           OR CASE :change WHEN 'added' THEN t.added WHEN 'changed' THEN t.changed ELSE t.removed END > 0)
    ORDER BY s.position, s.code OFFSET :after LIMIT :most
    """  # noqa: S608 - parts of this file
)


async def kinds_changed(connection: AsyncConnection, batch_id: UUID) -> Sequence[Row[Any]]:
    """Return how many things of each kind would be added, changed and removed."""
    return (await connection.execute(_KINDS, {"batch": batch_id})).all()


async def groups_changed(connection: AsyncConnection, batch_id: UUID) -> Sequence[Row[Any]]:
    """Return macro-phases, then chapters, in the plan's order, those that would go too; counts are of a chapter's
    steps and tasks.
    """
    await connection.execute(_BY_HASH)
    return (await connection.execute(_GROUPS, {"batch": batch_id})).all()


async def steps_changed(
    connection: AsyncConnection, batch_id: UUID, chapter: str, change: str | None, after: int, most: int
) -> Sequence[Row[Any]]:
    """Return the steps of a chapter that would change, or whose tasks would; counts are of their tasks."""
    values = {"batch": batch_id, "chapter": chapter, "change": change, "after": after, "most": most}
    await connection.execute(_BY_HASH)
    return (await connection.execute(_STEPS, values)).all()
