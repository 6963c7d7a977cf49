"""The one written form of a plan: ordered plain values, defaults left out.

What an export writes, what the content hash is taken of, and what two versions are compared by. `normal`
settles the orders that mean nothing (teams, links), so that equal plans are equal values.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.plan import (
    TRT,
    Application,
    Behaviour,
    Chapter,
    Control,
    Dependency,
    Environment,
    EnvironmentRole,
    LinkKind,
    MacroPhase,
    MigrationRef,
    Plan,
    Step,
    StepType,
    Task,
    Team,
    map_steps,
)

FORMAT = 1
OF_MIGRATION = ("teams", "applications", "environments", "environment_roles")
"""Members of a plan that belong to its migration, and not to a version."""

Document = dict[str, Any]


def normal(plan: Plan) -> Plan:
    """Return the same plan with everything whose order means nothing in the order of its codes or words."""
    phases = (
        replace(
            map_steps(phase, _step_normal),
            after=_links_normal(phase.after),
        )
        for phase in plan.macro_phases
    )
    named: dict[str, Any] = {name: tuple(sorted(getattr(plan, name), key=_by_code)) for name in _NAMED}
    return replace(plan, macro_phases=tuple(_chapters_normal(phase) for phase in phases), **named)


_NAMED = ("teams", "types", "controls", "applications", "environments", "environment_roles")


def _by_code(thing: Any) -> str:
    code: str = thing.code
    return code


def _links_normal(links: tuple[Dependency, ...]) -> tuple[Dependency, ...]:
    return tuple(sorted(links, key=lambda link: (link.code, link.kind)))


def _chapters_normal(phase: MacroPhase) -> MacroPhase:
    chapters = (replace(chapter, after=_links_normal(chapter.after)) for chapter in phase.chapters)
    return replace(phase, chapters=tuple(chapters))


def _step_normal(step: Step) -> Step:
    words: dict[str, Any] = {
        name: tuple(sorted(set(getattr(step, name))))
        for name in ("impacted_teams", "labels", "applications", "scope", "undoes")
    }
    tasks = tuple(replace(task, controls=tuple(sorted(set(task.controls)))) for task in step.tasks)
    return replace(step, after=_links_normal(step.after), tasks=tasks, **words)


def canonical(plan: Plan) -> Document:
    """Return the plan as a plan file says it: keys in the format's order, what is default left out."""
    plan = normal(plan)
    return _given(
        tminus=FORMAT,
        migration=_migration(plan.migration) if plan.migration else None,
        plan=_given(name=plan.name, description=plan.description),
        teams=[_team(team) for team in plan.teams],
        applications=[_named(one) for one in plan.applications],
        environments=[_named(one) for one in plan.environments],
        environmentRoles=[_named(one) for one in plan.environment_roles],
        types=[_type(one) for one in plan.types],
        controls=[_control(control) for control in plan.controls],
        macroPhases=[_phase(phase) for phase in plan.macro_phases],
    )


def content_hash(plan: Plan) -> bytes:
    """Return the SHA-256 of what is the version's own: not of the plan's description or what is the migration's."""
    nothing: dict[str, Any] = dict.fromkeys(OF_MIGRATION, ())
    return document_hash(replace(plan, description="", migration=None, **nothing))


def document_hash(plan: Plan) -> bytes:
    """Return the SHA-256 of everything an export of the plan would say."""
    document = canonical(plan)
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def _given(**values: Any) -> Document:
    """Keep what says something; a flag that differs from its default is given as the value, else as None."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _migration(migration: MigrationRef) -> Document:
    return _given(
        key=migration.key, name=migration.name, zone=migration.zone, description=migration.description
    )


def _team(team: Team) -> Document:
    return _given(code=team.code, name=team.name, email=team.email, phone=team.phone)


def _named(thing: Application | Environment | EnvironmentRole) -> Document:
    return _given(code=thing.code, name=thing.name)


def _type(one: StepType) -> Document:
    behaviour = None if one.behaviour is Behaviour.WORK else one.behaviour.value
    return _given(code=one.code, name=one.name, behaviour=behaviour)


def _control(control: Control) -> Document:
    return _given(
        code=control.code,
        name=control.name,
        description=control.description,
        producer=control.producer,
        validator=control.validator,
        critical=control.critical or None,
    )


def _phase(phase: MacroPhase) -> Document:
    return _given(
        code=phase.code,
        name=phase.name,
        after=[_link(link) for link in phase.after],
        chapters=[_chapter(chapter) for chapter in phase.chapters],
    )


def _chapter(chapter: Chapter) -> Document:
    return _given(
        code=chapter.code,
        name=chapter.name,
        rollback=chapter.rollback or None,
        after=[_link(link) for link in chapter.after],
        steps=[_step(step) for step in chapter.steps],
    )


def _step(step: Step) -> Document:
    return _given(
        **step_values(step),
        after=[_link(link) for link in step.after],
        tasks=[_task(task) for task in step.tasks],
    )


def step_values(step: Step) -> Document:
    """Return a step's own values, its links and tasks not among them."""
    return _given(
        code=step.code,
        type=None if step.type.code == TRT.code else step.type.code,
        name=step.name,
        team=step.team,
        duration=format_duration(step.duration_seconds) if step.duration_seconds else None,
        instructions=step.instructions,
        autoActivate=step.auto_activate or None,
        pointOfNoReturn=step.point_of_no_return or None,
        evidence=step.evidence_required or None,
        environment=step.environment,
        notBefore=str(step.not_before) if step.not_before else None,
        fixedStart=str(step.fixed_start) if step.fixed_start else None,
        scope=list(step.scope),
        impactedTeams=list(step.impacted_teams),
        applications=list(step.applications),
        labels=list(step.labels),
        undoes=list(step.undoes),
    )


def _link(link: Dependency) -> str | Document:
    kind = None if link.kind is LinkKind.FS else link.kind.value
    lag = format_duration(link.lag_seconds) if link.lag_seconds else None
    return _given(code=link.code, kind=kind, lag=lag) if kind or lag else link.code


def _task(task: Task) -> Document:
    return _given(
        code=task.code,
        title=task.title,
        instructions=task.instructions,
        team=task.team,
        required=None if task.required else False,
        nominee=task.nominee,
        controls=list(task.controls),
    )
