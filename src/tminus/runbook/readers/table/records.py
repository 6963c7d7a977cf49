"""A plan as the rows of a runsheet table: the definitions first, then the plan from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.plan import (
    Chapter,
    Control,
    MacroPhase,
    MigrationRef,
    Plan,
    Step,
    StepType,
    Task,
    Team,
)
from tminus.runbook.domain.plan_canonical import normal
from tminus.runbook.readers.table.cells import list_text
from tminus.runbook.readers.table.cells_links import link_text
from tminus.runbook.readers.table.columns import WRITTEN
from tminus.runbook.readers.table.kinds import KIND_WORDS

HEADINGS = tuple(column.heading for column in WRITTEN)
_PLACE = {column.field: place for place, column in enumerate(WRITTEN)}
_LINES: tuple[tuple[str, str], ...] = (
    ("application", "applications"),
    ("environment", "environments"),
    ("environmentRole", "environment_roles"),
)


def records(plan: Plan) -> Iterator[tuple[Step | None, list[str]]]:
    """Yield each row below the headings, with the step it is about where it is a step."""
    plan = normal(plan)
    yield None, _row("plan", name=plan.name, description=plan.description)
    if plan.migration:
        yield None, _migration(plan.migration)
    for team in plan.teams:
        yield None, _team(team)
    for kind, member in _LINES:
        for one in getattr(plan, member):
            yield None, _row(kind, code=one.code, name=one.name)
    for type_ in plan.types:
        yield None, _type(type_)
    for control in plan.controls:
        yield None, _control(control)
    for phase in plan.macro_phases:
        yield from _phase(phase)


def _phase(phase: MacroPhase) -> Iterator[tuple[Step | None, list[str]]]:
    yield None, _row("macroPhase", code=phase.code, name=phase.name, after=_links(phase))
    for chapter in phase.chapters:
        yield None, _chapter(chapter, phase)
        for step in chapter.steps:
            yield step, _step(step, chapter, phase)
            for task in step.tasks:
                yield None, _task(task, step)


def _row(kind: str, **values: str | None) -> list[str]:
    row = [""] * len(WRITTEN)
    row[_PLACE["kind"]] = KIND_WORDS[kind]
    for field, value in values.items():
        row[_PLACE[field]] = value or ""
    return row


def _migration(one: MigrationRef) -> list[str]:
    return _row("migration", code=one.key, name=one.name, zone=one.zone, description=one.description)


def _team(one: Team) -> list[str]:
    return _row("team", code=one.code, name=one.name, email=one.email, phone=one.phone)


def _type(one: StepType) -> list[str]:
    return _row("type", code=one.code, name=one.name, behaviour=one.behaviour.value)


def _control(one: Control) -> list[str]:
    return _row(
        "control",
        code=one.code,
        name=one.name,
        description=one.description,
        producer=one.producer,
        validator=one.validator,
        critical=_yes(one.critical),
    )


def _chapter(one: Chapter, phase: MacroPhase) -> list[str]:
    return _row(
        "chapter",
        code=one.code,
        name=one.name,
        phase=phase.code,
        after=_links(one),
        rollback=_yes(one.rollback),
    )


def _step(one: Step, chapter: Chapter, phase: MacroPhase) -> list[str]:
    return _row(
        "step",
        code=one.code,
        name=one.name,
        type=one.type.code,
        phase=phase.code,
        parent=chapter.code,
        team=one.team,
        duration_seconds=format_duration(one.duration_seconds) if one.duration_seconds else "",
        after=_links(one),
        instructions=one.instructions,
        environment=one.environment,
        auto_activate=_yes(one.auto_activate),
        point_of_no_return=_yes(one.point_of_no_return),
        evidence_required=_yes(one.evidence_required),
        not_before=str(one.not_before) if one.not_before else "",
        fixed_start=str(one.fixed_start) if one.fixed_start else "",
        **{
            name: list_text(getattr(one, name))
            for name in ("impacted_teams", "labels", "applications", "scope", "undoes")
        },
    )


def _task(one: Task, step: Step) -> list[str]:
    return _row(
        "task",
        code=one.code,
        name=one.title,
        step=step.code,
        team=one.team,
        instructions=one.instructions,
        required="yes" if one.required else "no",
        nominee=one.nominee,
        controls=list_text(one.controls),
    )


def _links(one: Step | Chapter | MacroPhase) -> str:
    return ", ".join(link_text(link) for link in one.after)


def _yes(flag: bool) -> str:
    return "yes" if flag else ""
