"""SQL that freezes a plan version into an iteration: set-based, one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class VersionRow:
    """The plan version an iteration is made from."""

    id: UUID
    plan_id: UUID
    migration_id: UUID
    plan_name: str
    number: int
    status: str
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A canonical step as the schedule needs it; `dormant` = of a rollback chapter."""

    id: UUID
    duration_seconds: int
    dormant: bool


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """A canonical dependency by keys, lag in seconds."""

    predecessor: UUID
    successor: UUID
    kind: str
    lag_seconds: int


_VERSION = text(
    """
    SELECT v.id, v.plan_id, p.migration_id, p.name, v.number, v.status, v.content_hash
    FROM plan_versions AS v JOIN plans AS p ON p.id = v.plan_id WHERE v.id = :id
    """
)
_STEPS = text(
    """
    SELECT s.id, s.duration_seconds, c.rollback FROM steps AS s JOIN chapters AS c ON c.id = s.chapter_id
    JOIN macro_phases AS m ON m.id = c.macro_phase_id
    WHERE s.plan_version_id = :id ORDER BY m.position, c.position, s.position
    """
)
_LINKS = text(
    """
    SELECT predecessor_id, successor_id, kind, lag_seconds FROM step_dependencies WHERE plan_version_id = :id
    """
)

_COPY = (
    """
    INSERT INTO iteration_macro_phases (id, iteration_id, source_id, code, name, position)
    SELECT gen_random_uuid(), :iteration, id, code, name, position FROM macro_phases
    WHERE plan_version_id = :version
    """,
    """
    INSERT INTO iteration_chapters (id, iteration_id, macro_phase_id, source_id, code, name, rollback, position)
    SELECT gen_random_uuid(), :iteration, m.id, c.id, c.code, c.name, c.rollback, c.position
    FROM chapters AS c JOIN iteration_macro_phases AS m
        ON m.source_id = c.macro_phase_id AND m.iteration_id = :iteration
    WHERE c.plan_version_id = :version
    """,
    """
    INSERT INTO iteration_steps
        (id, iteration_id, chapter_id, source_id, code, name, type, behaviour, team_id, duration_seconds,
         auto_activate, point_of_no_return, dormant, position, state, planned_start, planned_end, tasks_total,
         tasks_open, tasks_required)
    SELECT gen_random_uuid(), :iteration, c.id, s.id, s.code, s.name, s.type, s.behaviour, s.team_id,
           s.duration_seconds, s.auto_activate, s.point_of_no_return, c.rollback,
           row_number() OVER (ORDER BY m.position, c.position, s.position), 'not_ready',
           p.planned_start, p.planned_end, coalesce(t.total, 0), coalesce(t.required, 0), coalesce(t.required, 0)
    FROM steps AS s
    JOIN iteration_chapters AS c ON c.source_id = s.chapter_id AND c.iteration_id = :iteration
    JOIN iteration_macro_phases AS m ON m.id = c.macro_phase_id
    LEFT JOIN jsonb_to_recordset(:planned) AS p (id uuid, planned_start timestamptz, planned_end timestamptz)
        ON p.id = s.id
    LEFT JOIN (SELECT step_id, count(*) AS total, count(*) FILTER (WHERE required) AS required
               FROM tasks WHERE plan_version_id = :version GROUP BY step_id) AS t ON t.step_id = s.id
    WHERE s.plan_version_id = :version
    """,
    """
    INSERT INTO iteration_step_texts (step_id, instructions)
    SELECT i.id, s.instructions FROM iteration_steps AS i JOIN steps AS s ON s.id = i.source_id
    WHERE i.iteration_id = :iteration
    """,
    """
    INSERT INTO iteration_tasks
        (id, iteration_id, step_id, source_id, code, title, instructions, team_id, required, position)
    SELECT gen_random_uuid(), :iteration, i.id, t.id, t.code, t.title, t.instructions, t.team_id, t.required,
           t.position
    FROM tasks AS t JOIN iteration_steps AS i ON i.source_id = t.step_id AND i.iteration_id = :iteration
    WHERE t.plan_version_id = :version
    """,
    """
    INSERT INTO iteration_dependencies (predecessor_id, successor_id, kind, lag_seconds, iteration_id)
    SELECT p.id, s.id, d.kind, d.lag_seconds, :iteration
    FROM step_dependencies AS d
    JOIN iteration_steps AS p ON p.source_id = d.predecessor_id AND p.iteration_id = :iteration
    JOIN iteration_steps AS s ON s.source_id = d.successor_id AND s.iteration_id = :iteration
    WHERE d.plan_version_id = :version
    """,
    """
    UPDATE iterations AS i
    SET total_count = c.steps, total_seconds = c.seconds,
        counts = CASE WHEN c.steps = 0 THEN '{}'::jsonb ELSE jsonb_build_object('not_ready', c.steps) END
    FROM (SELECT count(*) AS steps, coalesce(sum(duration_seconds), 0) AS seconds FROM iteration_steps
          WHERE iteration_id = :iteration AND NOT dormant) AS c
    WHERE i.id = :iteration
    """,
)
_STATEMENTS = [
    text(sql).bindparams(bindparam("planned", type_=JSONB)) if ":planned" in sql else text(sql)
    for sql in _COPY
]


async def load_version(connection: AsyncConnection, version_id: UUID) -> VersionRow | None:
    """Return the plan version with its plan's name and migration."""
    row = (await connection.execute(_VERSION, {"id": version_id})).one_or_none()
    return VersionRow(*row) if row else None


async def load_plan_network(
    connection: AsyncConnection, version_id: UUID
) -> tuple[list[PlannedStep], list[PlannedLink]]:
    """Return the version's steps, top to bottom, and the links between them."""
    steps = [PlannedStep(*row) for row in await connection.execute(_STEPS, {"id": version_id})]
    links = [PlannedLink(*row) for row in await connection.execute(_LINKS, {"id": version_id})]
    return steps, links


async def freeze(
    connection: AsyncConnection,
    iteration_id: UUID,
    version_id: UUID,
    planned: Sequence[tuple[UUID, datetime, datetime]],
) -> None:
    """Copy everything an execution depends on from the version into the iteration, whose row must exist."""
    times = [
        {"id": str(key), "planned_start": s.isoformat(), "planned_end": e.isoformat()}
        for key, s, e in planned
    ]
    values: dict[str, Any] = {"iteration": iteration_id, "version": version_id, "planned": times}
    for statement in _STATEMENTS:
        used = {name: values[name] for name in statement.compile().params}
        await connection.execute(statement, used)
