"""SQL that reads of a plan version what decides how long it takes."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.network import Link
from tminus.platform.swift import many_rows
from tminus.runbook.domain.plan_length import PlacedStep

_STEPS = b"""
    SELECT s.code, s.duration_seconds, c.code AS chapter, m.code AS phase, s.not_before, s.fixed_start
    FROM steps AS s JOIN chapters AS c ON c.id = s.chapter_id JOIN macro_phases AS m ON m.id = c.macro_phase_id
    WHERE s.plan_version_id = %(version)s AND NOT c.rollback ORDER BY m.position, c.position, s.position
"""
_LINKS = b"""
    WITH nodes AS (
        SELECT id, code FROM steps WHERE plan_version_id = %(version)s
        UNION ALL SELECT id, code FROM chapters WHERE plan_version_id = %(version)s
        UNION ALL SELECT id, code FROM macro_phases WHERE plan_version_id = %(version)s
    ), links AS (
        SELECT predecessor_id, successor_id, kind, lag_seconds FROM step_dependencies
        WHERE plan_version_id = %(version)s
        UNION ALL
        SELECT predecessor_id, successor_id, kind, lag_seconds FROM group_dependencies
        WHERE plan_version_id = %(version)s
    )
    SELECT p.code AS before, s.code AS after, l.lag_seconds, l.kind
    FROM links AS l JOIN nodes AS p ON p.id = l.predecessor_id JOIN nodes AS s ON s.id = l.successor_id
"""


async def load_lengths(
    connection: AsyncConnection, version_id: UUID
) -> tuple[list[PlacedStep], list[Link[str]]]:
    """Return the steps of a version, rollback chapters left out, and all its links by code."""
    of = {"version": version_id}
    steps = [PlacedStep(*row) for row in await many_rows(connection, _STEPS, of)]
    links = [Link(*row) for row in await many_rows(connection, _LINKS, of)]
    return steps, links
