"""SQL that copies a version into a new draft, set by set, and takes a draft away with all that is in it.

A copy has keys of its own; what belongs to what is found again by code, which is unique in a version.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_NODES = """
    (SELECT id, code, plan_version_id, 'step' AS level FROM steps
     UNION ALL SELECT id, code, plan_version_id, 'chapter' FROM chapters
     UNION ALL SELECT id, code, plan_version_id, 'macro_phase' FROM macro_phases)
"""


def _of_owner(table: str, owner: tuple[str, str], other: str) -> str:
    column, owners = owner
    return f"""
        INSERT INTO {table} ({column}, {other}, plan_version_id)
        SELECT n.id, x.{other}, :to FROM {table} AS x JOIN {owners} AS o ON o.id = x.{column}
        JOIN {owners} AS n ON n.plan_version_id = :to AND n.code = o.code WHERE x.plan_version_id = :from
    """  # noqa: S608 - names of our own tables


_COPY = tuple(
    text(statement)
    for statement in (
        """
        INSERT INTO macro_phases (id, plan_version_id, code, name, position)
        SELECT gen_random_uuid(), :to, code, name, position FROM macro_phases WHERE plan_version_id = :from
        """,
        """
        INSERT INTO chapters (id, plan_version_id, macro_phase_id, code, name, rollback, position)
        SELECT gen_random_uuid(), :to, n.id, c.code, c.name, c.rollback, c.position
        FROM chapters AS c JOIN macro_phases AS o ON o.id = c.macro_phase_id
        JOIN macro_phases AS n ON n.plan_version_id = :to AND n.code = o.code WHERE c.plan_version_id = :from
        """,
        """
        INSERT INTO step_types (plan_version_id, code, name, behaviour)
        SELECT :to, code, name, behaviour FROM step_types WHERE plan_version_id = :from
        """,
        """
        INSERT INTO steps
            (id, plan_version_id, chapter_id, code, name, type, behaviour, instructions, team_id, duration_seconds,
             auto_activate, point_of_no_return, evidence_required, position, labels, environment_role_id, not_before,
             fixed_start)
        SELECT gen_random_uuid(), :to, n.id, s.code, s.name, s.type, s.behaviour, s.instructions, s.team_id,
               s.duration_seconds, s.auto_activate, s.point_of_no_return, s.evidence_required, s.position, s.labels,
               s.environment_role_id, s.not_before, s.fixed_start
        FROM steps AS s JOIN chapters AS o ON o.id = s.chapter_id
        JOIN chapters AS n ON n.plan_version_id = :to AND n.code = o.code WHERE s.plan_version_id = :from
        """,
        """
        INSERT INTO tasks
            (id, plan_version_id, step_id, code, title, instructions, team_id, required, position, nominee)
        SELECT gen_random_uuid(), :to, n.id, k.code, k.title, k.instructions, k.team_id, k.required, k.position,
               k.nominee
        FROM tasks AS k JOIN steps AS o ON o.id = k.step_id
        JOIN steps AS n ON n.plan_version_id = :to AND n.code = o.code WHERE k.plan_version_id = :from
        """,
        """
        INSERT INTO controls
            (id, plan_version_id, code, name, description, producer_team_id, validator_team_id, critical)
        SELECT gen_random_uuid(), :to, code, name, description, producer_team_id, validator_team_id, critical
        FROM controls WHERE plan_version_id = :from
        """,
        """
        INSERT INTO step_dependencies (predecessor_id, successor_id, kind, lag_seconds, plan_version_id)
        SELECT np.id, ns.id, d.kind, d.lag_seconds, :to FROM step_dependencies AS d
        JOIN steps AS op ON op.id = d.predecessor_id JOIN steps AS os ON os.id = d.successor_id
        JOIN steps AS np ON np.plan_version_id = :to AND np.code = op.code
        JOIN steps AS ns ON ns.plan_version_id = :to AND ns.code = os.code WHERE d.plan_version_id = :from
        """,
        f"""
        INSERT INTO group_dependencies (predecessor_id, successor_id, kind, lag_seconds, plan_version_id)
        SELECT np.id, ns.id, d.kind, d.lag_seconds, :to FROM group_dependencies AS d
        JOIN {_NODES} AS op ON op.id = d.predecessor_id JOIN {_NODES} AS os ON os.id = d.successor_id
        JOIN {_NODES} AS np ON np.plan_version_id = :to AND np.code = op.code AND np.level = op.level
        JOIN {_NODES} AS ns ON ns.plan_version_id = :to AND ns.code = os.code AND ns.level = os.level
        WHERE d.plan_version_id = :from
        """,  # noqa: S608 - a part of this file
        """
        INSERT INTO task_controls (task_id, control_id, plan_version_id)
        SELECT nk.id, nn.id, :to FROM task_controls AS x
        JOIN tasks AS ok ON ok.id = x.task_id JOIN controls AS o ON o.id = x.control_id
        JOIN tasks AS nk ON nk.plan_version_id = :to AND nk.code = ok.code
        JOIN controls AS nn ON nn.plan_version_id = :to AND nn.code = o.code WHERE x.plan_version_id = :from
        """,
        """
        INSERT INTO step_undoes (step_id, undone_step_id, plan_version_id)
        SELECT n.id, nu.id, :to FROM step_undoes AS x
        JOIN steps AS o ON o.id = x.step_id JOIN steps AS ou ON ou.id = x.undone_step_id
        JOIN steps AS n ON n.plan_version_id = :to AND n.code = o.code
        JOIN steps AS nu ON nu.plan_version_id = :to AND nu.code = ou.code WHERE x.plan_version_id = :from
        """,
        _of_owner("step_impacted_teams", ("step_id", "steps"), "team_id"),
        _of_owner("step_applications", ("step_id", "steps"), "application_id"),
        _of_owner("step_iteration_scope", ("step_id", "steps"), "part_of"),
    )
)
_DELETE = tuple(
    text(f"DELETE FROM {table} WHERE plan_version_id = :version")  # noqa: S608 - names of our own tables
    for table in (
        "task_controls",
        "step_impacted_teams",
        "step_applications",
        "step_iteration_scope",
        "step_undoes",
        "step_dependencies",
        "group_dependencies",
        "tasks",
        "steps",
        "step_types",
        "controls",
        "chapters",
        "macro_phases",
        "plan_edits",
    )
)
_DELETE_VERSION = text("DELETE FROM plan_versions WHERE id = :version")


async def copy_version(connection: AsyncConnection, from_id: UUID, to_id: UUID) -> None:
    """Fill a new draft with what another version has in it."""
    for statement in _COPY:
        await connection.execute(statement, {"from": from_id, "to": to_id})


async def delete_draft(connection: AsyncConnection, version_id: UUID) -> None:
    """Delete a draft, its content and its edits."""
    for statement in (*_DELETE, _DELETE_VERSION):
        await connection.execute(statement, {"version": version_id})
