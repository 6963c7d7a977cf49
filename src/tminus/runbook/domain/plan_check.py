"""What is wrong with a plan as a whole, each rule a function of its own.

Errors are what could not be executed (a link to nowhere, a circle); warnings what somebody will miss in the
night (a step without a team).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tminus.kernel.network import describe_cycle, find_cycles
from tminus.runbook.domain.findings import Finding, Severity, Subject, did_you_mean
from tminus.runbook.domain.plan import Behaviour, Dependency, Plan, Step

_PERFORMED = frozenset({Behaviour.WORK, Behaviour.CHECKPOINT})


@dataclass(frozen=True, slots=True)
class _Facts:
    """What several rules ask of a plan."""

    plan: Plan
    steps: dict[str, Step] = field(default_factory=dict)
    rollback: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()

    def links(self) -> Iterator[tuple[Step, Dependency]]:
        for step in self.plan.steps():
            for link in step.after:
                yield step, link


def check_plan(plan: Plan) -> tuple[Finding, ...]:
    """Return everything wrong with the plan; nothing in it is an exception."""
    facts = _Facts(
        plan,
        {step.code: step for step in plan.steps()},
        frozenset(step.code for chapter in plan.chapters() if chapter.rollback for step in chapter.steps),
        frozenset(team.code for team in plan.teams),
    )
    return tuple(finding for rule in _RULES for finding in rule(facts))


def _error(code: str, message: str, subject: Subject, suggestion: str | None = None) -> Finding:
    return Finding(code, Severity.ERROR, message, suggestion, subject=subject)


def _warning(code: str, message: str, subject: Subject, suggestion: str | None = None) -> Finding:
    return Finding(code, Severity.WARNING, message, suggestion, subject=subject)


def _link_of(step: Step, link: Dependency) -> Subject:
    return Subject("step", step.code, f"after.{link.code}")


def _duplicates(facts: _Facts) -> Iterator[Finding]:
    plan = facts.plan
    kinds: dict[str, Iterable[str]] = {
        "team": (team.code for team in plan.teams),
        "macroPhase": (phase.code for phase in plan.macro_phases),
        "chapter": (chapter.code for chapter in plan.chapters()),
        "step": (step.code for step in plan.steps()),
        "task": (task.code for step in plan.steps() for task in step.tasks),
    }
    for kind, codes in kinds.items():
        for code, count in Counter(codes).items():
            if count > 1:
                message = f"The code “{code}” is used {count} times; in a plan it names one {kind}."
                yield _error("duplicate_code", message, Subject(kind, code))


def _unknown_predecessors(facts: _Facts) -> Iterator[Finding]:
    for step, link in facts.links():
        if link.code not in facts.steps:
            message = f"{step.code} waits for “{link.code}”, which is no step of this plan."
            hint = did_you_mean(link.code, (code for code in facts.steps if code != step.code))
            yield _error("unknown_predecessor", message, _link_of(step, link), hint)


def _cycles(facts: _Facts) -> Iterator[Finding]:
    links = ((link.code, step.code) for step, link in facts.links() if link.code in facts.steps)
    for path in find_cycles(links, facts.steps):
        message = f"These steps wait for each other in a circle: {describe_cycle(path)}."
        hint = f"Drop the link by which {path[1]} waits for {path[0]}, or another one of the circle."
        yield _error("cycle", message, Subject("step", path[1], f"after.{path[0]}"), hint)


def _forward_on_rollback(facts: _Facts) -> Iterator[Finding]:
    for step, link in facts.links():
        if link.code in facts.rollback and step.code not in facts.rollback:
            message = (
                f"{step.code} waits for {link.code}, a step of a rollback chapter, which sleeps unless "
                f"there is a back-out: {step.code} would never be ready."
            )
            yield _error("waits_for_rollback", message, _link_of(step, link))


def _unknown_teams(facts: _Facts) -> Iterator[Finding]:
    for step in facts.plan.steps():
        named = [(step.team, Subject("step", step.code, "team"))]
        named += [(task.team, Subject("task", task.code, "team")) for task in step.tasks]
        for team, subject in named:
            if team and team not in facts.teams:
                message = f"“{team}” is no team of this plan."
                hint = did_you_mean(team, facts.teams) or "Add it under “teams”."
                yield _error("unknown_team", message, subject, hint)


def _types(facts: _Facts) -> Iterator[Finding]:
    for step in facts.plan.steps():
        subject = Subject("step", step.code)
        if step.behaviour in (Behaviour.GATE, Behaviour.MILESTONE) and step.tasks:
            how = "closes by a decision" if step.behaviour is Behaviour.GATE else "completes by itself"
            message = f"{step.code} is a {step.behaviour}, which {how}: nobody would do its tasks."
            yield _error("tasks_not_allowed", message, subject, "Give the tasks to a step before it.")
        if step.behaviour is Behaviour.MILESTONE and step.duration_seconds:
            message = f"{step.code} is a milestone, which takes no time."
            yield _error("milestone_with_duration", message, subject, "Leave the duration out.")


def _incomplete_steps(facts: _Facts) -> Iterator[Finding]:
    for step in facts.plan.steps():
        if step.behaviour not in _PERFORMED:
            continue
        if not step.team:
            yield _warning("no_team", f"{step.code} has no team: nobody is told of it.", _of(step))
        if not step.duration_seconds:
            yield _warning(
                "no_duration", f"{step.code} has no duration: it is planned as no time.", _of(step)
            )


def _of(step: Step) -> Subject:
    return Subject("step", step.code)


def _empty_parts(facts: _Facts) -> Iterator[Finding]:
    for phase in facts.plan.macro_phases:
        if not phase.chapters:
            message = f"Macro-phase {phase.code} has no chapters."
            yield _warning("empty_macro_phase", message, Subject("macroPhase", phase.code))
    for chapter in facts.plan.chapters():
        if not chapter.steps:
            message = f"Chapter {chapter.code} has no steps."
            yield _warning("empty_chapter", message, Subject("chapter", chapter.code))


def _teams_without_mail(facts: _Facts) -> Iterator[Finding]:
    for team in facts.plan.teams:
        if not team.email:
            message = f"Team {team.code} has no mail address: its messages have nowhere to go."
            yield _warning("team_without_email", message, Subject("team", team.code))


def _points_of_no_return(facts: _Facts) -> Iterator[Finding]:
    marked = [step for step in facts.plan.steps() if step.point_of_no_return]
    for step in marked:
        if step.code in facts.rollback:
            message = f"{step.code} is on the way back and marked as the point of no return."
            yield _warning("no_return_in_rollback", message, _of(step))
    for step in marked[1:]:
        message = f"{step.code} is a second point of no return; the first is {marked[0].code}."
        yield _warning("several_points_of_no_return", message, _of(step))


_RULES: tuple[Callable[[_Facts], Iterator[Finding]], ...] = (
    _duplicates,
    _unknown_predecessors,
    _cycles,
    _forward_on_rollback,
    _unknown_teams,
    _types,
    _incomplete_steps,
    _empty_parts,
    _teams_without_mail,
    _points_of_no_return,
)
