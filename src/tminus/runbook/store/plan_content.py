"""SQL that writes what a version consists of: rows made before the lock, one statement a table under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.ids import new_id
from tminus.runbook.domain.plan import Chapter, MacroPhase, Plan, Step, Task

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Content:
    """A plan as rows with keys of their own; teams, applications and environment roles by their codes."""

    step_types: Rows = field(default_factory=list)
    macro_phases: Rows = field(default_factory=list)
    chapters: Rows = field(default_factory=list)
    steps: Rows = field(default_factory=list)
    controls: Rows = field(default_factory=list)
    tasks: Rows = field(default_factory=list)
    step_links: Rows = field(default_factory=list)
    group_links: Rows = field(default_factory=list)
    task_controls: Rows = field(default_factory=list)
    impacted_teams: Rows = field(default_factory=list)
    applications: Rows = field(default_factory=list)
    scope: Rows = field(default_factory=list)


def content_of(plan: Plan) -> Content:
    """Return the rows of a plan; takes the time of a large plan outside the lock."""
    content = Content()
    content.step_types.extend(
        {"code": one.code, "name": one.name, "behaviour": one.behaviour.value} for one in plan.types
    )
    controls = _add_controls(content, plan)
    for position, phase in enumerate(plan.macro_phases):
        _add_phase(content, phase, position, controls)
    _add_links(content, plan)
    return content


def _add_controls(content: Content, plan: Plan) -> dict[str, str]:
    keys = {control.code: str(new_id()) for control in plan.controls}
    content.controls.extend(
        {
            "id": keys[control.code],
            "code": control.code,
            "name": control.name,
            "description": control.description,
            "producer": control.producer,
            "validator": control.validator,
            "critical": control.critical,
        }
        for control in plan.controls
    )
    return keys


def _add_links(content: Content, plan: Plan) -> None:
    """Links between steps stand apart from those with a chapter or macro-phase at an end."""
    steps = {row["code"]: row["id"] for row in content.steps}
    groups = {row["code"]: row["id"] for row in (*content.chapters, *content.macro_phases)}
    keys = groups | steps
    nodes: list[Step | Chapter | MacroPhase] = [*plan.steps(), *plan.chapters(), *plan.macro_phases]
    for node in nodes:
        for link in node.after:
            between_steps = link.code in steps and isinstance(node, Step)
            (content.step_links if between_steps else content.group_links).append(
                {
                    "predecessor_id": keys[link.code],
                    "successor_id": keys[node.code],
                    "kind": link.kind.value,
                    "lag_seconds": link.lag_seconds,
                }
            )


def _add_phase(content: Content, phase: MacroPhase, position: int, controls: Mapping[str, str]) -> None:
    key = str(new_id())
    content.macro_phases.append({"id": key, "code": phase.code, "name": phase.name, "position": position})
    for place, chapter in enumerate(phase.chapters):
        _add_chapter(content, chapter, key, place, controls)


def _add_chapter(
    content: Content, chapter: Chapter, phase: str, position: int, controls: Mapping[str, str]
) -> None:
    key = str(new_id())
    content.chapters.append(
        {
            "id": key,
            "macro_phase_id": phase,
            "code": chapter.code,
            "name": chapter.name,
            "rollback": chapter.rollback,
            "position": position,
        }
    )
    for place, step in enumerate(chapter.steps):
        _add_step(content, step, key, place, controls)


def _add_step(content: Content, step: Step, chapter: str, position: int, controls: Mapping[str, str]) -> None:
    key = str(new_id())
    content.steps.append(
        {
            "id": key,
            "chapter_id": chapter,
            "code": step.code,
            "name": step.name,
            "type": step.type.code,
            "behaviour": step.behaviour.value,
            "instructions": step.instructions,
            "team": step.team,
            "duration_seconds": step.duration_seconds,
            "auto_activate": step.auto_activate,
            "point_of_no_return": step.point_of_no_return,
            "evidence_required": step.evidence_required,
            "position": position,
            "labels": list(step.labels),
            "environment": step.environment,
            "not_before": str(step.not_before) if step.not_before else None,
            "fixed_start": str(step.fixed_start) if step.fixed_start else None,
        }
    )
    content.impacted_teams.extend({"step_id": key, "team": code} for code in step.impacted_teams)
    content.applications.extend({"step_id": key, "application": code} for code in step.applications)
    content.scope.extend({"step_id": key, "part_of": part} for part in step.scope)
    for place, task in enumerate(step.tasks):
        _add_task(content, task, key, place, controls)


def _add_task(content: Content, task: Task, step: str, position: int, controls: Mapping[str, str]) -> None:
    key = str(new_id())
    content.tasks.append(
        {
            "id": key,
            "step_id": step,
            "code": task.code,
            "title": task.title,
            "instructions": task.instructions,
            "team": task.team,
            "required": task.required,
            "position": position,
            "nominee": task.nominee,
        }
    )
    content.task_controls.extend({"task_id": key, "control_id": controls[code]} for code in task.controls)


def _insert(sql: str) -> TextClause:
    return text(sql).bindparams(bindparam("rows", type_=JSONB))


_OF_MIGRATION = """
    JOIN plan_versions AS v ON v.id = :version
    JOIN plans AS p ON p.id = v.plan_id
"""
_INSERTS: dict[str, TextClause] = {
    "step_types": _insert(
        """
        INSERT INTO step_types (plan_version_id, code, name, behaviour)
        SELECT :version, code, name, behaviour
        FROM jsonb_to_recordset(:rows) AS r (code text, name text, behaviour text)
        """
    ),
    "macro_phases": _insert(
        """
        INSERT INTO macro_phases (id, plan_version_id, code, name, position)
        SELECT id, :version, code, name, position
        FROM jsonb_to_recordset(:rows) AS r (id uuid, code text, name text, position int)
        """
    ),
    "chapters": _insert(
        """
        INSERT INTO chapters (id, plan_version_id, macro_phase_id, code, name, rollback, position)
        SELECT id, :version, macro_phase_id, code, name, rollback, position
        FROM jsonb_to_recordset(:rows) AS r
            (id uuid, macro_phase_id uuid, code text, name text, rollback boolean, position int)
        """
    ),
    "steps": _insert(
        f"""
        INSERT INTO steps
            (id, plan_version_id, chapter_id, code, name, type, behaviour, instructions, team_id,
             duration_seconds, auto_activate, point_of_no_return, evidence_required, position, labels,
             environment_role_id, not_before, fixed_start)
        SELECT r.id, v.id, r.chapter_id, r.code, r.name, r.type, r.behaviour, r.instructions, t.id,
               r.duration_seconds, r.auto_activate, r.point_of_no_return, r.evidence_required, r.position, r.labels,
               e.id, r.not_before, r.fixed_start
        FROM jsonb_to_recordset(:rows) AS r
            (id uuid, chapter_id uuid, code text, name text, type text, behaviour text, instructions text,
             team text, duration_seconds int, auto_activate boolean, point_of_no_return boolean,
             evidence_required boolean, position int,
             labels text[], environment text, not_before text, fixed_start text)
        {_OF_MIGRATION}
        LEFT JOIN teams AS t ON t.migration_id = p.migration_id AND t.code = r.team
        LEFT JOIN environment_roles AS e ON e.migration_id = p.migration_id AND e.code = r.environment
        """  # noqa: S608 - a part of this file
    ),
    "controls": _insert(
        f"""
        INSERT INTO controls
            (id, plan_version_id, code, name, description, producer_team_id, validator_team_id, critical)
        SELECT r.id, v.id, r.code, r.name, r.description, a.id, b.id, r.critical
        FROM jsonb_to_recordset(:rows) AS r
            (id uuid, code text, name text, description text, producer text, validator text, critical boolean)
        {_OF_MIGRATION}
        LEFT JOIN teams AS a ON a.migration_id = p.migration_id AND a.code = r.producer
        LEFT JOIN teams AS b ON b.migration_id = p.migration_id AND b.code = r.validator
        """  # noqa: S608 - a part of this file
    ),
    "tasks": _insert(
        f"""
        INSERT INTO tasks
            (id, plan_version_id, step_id, code, title, instructions, team_id, required, position, nominee)
        SELECT r.id, v.id, r.step_id, r.code, r.title, r.instructions, t.id, r.required, r.position, r.nominee
        FROM jsonb_to_recordset(:rows) AS r
            (id uuid, step_id uuid, code text, title text, instructions text, team text, required boolean,
             position int, nominee text)
        {_OF_MIGRATION}
        LEFT JOIN teams AS t ON t.migration_id = p.migration_id AND t.code = r.team
        """  # noqa: S608 - a part of this file
    ),
    "step_links": _insert(
        """
        INSERT INTO step_dependencies (plan_version_id, predecessor_id, successor_id, kind, lag_seconds)
        SELECT :version, predecessor_id, successor_id, kind, lag_seconds
        FROM jsonb_to_recordset(:rows) AS r
            (predecessor_id uuid, successor_id uuid, kind text, lag_seconds int)
        """
    ),
    "group_links": _insert(
        """
        INSERT INTO group_dependencies (plan_version_id, predecessor_id, successor_id, kind, lag_seconds)
        SELECT :version, predecessor_id, successor_id, kind, lag_seconds
        FROM jsonb_to_recordset(:rows) AS r
            (predecessor_id uuid, successor_id uuid, kind text, lag_seconds int)
        """
    ),
    "task_controls": _insert(
        """
        INSERT INTO task_controls (plan_version_id, task_id, control_id)
        SELECT :version, task_id, control_id FROM jsonb_to_recordset(:rows) AS r (task_id uuid, control_id uuid)
        """
    ),
    "impacted_teams": _insert(
        f"""
        INSERT INTO step_impacted_teams (plan_version_id, step_id, team_id)
        SELECT v.id, r.step_id, t.id FROM jsonb_to_recordset(:rows) AS r (step_id uuid, team text)
        {_OF_MIGRATION}
        JOIN teams AS t ON t.migration_id = p.migration_id AND t.code = r.team
        """  # noqa: S608 - a part of this file
    ),
    "applications": _insert(
        f"""
        INSERT INTO step_applications (plan_version_id, step_id, application_id)
        SELECT v.id, r.step_id, a.id FROM jsonb_to_recordset(:rows) AS r (step_id uuid, application text)
        {_OF_MIGRATION}
        JOIN applications AS a ON a.migration_id = p.migration_id AND a.code = r.application
        """  # noqa: S608 - a part of this file
    ),
    "scope": _insert(
        """
        INSERT INTO step_iteration_scope (plan_version_id, step_id, part_of)
        SELECT :version, step_id, part_of FROM jsonb_to_recordset(:rows) AS r (step_id uuid, part_of text)
        """
    ),
}
CONTENT_TABLES = (
    "step_iteration_scope",
    "step_applications",
    "step_impacted_teams",
    "task_controls",
    "group_dependencies",
    "step_dependencies",
    "tasks",
    "controls",
    "steps",
    "chapters",
    "macro_phases",
    "step_types",
)
"""What a version consists of, in an order in which rows may be deleted."""
_DELETES = [
    text(f"DELETE FROM {table} WHERE plan_version_id = :version")  # noqa: S608 - names of our own tables
    for table in CONTENT_TABLES
]


async def write_content(connection: AsyncConnection, version_id: UUID, content: Content) -> None:
    """Fill a version that has nothing in it; the migration's teams, applications and roles must be there."""
    for name, statement in _INSERTS.items():
        rows: Rows = getattr(content, name)
        if rows:
            await connection.execute(statement, {"version": version_id, "rows": rows})


async def clear_content(connection: AsyncConnection, version_id: UUID) -> None:
    """Take everything out of a draft; an approved version is never cleared."""
    for statement in _DELETES:
        await connection.execute(statement, {"version": version_id})
