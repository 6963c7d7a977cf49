"""SQL that reads things of a plan version by level and code: some of them, or all.

The same statements answer the page's first look at a version and the few rows an edit touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.swift import many_rows
from tminus.runbook.domain.plan_edit import Level, Thing, Tie

Wanted = Mapping[Level, Sequence[str]]
"""Codes by level."""


@dataclass(frozen=True, slots=True)
class Things:
    """Things of a version in the order of the plan, and the links that touch them."""

    things: dict[tuple[Level, str], Thing] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)

    def of(self, level: Level) -> list[Thing]:
        """Return those of one level."""
        return [thing for thing in self.things.values() if thing.level is level]


_SOME = "AND (%(codes)s::text[] IS NULL OR {alias}.code = ANY(%(codes)s::text[]))"


def _statement(sql: str, alias: str) -> bytes:
    return sql.replace("SOME", _SOME.format(alias=alias)).encode()


_ROWS: dict[Level, bytes] = {
    Level.MACRO_PHASE: _statement(
        """
        SELECT m.code, NULL AS parent, m.position, m.name
        FROM macro_phases AS m WHERE m.plan_version_id = %(version)s SOME ORDER BY m.position
        """,
        "m",
    ),
    Level.CHAPTER: _statement(
        """
        SELECT c.code, m.code AS parent, c.position, c.name, c.rollback
        FROM chapters AS c JOIN macro_phases AS m ON m.id = c.macro_phase_id
        WHERE c.plan_version_id = %(version)s SOME ORDER BY m.position, c.position
        """,
        "c",
    ),
    Level.STEP: _statement(
        """
        SELECT s.code, c.code AS parent, s.position, s.name, s.type, s.behaviour, t.code AS team,
               s.duration_seconds, s.instructions, s.auto_activate, s.point_of_no_return, s.evidence_required, s.labels,
               r.code AS environment, s.not_before, s.fixed_start
        FROM steps AS s JOIN chapters AS c ON c.id = s.chapter_id JOIN macro_phases AS m ON m.id = c.macro_phase_id
        LEFT JOIN teams AS t ON t.id = s.team_id LEFT JOIN environment_roles AS r ON r.id = s.environment_role_id
        WHERE s.plan_version_id = %(version)s SOME ORDER BY m.position, c.position, s.position
        """,
        "s",
    ),
    Level.TASK: _statement(
        """
        SELECT k.code, s.code AS parent, k.position, k.title, k.instructions, t.code AS team, k.required, k.nominee
        FROM tasks AS k JOIN steps AS s ON s.id = k.step_id LEFT JOIN teams AS t ON t.id = k.team_id
        WHERE k.plan_version_id = %(version)s SOME ORDER BY s.code, k.position
        """,
        "k",
    ),
    Level.CONTROL: _statement(
        """
        SELECT n.code, NULL AS parent, 0 AS position, n.name, n.description, p.code AS producer,
               v.code AS validator, n.critical
        FROM controls AS n LEFT JOIN teams AS p ON p.id = n.producer_team_id
        LEFT JOIN teams AS v ON v.id = n.validator_team_id
        WHERE n.plan_version_id = %(version)s SOME ORDER BY n.code
        """,
        "n",
    ),
    Level.TYPE: _statement(
        """
        SELECT y.code, NULL AS parent, 0 AS position, y.name, y.behaviour
        FROM step_types AS y WHERE y.plan_version_id = %(version)s SOME ORDER BY y.code
        """,
        "y",
    ),
}
_LISTS: dict[Level, dict[str, bytes]] = {
    Level.STEP: {
        "impactedTeams": _statement(
            """
            SELECT s.code, t.code AS value FROM step_impacted_teams AS x JOIN steps AS s ON s.id = x.step_id
            JOIN teams AS t ON t.id = x.team_id WHERE x.plan_version_id = %(version)s SOME
            """,
            "s",
        ),
        "applications": _statement(
            """
            SELECT s.code, a.code AS value FROM step_applications AS x JOIN steps AS s ON s.id = x.step_id
            JOIN applications AS a ON a.id = x.application_id
            WHERE x.plan_version_id = %(version)s SOME
            """,
            "s",
        ),
        "undoes": _statement(
            """
            SELECT s.code, u.code AS value FROM step_undoes AS x JOIN steps AS s ON s.id = x.step_id
            JOIN steps AS u ON u.id = x.undone_step_id WHERE x.plan_version_id = %(version)s SOME
            """,
            "s",
        ),
        "scope": _statement(
            """
            SELECT s.code, x.part_of AS value FROM step_iteration_scope AS x JOIN steps AS s ON s.id = x.step_id
            WHERE x.plan_version_id = %(version)s SOME
            """,
            "s",
        ),
    },
    Level.TASK: {
        "controls": _statement(
            """
            SELECT k.code, n.code AS value FROM task_controls AS x JOIN tasks AS k ON k.id = x.task_id
            JOIN controls AS n ON n.id = x.control_id WHERE x.plan_version_id = %(version)s SOME
            """,
            "k",
        ),
    },
}
_TIES = b"""
WITH nodes AS (
    SELECT id, code, 'step' AS level FROM steps WHERE plan_version_id = %(version)s
    UNION ALL SELECT id, code, 'chapter' FROM chapters WHERE plan_version_id = %(version)s
    UNION ALL SELECT id, code, 'macroPhase' FROM macro_phases WHERE plan_version_id = %(version)s
), links AS (
    SELECT predecessor_id, successor_id, kind, lag_seconds FROM step_dependencies
    WHERE plan_version_id = %(version)s
    UNION ALL
    SELECT predecessor_id, successor_id, kind, lag_seconds FROM group_dependencies
    WHERE plan_version_id = %(version)s
)
SELECT s.code AS "to", p.code, l.kind, l.lag_seconds AS lag, s.level
FROM links AS l JOIN nodes AS s ON s.id = l.successor_id JOIN nodes AS p ON p.id = l.predecessor_id
WHERE %(codes)s::text[] IS NULL OR s.code = ANY(%(codes)s::text[]) OR p.code = ANY(%(codes)s::text[])
"""
_MEMBERS: dict[Level, tuple[tuple[str, str], ...]] = {
    Level.MACRO_PHASE: (("name", "name"),),
    Level.CHAPTER: (("name", "name"), ("rollback", "rollback")),
    Level.STEP: (
        ("name", "name"),
        ("type", "type"),
        ("behaviour", "behaviour"),
        ("team", "team"),
        ("durationSeconds", "duration_seconds"),
        ("instructions", "instructions"),
        ("autoActivate", "auto_activate"),
        ("pointOfNoReturn", "point_of_no_return"),
        ("evidence", "evidence_required"),
        ("labels", "labels"),
        ("environment", "environment"),
        ("notBefore", "not_before"),
        ("fixedStart", "fixed_start"),
    ),
    Level.TASK: (
        ("title", "title"),
        ("instructions", "instructions"),
        ("team", "team"),
        ("required", "required"),
        ("nominee", "nominee"),
    ),
    Level.CONTROL: (
        ("name", "name"),
        ("description", "description"),
        ("producer", "producer"),
        ("validator", "validator"),
        ("critical", "critical"),
    ),
    Level.TYPE: (("name", "name"), ("behaviour", "behaviour")),
}


async def load_all(connection: AsyncConnection, version_id: UUID) -> Things:
    """Return a version whole."""
    found = Things()
    for level in Level:
        await _load_level(connection, version_id, level, None, found)
    found.ties.extend(await load_ties(connection, version_id, None))
    return found


async def load_some(
    connection: AsyncConnection, version_id: UUID, wanted: Wanted, *, ties: bool = True
) -> Things:
    """Return the things of these codes that there are, and the links that touch them."""
    found = Things()
    for level, codes in wanted.items():
        if codes:
            await _load_level(connection, version_id, level, list(codes), found)
    nodes = [code for (level, code) in found.things if level in _NODES]
    if ties and nodes:
        found.ties.extend(await load_ties(connection, version_id, nodes))
    return found


_NODES = frozenset({Level.STEP, Level.CHAPTER, Level.MACRO_PHASE})


async def load_ties(connection: AsyncConnection, version_id: UUID, codes: Sequence[str] | None) -> list[Tie]:
    """Return the links that touch these codes, or all."""
    values = {"version": version_id, "codes": list(codes) if codes is not None else None}
    found = [
        Tie(row.to, row.code, row.kind, row.lag, Level(row.level))
        for row in await many_rows(connection, _TIES, values)
    ]
    return sorted(found, key=lambda tie: (tie.to, tie.code, tie.kind))


async def _load_level(
    connection: AsyncConnection, version_id: UUID, level: Level, codes: list[str] | None, found: Things
) -> None:
    values = {"version": version_id, "codes": codes}
    members = _MEMBERS[level]
    lists = _LISTS.get(level, {})
    for row in await many_rows(connection, _ROWS[level], values):
        of: dict[str, Any] = {"code": row.code}
        of.update((member, getattr(row, column)) for member, column in members)
        of.update((member, []) for member in lists)
        found.things[level, row.code] = Thing(level, row.code, of, row.parent, row.position)
    for member, statement in lists.items():
        gathered: dict[str, list[str]] = defaultdict(list)
        for row in await many_rows(connection, statement, values):
            gathered[row.code].append(row.value)
        for code, listed in gathered.items():
            found.things[level, code].values[member] = sorted(listed)


_TASKS_OF = b"""
SELECT k.code FROM tasks AS k JOIN steps AS s ON s.id = k.step_id
WHERE s.plan_version_id = %(version)s AND s.code = ANY(%(codes)s::text[])
"""


async def tasks_of(connection: AsyncConnection, version_id: UUID, steps: Sequence[str]) -> list[str]:
    """Return the codes of the tasks of these steps."""
    values = {"version": version_id, "codes": list(steps)}
    return [row.code for row in await many_rows(connection, _TASKS_OF, values)]


_COUNT = b"SELECT count(*) FROM steps WHERE plan_version_id = %(version)s"


async def count_steps(connection: AsyncConnection, version_id: UUID) -> int:
    """Return how many steps a version has."""
    return int((await many_rows(connection, _COUNT, {"version": version_id}))[0].count)
