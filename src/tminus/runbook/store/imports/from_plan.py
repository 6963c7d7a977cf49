"""A plan as a value, laid out as things: how a plan file joins the road of all other imports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.plan import Chapter, Dependency, MacroPhase, Plan, Step, Task
from tminus.runbook.store.imports.fields import TYPES

_COLUMNS = ", ".join(TYPES)
_TYPED = ", ".join(f"{name} {type_}" for name, type_ in TYPES.items())
_INSERT = text(
    f"""
    INSERT INTO import_things (batch_id, kind, code, parent, position, {_COLUMNS})
    SELECT :batch, kind, code, parent, position, {_COLUMNS}
    FROM jsonb_to_recordset(:rows) AS r (kind text, code text, parent text, position int, {_TYPED})
    """  # noqa: S608 - names of our own columns
).bindparams(bindparam("rows", type_=JSONB))
_LINKS = text(
    """
    INSERT INTO import_thing_links (batch_id, predecessor, successor, kind, lag_seconds)
    SELECT :batch, predecessor, successor, kind, lag_seconds
    FROM jsonb_to_recordset(:rows) AS r (predecessor text, successor text, kind text, lag_seconds int)
    """
).bindparams(bindparam("rows", type_=JSONB))
_AT_ONCE = 5_000

Row = dict[str, Any]


async def write_plan(connection: AsyncConnection, batch_id: UUID, plan: Plan) -> None:
    """Write a whole plan as `import_things` and their links."""
    for statement, rows in ((_INSERT, list(_things(plan))), (_LINKS, list(_links(plan)))):
        for first in range(0, len(rows), _AT_ONCE):
            await connection.execute(statement, {"batch": batch_id, "rows": rows[first : first + _AT_ONCE]})


def _row(kind: str, code: str, position: int = 0, parent: str | None = None, **values: Any) -> Row:
    return {"kind": kind, "code": code, "position": position, "parent": parent, **values}


def _things(plan: Plan) -> Iterator[Row]:
    yield _row("plan", plan.name, description=plan.description)
    for team in plan.teams:
        yield _row("team", team.code, name=team.name, email=team.email, phone=team.phone)
    for kind, things in (
        ("application", plan.applications),
        ("environment", plan.environments),
        ("environmentRole", plan.environment_roles),
    ):
        yield from (_row(kind, thing.code, name=thing.name) for thing in things)
    for type_ in plan.types:
        yield _row("type", type_.code, name=type_.name, behaviour=type_.behaviour.value)
    for control in plan.controls:
        yield _row(
            "control",
            control.code,
            name=control.name,
            description=control.description,
            producer=control.producer,
            validator=control.validator,
            critical=control.critical,
        )
    for position, phase in enumerate(plan.macro_phases):
        yield _row("macroPhase", phase.code, position, name=phase.name)
        for place, chapter in enumerate(phase.chapters):
            yield from _chapter(chapter, place, phase.code)


def _chapter(chapter: Chapter, position: int, phase: str) -> Iterator[Row]:
    yield _row("chapter", chapter.code, position, phase, name=chapter.name, rollback=chapter.rollback)
    for place, step in enumerate(chapter.steps):
        yield _step(step, place, chapter.code)
        yield from (_task(task, at, step.code) for at, task in enumerate(step.tasks))


def _step(step: Step, position: int, chapter: str) -> Row:
    return _row(
        "step",
        step.code,
        position,
        chapter,
        name=step.name,
        type=step.type.code,
        team=step.team,
        duration_seconds=step.duration_seconds,
        instructions=step.instructions,
        auto_activate=step.auto_activate,
        point_of_no_return=step.point_of_no_return,
        evidence_required=step.evidence_required,
        environment=step.environment,
        not_before=str(step.not_before) if step.not_before else None,
        fixed_start=str(step.fixed_start) if step.fixed_start else None,
        scope=sorted(step.scope),
        impacted_teams=sorted(step.impacted_teams),
        applications=sorted(step.applications),
        labels=sorted(step.labels),
        undoes=sorted(step.undoes),
    )


def _task(task: Task, position: int, step: str) -> Row:
    return _row(
        "task",
        task.code,
        position,
        step,
        name=task.title,
        instructions=task.instructions,
        team=task.team,
        required=task.required,
        nominee=task.nominee,
        controls=sorted(task.controls),
    )


def _links(plan: Plan) -> Iterator[Row]:
    for phase in plan.macro_phases:
        yield from _after(phase)
        for chapter in phase.chapters:
            yield from _after(chapter)
            for step in chapter.steps:
                yield from _after(step)


def _after(node: Step | Chapter | MacroPhase) -> Iterator[Row]:
    return (_link(link, node.code) for link in node.after)


def _link(link: Dependency, successor: str) -> Row:
    return {
        "predecessor": link.code,
        "successor": successor,
        "kind": link.kind.value,
        "lag_seconds": link.lag_seconds,
    }
