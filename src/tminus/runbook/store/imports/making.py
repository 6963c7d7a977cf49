"""Making a plan version of what it would be: one statement a table, from `import_things` and their links."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.imports.fields import STANDARD
from tminus.runbook.store.imports.script import carry_out

_STATEMENTS = (
    """
    INSERT INTO step_types (plan_version_id, code, name, behaviour)
    SELECT :version, x.code, x.name, x.behaviour FROM now_things AS x WHERE x.kind = 'type'
    """,
    """
    INSERT INTO controls (id, plan_version_id, code, name, description, producer_team_id, validator_team_id, critical)
    SELECT x.id, :version, x.code, x.name, x.description, p.id, v.id, x.critical FROM now_things AS x
    LEFT JOIN teams AS p ON p.migration_id = :migration AND p.code = x.producer
    LEFT JOIN teams AS v ON v.migration_id = :migration AND v.code = x.validator WHERE x.kind = 'control'
    """,
    """
    INSERT INTO macro_phases (id, plan_version_id, code, name, position)
    SELECT x.id, :version, x.code, x.name, x.position FROM now_things AS x WHERE x.kind = 'macroPhase'
    """,
    """
    INSERT INTO chapters (id, plan_version_id, macro_phase_id, code, name, rollback, position)
    SELECT x.id, :version, p.id, x.code, x.name, x.rollback, x.position FROM now_things AS x
    JOIN now_things AS p ON p.kind = 'macroPhase' AND p.code = x.parent
    WHERE x.kind = 'chapter'
    """,
    """
    INSERT INTO steps (id, plan_version_id, chapter_id, code, name, type, behaviour, instructions, team_id,
        duration_seconds, auto_activate, point_of_no_return, evidence_required, position, labels,
        environment_role_id, not_before, fixed_start)
    SELECT x.id, :version, p.id, x.code, x.name, x.type, b.behaviour, x.instructions, t.id, x.duration_seconds,
           x.auto_activate, x.point_of_no_return, x.evidence_required, x.position, x.labels, e.id, x.not_before,
           x.fixed_start
    FROM now_things AS x
    JOIN now_things AS p ON p.kind = 'chapter' AND p.code = x.parent
    JOIN (
        SELECT code, behaviour FROM now_things WHERE kind = 'type'
        UNION ALL SELECT code, behaviour FROM (VALUES {standard}) AS s (code, behaviour)
        WHERE NOT EXISTS (SELECT FROM now_things AS o WHERE o.kind = 'type' AND o.code = s.code)
    ) AS b ON b.code = x.type
    LEFT JOIN teams AS t ON t.migration_id = :migration AND t.code = x.team
    LEFT JOIN environment_roles AS e ON e.migration_id = :migration AND e.code = x.environment
    WHERE x.kind = 'step'
    """,
    """
    INSERT INTO tasks (id, plan_version_id, step_id, code, title, instructions, team_id, required, position, nominee)
    SELECT x.id, :version, p.id, x.code, x.name, x.instructions, t.id, x.required, x.position, x.nominee
    FROM now_things AS x JOIN now_things AS p ON p.kind = 'step' AND p.code = x.parent
    LEFT JOIN teams AS t ON t.migration_id = :migration AND t.code = x.team WHERE x.kind = 'task'
    """,
    """
    INSERT INTO task_controls (plan_version_id, task_id, control_id)
    SELECT DISTINCT CAST(:version AS uuid), x.id, c.id FROM now_things AS x CROSS JOIN unnest(x.controls) AS w
    JOIN now_things AS c ON c.kind = 'control' AND c.code = w WHERE x.kind = 'task'
    """,
    """
    INSERT INTO step_impacted_teams (plan_version_id, step_id, team_id)
    SELECT DISTINCT CAST(:version AS uuid), x.id, t.id FROM now_things AS x CROSS JOIN unnest(x.impacted_teams) AS w
    JOIN teams AS t ON t.migration_id = :migration AND t.code = w WHERE x.kind = 'step'
    """,
    """
    INSERT INTO step_applications (plan_version_id, step_id, application_id)
    SELECT DISTINCT CAST(:version AS uuid), x.id, a.id FROM now_things AS x CROSS JOIN unnest(x.applications) AS w
    JOIN applications AS a ON a.migration_id = :migration AND a.code = w WHERE x.kind = 'step'
    """,
    """
    INSERT INTO step_iteration_scope (plan_version_id, step_id, part_of)
    SELECT DISTINCT CAST(:version AS uuid), x.id, w FROM now_things AS x CROSS JOIN unnest(x.scope) AS w
    WHERE x.kind = 'step'
    """,
    """
    INSERT INTO step_undoes (plan_version_id, step_id, undone_step_id)
    SELECT DISTINCT CAST(:version AS uuid), x.id, u.id FROM now_things AS x CROSS JOIN unnest(x.undoes) AS w
    JOIN now_things AS u ON u.kind = 'step' AND u.code = w WHERE x.kind = 'step'
    """,
    """
    INSERT INTO step_dependencies (plan_version_id, predecessor_id, successor_id, kind, lag_seconds)
    SELECT :version, p.id, s.id, l.kind, l.lag_seconds FROM now_links AS l
    JOIN now_things AS p ON p.kind = 'step' AND p.code = l.predecessor
    JOIN now_things AS s ON s.kind = 'step' AND s.code = l.successor
    """,
    """
    INSERT INTO group_dependencies (plan_version_id, predecessor_id, successor_id, kind, lag_seconds)
    SELECT :version, p.id, s.id, l.kind, l.lag_seconds FROM now_links AS l
    JOIN now_things AS p ON p.kind IN ('step', 'chapter', 'macroPhase') AND p.code = l.predecessor
    JOIN now_things AS s ON s.kind IN ('step', 'chapter', 'macroPhase') AND s.code = l.successor
    WHERE NOT (p.kind = 'step' AND s.kind = 'step')
    """,
)


async def make_content(connection: AsyncConnection, migration_id: UUID, version_id: UUID) -> None:
    """Fill a version from `now_things` and `now_links`; the migration's teams, applications and roles must be there."""
    statements = (sql.replace("{standard}", STANDARD) for sql in _STATEMENTS)
    await carry_out(connection, *statements, migration=migration_id, version=version_id)
