"""SQL that writes what a version consists of: rows made before the lock, one statement a table under it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.ids import new_id
from tminus.runbook.domain.plan import Chapter, MacroPhase, Plan, Step

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Content:
    """A plan as rows with keys of their own, teams by their codes."""

    macro_phases: Rows = field(default_factory=list)
    chapters: Rows = field(default_factory=list)
    steps: Rows = field(default_factory=list)
    tasks: Rows = field(default_factory=list)
    links: Rows = field(default_factory=list)


def content_of(plan: Plan) -> Content:
    """Return the rows of a plan; takes the time of a large plan outside the lock."""
    content = Content()
    for position, phase in enumerate(plan.macro_phases):
        _add_phase(content, phase, position)
    keys = {row["code"]: row["id"] for row in content.steps}
    for step in plan.steps():
        content.links.extend(
            {
                "predecessor_id": keys[link.code],
                "successor_id": keys[step.code],
                "kind": link.kind.value,
                "lag_seconds": link.lag_seconds,
            }
            for link in step.after
        )
    return content


def _add_phase(content: Content, phase: MacroPhase, position: int) -> None:
    key = str(new_id())
    content.macro_phases.append({"id": key, "code": phase.code, "name": phase.name, "position": position})
    for place, chapter in enumerate(phase.chapters):
        _add_chapter(content, chapter, key, place)


def _add_chapter(content: Content, chapter: Chapter, phase: str, position: int) -> None:
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
        _add_step(content, step, key, place)


def _add_step(content: Content, step: Step, chapter: str, position: int) -> None:
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
            "position": position,
        }
    )
    for place, task in enumerate(step.tasks):
        content.tasks.append(
            {
                "id": str(new_id()),
                "step_id": key,
                "code": task.code,
                "title": task.title,
                "instructions": task.instructions,
                "team": task.team,
                "required": task.required,
                "position": place,
            }
        )


def _insert(sql: str) -> TextClause:
    return text(sql).bindparams(bindparam("rows", type_=JSONB))


_INSERTS: dict[str, TextClause] = {
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
        """
        INSERT INTO steps
            (id, plan_version_id, chapter_id, code, name, type, behaviour, instructions, team_id,
             duration_seconds, auto_activate, point_of_no_return, position)
        SELECT r.id, v.id, r.chapter_id, r.code, r.name, r.type, r.behaviour, r.instructions, t.id,
               r.duration_seconds, r.auto_activate, r.point_of_no_return, r.position
        FROM jsonb_to_recordset(:rows) AS r
            (id uuid, chapter_id uuid, code text, name text, type text, behaviour text, instructions text,
             team text, duration_seconds int, auto_activate boolean, point_of_no_return boolean, position int)
        JOIN plan_versions AS v ON v.id = :version
        JOIN plans AS p ON p.id = v.plan_id
        LEFT JOIN teams AS t ON t.migration_id = p.migration_id AND t.code = r.team
        """
    ),
    "tasks": _insert(
        """
        INSERT INTO tasks
            (id, plan_version_id, step_id, code, title, instructions, team_id, required, position)
        SELECT r.id, v.id, r.step_id, r.code, r.title, r.instructions, t.id, r.required, r.position
        FROM jsonb_to_recordset(:rows) AS r
            (id uuid, step_id uuid, code text, title text, instructions text, team text, required boolean,
             position int)
        JOIN plan_versions AS v ON v.id = :version
        JOIN plans AS p ON p.id = v.plan_id
        LEFT JOIN teams AS t ON t.migration_id = p.migration_id AND t.code = r.team
        """
    ),
    "links": _insert(
        """
        INSERT INTO step_dependencies (plan_version_id, predecessor_id, successor_id, kind, lag_seconds)
        SELECT :version, predecessor_id, successor_id, kind, lag_seconds
        FROM jsonb_to_recordset(:rows) AS r
            (predecessor_id uuid, successor_id uuid, kind text, lag_seconds int)
        """
    ),
}
_DELETES = [
    text(f"DELETE FROM {table} WHERE plan_version_id = :version")  # noqa: S608 - names of our own tables
    for table in ("step_dependencies", "tasks", "steps", "chapters", "macro_phases")
]


async def write_content(connection: AsyncConnection, version_id: UUID, content: Content) -> None:
    """Fill a version that has nothing in it; its teams must be there."""
    for name, statement in _INSERTS.items():
        rows: Rows = getattr(content, name)
        if rows:
            await connection.execute(statement, {"version": version_id, "rows": rows})


async def clear_content(connection: AsyncConnection, version_id: UUID) -> None:
    """Take everything out of a draft; an approved version is never cleared."""
    for statement in _DELETES:
        await connection.execute(statement, {"version": version_id})
