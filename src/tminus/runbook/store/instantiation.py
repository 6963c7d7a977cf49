"""SQL that freezes a plan version into an iteration: set-based, one statement a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.timing import PlannedLink, PlannedStep, Times


@dataclass(frozen=True, slots=True)
class VersionRow:
    """The plan version an iteration is made from; `zone` is its migration's."""

    id: UUID
    plan_id: UUID
    migration_id: UUID
    plan_name: str
    number: int
    status: str
    content_hash: bytes
    zone: str


@dataclass(frozen=True, slots=True)
class RoleUse:
    """An environment role that steps in scope name, and how many of them."""

    code: str
    name: str
    steps: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a step's scope may name of an iteration: its kind and its own name."""

    kind: str
    name: str


_MOMENTS = ARRAY(DateTime(timezone=True))
TIMES_TYPES: dict[str, Any] = {
    "ids": ARRAY(Uuid),
    "starts": _MOMENTS,
    "ends": _MOMENTS,
    "not_before": _MOMENTS,
    "fixed_start": _MOMENTS,
}


def times_by_column(steps: Iterable[UUID], times: Times) -> dict[str, list[Any]]:
    """Return the times of these steps as columns, for `unnest` in the order of `TIMES_TYPES`."""
    keys = list(steps)
    spans = [times.spans.get(key, (None, None)) for key in keys]
    return {
        "ids": keys,
        "starts": [start for start, _ in spans],
        "ends": [end for _, end in spans],
        "not_before": [times.not_before.get(key) for key in keys],
        "fixed_start": [times.fixed_start.get(key) for key in keys],
    }


_VERSION = text(
    """
    SELECT v.id, v.plan_id, p.migration_id, p.name, v.number, v.status, v.content_hash, m.zone
    FROM plan_versions AS v JOIN plans AS p ON p.id = v.plan_id JOIN migrations AS m ON m.id = p.migration_id
    WHERE v.id = :version
    """
)

# A step that names kinds or iterations is part of these alone.
_SCOPE = """
    LEFT JOIN (SELECT step_id, bool_or(part_of IN (:kind, :name)) AS inside FROM step_iteration_scope
               WHERE plan_version_id = :version GROUP BY step_id) AS x ON x.step_id = s.id
"""
_STEPS = text(
    f"""
    SELECT s.id, c.id, c.macro_phase_id, s.duration_seconds, c.rollback, coalesce(x.inside, true), s.not_before,
           s.fixed_start
    FROM steps AS s JOIN chapters AS c ON c.id = s.chapter_id JOIN macro_phases AS m ON m.id = c.macro_phase_id
    {_SCOPE}
    WHERE s.plan_version_id = :version ORDER BY m.position, c.position, s.position
    """  # noqa: S608 - a part of this file
)
_LINKS = text(
    """
    SELECT predecessor_id, successor_id, kind, lag_seconds FROM step_dependencies WHERE plan_version_id = :version
    UNION ALL
    SELECT predecessor_id, successor_id, kind, lag_seconds FROM group_dependencies
    WHERE plan_version_id = :version
    """
)
_ROLES = text(
    f"""
    SELECT r.code, r.name, count(*) FROM steps AS s JOIN environment_roles AS r ON r.id = s.environment_role_id
    {_SCOPE}
    WHERE s.plan_version_id = :version AND coalesce(x.inside, true)
    GROUP BY r.code, r.name ORDER BY r.code
    """  # noqa: S608 - a part of this file
)
_ENVIRONMENTS = text("SELECT code, name FROM environments WHERE migration_id = :migration ORDER BY code")

_COPY = (
    """
    INSERT INTO iteration_environments (iteration_id, role, role_name, environment, environment_name)
    SELECT :iteration, r.code, r.name, e.code, e.name
    FROM jsonb_each_text(:environments) AS chosen (role, environment)
    JOIN plan_versions AS v ON v.id = :version JOIN plans AS p ON p.id = v.plan_id
    JOIN environment_roles AS r ON r.migration_id = p.migration_id AND r.code = chosen.role
    JOIN environments AS e ON e.migration_id = p.migration_id AND e.code = chosen.environment
    """,
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
    f"""
    INSERT INTO iteration_steps
        (id, iteration_id, chapter_id, macro_phase_id, source_id, code, name, type, behaviour, team_id,
         duration_seconds, auto_activate, point_of_no_return, evidence_required, dormant, in_scope, position, state,
         planned_start, planned_end, tasks_total, tasks_open, tasks_required, labels, impacted_team_ids, applications,
         environment_role, environment, not_before, fixed_start, not_before_rule, fixed_start_rule)
    SELECT gen_random_uuid(), :iteration, c.id, c.macro_phase_id, s.id, s.code, s.name, s.type,
           CASE WHEN coalesce(x.inside, true) THEN s.behaviour ELSE 'milestone' END, s.team_id,
           CASE WHEN coalesce(x.inside, true) THEN s.duration_seconds ELSE 0 END, s.auto_activate,
           s.point_of_no_return, s.evidence_required AND coalesce(x.inside, true), c.rollback, coalesce(x.inside, true),
           row_number() OVER (ORDER BY m.position, c.position, s.position), 'not_ready',
           p.planned_start, p.planned_end, coalesce(t.total, 0), coalesce(t.required, 0), coalesce(t.required, 0),
           s.labels, coalesce(i.teams, '{{}}'), coalesce(a.codes, '{{}}'), r.code, e.environment,
           p.not_before, p.fixed_start, s.not_before, s.fixed_start
    FROM steps AS s
    JOIN iteration_chapters AS c ON c.source_id = s.chapter_id AND c.iteration_id = :iteration
    JOIN iteration_macro_phases AS m ON m.id = c.macro_phase_id
    LEFT JOIN unnest(:ids, :starts, :ends, :not_before, :fixed_start)
        AS p (id, planned_start, planned_end, not_before, fixed_start) ON p.id = s.id
    {_SCOPE}
    LEFT JOIN (SELECT step_id, count(*) AS total, count(*) FILTER (WHERE required) AS required
               FROM tasks WHERE plan_version_id = :version GROUP BY step_id) AS t
        ON t.step_id = s.id AND coalesce(x.inside, true)
    LEFT JOIN (SELECT step_id, array_agg(team_id ORDER BY team_id) AS teams FROM step_impacted_teams
               WHERE plan_version_id = :version GROUP BY step_id) AS i ON i.step_id = s.id
    LEFT JOIN (SELECT l.step_id, array_agg(o.code ORDER BY o.code) AS codes
               FROM step_applications AS l JOIN applications AS o ON o.id = l.application_id
               WHERE l.plan_version_id = :version GROUP BY l.step_id) AS a ON a.step_id = s.id
    LEFT JOIN environment_roles AS r ON r.id = s.environment_role_id
    LEFT JOIN iteration_environments AS e ON e.iteration_id = :iteration AND e.role = r.code
    WHERE s.plan_version_id = :version
    """,  # noqa: S608 - a part of this file
    """
    INSERT INTO chapter_schedules (chapter_id, iteration_id, planned_start, planned_end)
    SELECT chapter_id, :iteration, min(planned_start), max(planned_end) FROM iteration_steps
    WHERE iteration_id = :iteration AND in_scope AND NOT dormant GROUP BY chapter_id
    """,
    """
    INSERT INTO iteration_step_texts (step_id, instructions)
    SELECT i.id, s.instructions FROM iteration_steps AS i JOIN steps AS s ON s.id = i.source_id
    WHERE i.iteration_id = :iteration
    """,
    """
    INSERT INTO iteration_tasks
        (id, iteration_id, step_id, source_id, code, title, instructions, team_id, required, position, nominee)
    SELECT gen_random_uuid(), :iteration, i.id, t.id, t.code, t.title, t.instructions, t.team_id, t.required,
           t.position, t.nominee
    FROM tasks AS t
    JOIN iteration_steps AS i ON i.source_id = t.step_id AND i.iteration_id = :iteration AND i.in_scope
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
    INSERT INTO iteration_step_undoes (step_id, undone_step_id, iteration_id)
    SELECT s.id, u.id, :iteration FROM step_undoes AS x
    JOIN iteration_steps AS s ON s.source_id = x.step_id AND s.iteration_id = :iteration
    JOIN iteration_steps AS u ON u.source_id = x.undone_step_id AND u.iteration_id = :iteration
    WHERE x.plan_version_id = :version
    """,
    """
    WITH named AS (
        SELECT predecessor_id AS id FROM group_dependencies WHERE plan_version_id = :version
        UNION SELECT successor_id FROM group_dependencies WHERE plan_version_id = :version
    ), found AS (
        SELECT c.id, 'chapter' AS level, c.code, c.name, c.source_id FROM iteration_chapters AS c
        WHERE c.iteration_id = :iteration
        UNION ALL
        SELECT m.id, 'macro_phase', m.code, m.name, m.source_id FROM iteration_macro_phases AS m
        WHERE m.iteration_id = :iteration
    )
    INSERT INTO iteration_groups (id, iteration_id, level, code, name, duration_seconds, total_count, open_count)
    -- What sleeps does not hold the way forward; a part that sleeps as a whole is counted as a whole.
    SELECT f.id, :iteration, f.level, f.code, f.name, coalesce(s.seconds, 0), coalesce(s.steps, 0),
           coalesce(s.steps, 0)
    FROM found AS f JOIN named AS n ON n.id = f.source_id
    LEFT JOIN LATERAL (
        SELECT extract(epoch FROM max(planned_end) - min(planned_start)) AS seconds,
               CASE WHEN bool_and(dormant) THEN count(*) ELSE count(*) FILTER (WHERE NOT dormant) END AS steps
        FROM iteration_steps WHERE chapter_id = f.id OR macro_phase_id = f.id
    ) AS s ON true
    """,
    """
    WITH nodes AS (
        SELECT id, source_id FROM iteration_steps WHERE iteration_id = :iteration
        UNION ALL SELECT id, source_id FROM iteration_chapters WHERE iteration_id = :iteration
        UNION ALL SELECT id, source_id FROM iteration_macro_phases WHERE iteration_id = :iteration
    )
    INSERT INTO iteration_group_dependencies (predecessor_id, successor_id, kind, lag_seconds, iteration_id)
    SELECT p.id, s.id, d.kind, d.lag_seconds, :iteration
    FROM group_dependencies AS d JOIN nodes AS p ON p.source_id = d.predecessor_id
    JOIN nodes AS s ON s.source_id = d.successor_id
    WHERE d.plan_version_id = :version
    """,
    """
    INSERT INTO iteration_controls (id, iteration_id, source_id, code, name, description, producer_team_id,
                                    validator_team_id, critical)
    SELECT gen_random_uuid(), :iteration, c.id, c.code, c.name, c.description, c.producer_team_id,
           c.validator_team_id, c.critical
    FROM controls AS c WHERE c.plan_version_id = :version
    """,
    """
    INSERT INTO iteration_task_controls (task_id, control_id)
    SELECT t.id, c.id FROM task_controls AS l
    JOIN iteration_tasks AS t ON t.source_id = l.task_id AND t.iteration_id = :iteration
    JOIN iteration_controls AS c ON c.source_id = l.control_id AND c.iteration_id = :iteration
    WHERE l.plan_version_id = :version
    """,
    """
    UPDATE iteration_steps AS s SET controls_required = n.critical, controls_open = n.critical
    FROM (SELECT t.step_id, count(DISTINCT c.id) AS critical FROM iteration_task_controls AS l
          JOIN iteration_tasks AS t ON t.id = l.task_id JOIN iteration_controls AS c ON c.id = l.control_id
          WHERE t.iteration_id = :iteration AND c.critical GROUP BY t.step_id) AS n
    WHERE s.id = n.step_id
    """,
    """
    UPDATE iterations AS i
    SET total_count = c.steps, total_seconds = c.seconds,
        counts = CASE WHEN c.steps = 0 THEN '{}'::jsonb ELSE jsonb_build_object('not_ready', c.steps) END
    FROM (SELECT count(*) AS steps, coalesce(sum(duration_seconds), 0) AS seconds FROM iteration_steps
          WHERE iteration_id = :iteration AND NOT dormant AND in_scope) AS c
    WHERE i.id = :iteration
    """,
)
_TYPES: dict[str, Any] = {"environments": JSONB, **TIMES_TYPES}
_STATEMENTS = [
    text(sql).bindparams(
        *(bindparam(name, type_=type_) for name, type_ in _TYPES.items() if f":{name}" in sql)
    )
    for sql in _COPY
]


async def load_version(connection: AsyncConnection, version_id: UUID) -> VersionRow | None:
    """Return the plan version with its plan's name and migration."""
    row = (await connection.execute(_VERSION, {"version": version_id})).one_or_none()
    return VersionRow(*row) if row else None


async def load_plan_network(
    connection: AsyncConnection, version_id: UUID, part: Part
) -> tuple[list[PlannedStep], list[PlannedLink]]:
    """Return the version's steps, top to bottom, as they would be in such an iteration, and all links."""
    of = {"version": version_id, "kind": part.kind, "name": part.name}
    steps = [PlannedStep(*row) for row in await connection.execute(_STEPS, of)]
    links = [PlannedLink(*row) for row in await connection.execute(_LINKS, {"version": version_id})]
    return steps, links


async def roles_used(connection: AsyncConnection, version_id: UUID, part: Part) -> list[RoleUse]:
    """Return the environment roles that the steps of such an iteration name."""
    of = {"version": version_id, "kind": part.kind, "name": part.name}
    return [RoleUse(*row) for row in await connection.execute(_ROLES, of)]


async def environments_of(connection: AsyncConnection, migration_id: UUID) -> dict[str, str]:
    """Return the names of a migration's environments by code."""
    found = await connection.execute(_ENVIRONMENTS, {"migration": migration_id})
    return {row.code: row.name for row in found}


async def freeze(
    connection: AsyncConnection,
    iteration_id: UUID,
    version_id: UUID,
    part: Part,
    steps: Iterable[UUID],
    times: Times,
    environments: Mapping[str, str],
) -> None:
    """Copy everything an execution depends on from the version into the iteration, whose row must exist.

    `steps` are the version's, `times` theirs; `environments` = the environment's code for each role.
    """
    values: dict[str, Any] = {
        "iteration": iteration_id,
        "version": version_id,
        "kind": part.kind,
        "name": part.name,
        "environments": dict(environments),
        **times_by_column(steps, times),
    }
    for statement in _STATEMENTS:
        used = {name: values[name] for name in statement.compile().params}
        await connection.execute(statement, used)
