"""The chains of work in an iteration. Its links are frozen, so that a process reads and orders them once."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.swift import many_rows
from tminus.runbook.domain.now import Chains, Key, chains_of, work_behind

KEPT = 16
"""Iterations whose chains are kept: some megabytes for each of the largest."""
_STEPS = b"""
SELECT position, chapter_id, macro_phase_id, CASE WHEN in_scope THEN duration_seconds ELSE 0 END AS seconds
FROM iteration_steps WHERE iteration_id = %(iteration)s ORDER BY position
"""
_GROUPS = b"SELECT id FROM iteration_groups WHERE iteration_id = %(iteration)s"
_LINKS = """
SELECT p.position AS before, s.position AS after, NULL::uuid AS before_group, NULL::uuid AS after_group
FROM iteration_dependencies AS d
JOIN iteration_steps AS p ON p.id = d.predecessor_id JOIN iteration_steps AS s ON s.id = d.successor_id
WHERE d.iteration_id = %(iteration)s{waived}
UNION ALL
SELECT p.position, s.position, d.predecessor_id, d.successor_id
FROM iteration_group_dependencies AS d
LEFT JOIN iteration_steps AS p ON p.id = d.predecessor_id LEFT JOIN iteration_steps AS s ON s.id = d.successor_id
WHERE d.iteration_id = %(iteration)s{waived}
"""
_ALL_LINKS = _LINKS.format(waived="").encode()
_WAIVED = _LINKS.format(waived=" AND d.waived_at IS NOT NULL").encode()
_AWAKE = b"""
SELECT position FROM iteration_steps
WHERE iteration_id = %(iteration)s AND NOT dormant AND state NOT IN ('complete', 'skipped', 'cancelled')
"""
_known: dict[UUID, Chains] = {}


async def behind_of(connection: AsyncConnection, iteration_id: UUID) -> dict[int, int]:
    """Return the seconds of planned work behind each open step, by position; see `domain.now`."""
    chains = _known.get(iteration_id) or await _learn(connection, iteration_id)
    of = {"iteration": iteration_id}
    awake = {row.position for row in await many_rows(connection, _AWAKE, of)}
    return work_behind(chains, awake, frozenset(await _links(connection, _WAIVED, iteration_id)))


async def _learn(connection: AsyncConnection, iteration_id: UUID) -> Chains:
    of = {"iteration": iteration_id}
    steps = await many_rows(connection, _STEPS, of)
    groups: dict[UUID, list[int]] = {row.id: [] for row in await many_rows(connection, _GROUPS, of)}
    for row in steps:
        for key in (row.chapter_id, row.macro_phase_id):
            if key in groups:
                groups[key].append(row.position)
    links = await _links(connection, _ALL_LINKS, iteration_id)
    found = chains_of({row.position: row.seconds for row in steps}, links, groups)
    while len(_known) >= KEPT:
        del _known[next(iter(_known))]
    _known[iteration_id] = found
    return found


async def _links(connection: AsyncConnection, query: bytes, iteration_id: UUID) -> list[tuple[Key, Key]]:
    return [
        (
            row.before if row.before is not None else row.before_group,
            row.after if row.after is not None else row.after_group,
        )
        for row in await many_rows(connection, query, {"iteration": iteration_id})
    ]
