"""What in a plan names something that is not there, or names it to no effect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tminus.runbook.domain.findings import Finding, Subject, did_you_mean
from tminus.runbook.domain.plan import STANDARD_TYPES
from tminus.runbook.domain.plan_facts import PlanFacts, error, warning
from tminus.runbook.domain.state import IterationKind

Named = tuple[str | None, Subject]
KINDS = frozenset(kind.value for kind in IterationKind)
LONGEST_NAME = 60
"""Characters in the name of an iteration."""


def _missing(
    names: Iterable[Named], known: Iterable[str], code: str, word: str, under: str
) -> Iterator[Finding]:
    there = frozenset(known)
    for name, subject in names:
        if name and name not in there:
            hint = did_you_mean(name, there) or f"Add it under “{under}”."
            yield error(code, f"“{name}” is no {word} of this plan.", subject, hint)


def _teams(facts: PlanFacts) -> Iterator[Finding]:
    names: list[Named] = []
    for step in facts.plan.steps():
        names.append((step.team, Subject("step", step.code, "team")))
        names += [(team, Subject("step", step.code, f"impactedTeams.{team}")) for team in step.impacted_teams]
        names += [(task.team, Subject("task", task.code, "team")) for task in step.tasks]
    for control in facts.plan.controls:
        names.append((control.producer, Subject("control", control.code, "producer")))
        names.append((control.validator, Subject("control", control.code, "validator")))
    yield from _missing(names, (team.code for team in facts.plan.teams), "unknown_team", "team", "teams")


def _controls(facts: PlanFacts) -> Iterator[Finding]:
    known = [control.code for control in facts.plan.controls]
    names = (
        (code, Subject("task", task.code, f"controls.{code}"))
        for step in facts.plan.steps()
        for task in step.tasks
        for code in task.controls
    )
    yield from _missing(names, known, "unknown_control", "control", "controls")


def _applications(facts: PlanFacts) -> Iterator[Finding]:
    known = [one.code for one in facts.plan.applications]
    names = (
        (code, Subject("step", step.code, f"applications.{code}"))
        for step in facts.plan.steps()
        for code in step.applications
    )
    yield from _missing(names, known, "unknown_application", "application", "applications")


def _environment_roles(facts: PlanFacts) -> Iterator[Finding]:
    known = [one.code for one in facts.plan.environment_roles]
    names = ((step.environment, Subject("step", step.code, "environment")) for step in facts.plan.steps())
    word = "environment role"
    yield from _missing(names, known, "unknown_environment_role", word, "environmentRoles")


def _own_types(facts: PlanFacts) -> Iterator[Finding]:
    for one in facts.plan.types:
        if one.code in STANDARD_TYPES:
            message = f"“{one.code}” is one of the standard types, and what it means stays."
            yield error(
                "standard_type", message, Subject("type", one.code), "Give the type a code of its own."
            )


def _scopes(facts: PlanFacts) -> Iterator[Finding]:
    for step in facts.plan.steps():
        for part in step.scope:
            near = did_you_mean(part, KINDS) if part not in KINDS and part.islower() else None
            if len(part) > LONGEST_NAME:
                message = f"“{part[:40]}…” is too long to be the name of an iteration."
                yield error("bad_scope", message, Subject("step", step.code, f"scope.{part}"))
            elif near:
                message = f"“{part}” is taken for the name of an iteration; no kind is called so."
                yield warning("unsure_scope", message, Subject("step", step.code, f"scope.{part}"), near)


def _control_teams(facts: PlanFacts) -> Iterator[Finding]:
    for control in facts.plan.controls:
        subject = Subject("control", control.code)
        if not control.validator:
            message = f"Control {control.code} has no validator: nobody could pass it."
            yield warning("control_without_validator", message, subject)
        elif control.producer == control.validator:
            message = f"Of control {control.code} team {control.producer} validates its own evidence."
            yield warning("control_validates_itself", message, subject)


def _idle_controls(facts: PlanFacts) -> Iterator[Finding]:
    used = {code for step in facts.plan.steps() for task in step.tasks for code in task.controls}
    for control in facts.plan.controls:
        if control.code not in used:
            message = f"No task carries control {control.code}."
            yield warning("idle_control", message, Subject("control", control.code))


RULES: tuple[Callable[[PlanFacts], Iterator[Finding]], ...] = (
    _teams,
    _controls,
    _applications,
    _environment_roles,
    _own_types,
    _scopes,
    _control_teams,
    _idle_controls,
)
