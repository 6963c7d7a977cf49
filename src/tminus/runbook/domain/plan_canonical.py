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
    Chapter,
    Dependency,
    LinkKind,
    MacroPhase,
    MigrationRef,
    Plan,
    Step,
    Task,
    Team,
)

FORMAT = 1

Document = dict[str, Any]


def normal(plan: Plan) -> Plan:
    """Return the same plan with its teams and every step's links in the order of their codes."""
    phases = (
        replace(phase, chapters=tuple(_chapter_normal(chapter) for chapter in phase.chapters))
        for phase in plan.macro_phases
    )
    teams = sorted(plan.teams, key=lambda team: team.code)
    return replace(plan, teams=tuple(teams), macro_phases=tuple(phases))


def _chapter_normal(chapter: Chapter) -> Chapter:
    steps = (
        replace(step, after=tuple(sorted(step.after, key=lambda link: (link.code, link.kind))))
        for step in chapter.steps
    )
    return replace(chapter, steps=tuple(steps))


def canonical(plan: Plan) -> Document:
    """Return the plan as a plan file says it: keys in the format's order, what is default left out."""
    plan = normal(plan)
    return _given(
        tminus=FORMAT,
        migration=_migration(plan.migration) if plan.migration else None,
        plan=_given(name=plan.name, description=plan.description),
        teams=[_team(team) for team in plan.teams],
        macroPhases=[_phase(phase) for phase in plan.macro_phases],
    )


def content_hash(plan: Plan) -> bytes:
    """Return the SHA-256 of what is the version's own: not of its plan's description, teams, migration."""
    return document_hash(replace(plan, description="", migration=None, teams=()))


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


def _phase(phase: MacroPhase) -> Document:
    return _given(
        code=phase.code, name=phase.name, chapters=[_chapter(chapter) for chapter in phase.chapters]
    )


def _chapter(chapter: Chapter) -> Document:
    return _given(
        code=chapter.code,
        name=chapter.name,
        rollback=chapter.rollback or None,
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
    )
