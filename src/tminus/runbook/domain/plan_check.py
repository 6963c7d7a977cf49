"""What is wrong with a plan as a whole, each rule a function of its own.

Errors are what could not be executed (a link to nowhere, a circle); warnings what somebody will miss in the
night (a step without a team). What names something that is not there is found in `plan_check_names`, what is said
of the way back in `plan_check_undoes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from tminus.kernel.network import describe_cycle
from tminus.kernel.schedule import circles
from tminus.runbook.domain import plan_check_names, plan_check_undoes
from tminus.runbook.domain.findings import Finding, Subject, did_you_mean
from tminus.runbook.domain.moment import WeekTime
from tminus.runbook.domain.plan import Behaviour, Plan, Step
from tminus.runbook.domain.plan_facts import PlanFacts, error, subject_of, warning

PERFORMED = frozenset({Behaviour.WORK, Behaviour.CHECKPOINT})
"""What somebody does, so that it takes a team and time."""


def check_plan(plan: Plan) -> tuple[Finding, ...]:
    """Return everything wrong with the plan; nothing in it is an exception."""
    facts = PlanFacts.of(plan)
    return tuple(finding for rule in _RULES for finding in rule(facts))


def _duplicates(facts: PlanFacts) -> Iterator[Finding]:
    plan = facts.plan
    kinds: dict[str, Iterable[str]] = {
        "team": (team.code for team in plan.teams),
        "application": (one.code for one in plan.applications),
        "environment": (one.code for one in plan.environments),
        "environmentRole": (one.code for one in plan.environment_roles),
        "type": (one.code for one in plan.types),
        "control": (control.code for control in plan.controls),
        "macroPhase": (phase.code for phase in plan.macro_phases),
        "chapter": (chapter.code for chapter in plan.chapters()),
        "step": (step.code for step in plan.steps()),
        "task": (task.code for step in plan.steps() for task in step.tasks),
    }
    for kind, codes in kinds.items():
        for code, count in Counter(codes).items():
            if count > 1:
                message = f"The code “{code}” is used {count} times; in a plan it names one {kind}."
                yield error("duplicate_code", message, Subject(kind, code))


def _one_code_one_node(facts: PlanFacts) -> Iterator[Finding]:
    phases = {phase.code for phase in facts.plan.macro_phases}
    chapters = {chapter.code for chapter in facts.plan.chapters()}
    for code in sorted(phases & chapters):
        message = f"“{code}” names a macro-phase and a chapter: a link to it could mean either."
        yield error("duplicate_code", message, Subject("chapter", code))
    for code in sorted((phases | chapters) & {step.code for step in facts.plan.steps()}):
        message = f"“{code}” names a step and a chapter or macro-phase: a link to it could mean either."
        yield error("duplicate_code", message, Subject("step", code))


def _unknown_predecessors(facts: PlanFacts) -> Iterator[Finding]:
    for node, link in facts.links():
        if link.code not in facts.nodes:
            message = (
                f"{node.code} waits for “{link.code}”, which is no step, chapter or macro-phase of this plan."
            )
            hint = did_you_mean(link.code, (code for code in facts.nodes if code != node.code))
            yield error("unknown_predecessor", message, subject_of(node, f"after.{link.code}"), hint)


def _links_into_themselves(facts: PlanFacts) -> Iterator[Finding]:
    for node, link in facts.links():
        if link.code not in facts.nodes or link.code == node.code:
            continue
        if facts.contains(link.code, node.code) or facts.contains(node.code, link.code):
            message = f"{node.code} waits for {link.code}, and one is in the other: neither could ever end."
            yield error("link_into_itself", message, subject_of(node, f"after.{link.code}"), "Drop the link.")


def _cycles(facts: PlanFacts) -> Iterator[Finding]:
    if facts.shared:
        return
    own = [[node.code, node.code] for node, link in facts.links() if link.code == node.code]
    for path in [*own, *circles(facts.network())]:
        message = f"These wait for each other in a circle: {describe_cycle(path)}."
        one, other = _link_on(facts, path)
        hint = f"Drop the link by which {other} waits for {one}, or another one of the circle."
        yield error("cycle", message, subject_of(facts.nodes[other], f"after.{one}"), hint)


def _link_on(facts: PlanFacts, path: list[str]) -> tuple[str, str]:
    """The first step of the way round that is a link, and not a chapter's hold on what is in it."""
    linked = {(link.code, node.code) for node, link in facts.links()}
    return next(pair for pair in pairwise(path) if pair in linked)


def _forward_on_rollback(facts: PlanFacts) -> Iterator[Finding]:
    for node, link in facts.links():
        if link.code in facts.rollback and node.code not in facts.rollback:
            message = (
                f"{node.code} waits for {link.code}, on the way back, which sleeps unless there is a back-out: "
                f"{node.code} would never be ready."
            )
            yield error("waits_for_rollback", message, subject_of(node, f"after.{link.code}"))


def _fixed_before_not_before(facts: PlanFacts) -> Iterator[Finding]:
    for step in facts.plan.steps():
        fixed, soft = step.fixed_start, step.not_before
        if fixed is None or soft is None or isinstance(fixed, WeekTime) or isinstance(soft, WeekTime):
            continue
        if fixed.seconds < soft.seconds:
            message = f"{step.code} opens at {fixed} and is planned not before {soft}."
            yield warning("fixed_before_not_before", message, subject_of(step, "fixedStart"))


def _types(facts: PlanFacts) -> Iterator[Finding]:
    for step in facts.plan.steps():
        subject = Subject("step", step.code)
        if step.behaviour in (Behaviour.GATE, Behaviour.MILESTONE) and step.tasks:
            how = "closes by a decision" if step.behaviour is Behaviour.GATE else "completes by itself"
            # Real exports are full of gates with a list of what to look at; they can be carried out.
            message = f"{step.code} is a {step.behaviour}, which {how}: its tasks hold nothing up."
            yield warning("tasks_not_heeded", message, subject, "Give the tasks to a step before it.")
        if step.behaviour is Behaviour.MILESTONE and step.duration_seconds:
            message = f"{step.code} is a milestone, which takes no time."
            yield error("milestone_with_duration", message, subject, "Leave the duration out.")


def _incomplete_steps(facts: PlanFacts) -> Iterator[Finding]:
    for step in facts.plan.steps():
        if step.behaviour not in PERFORMED:
            continue
        if not step.team:
            yield warning("no_team", f"{step.code} has no team: nobody is told of it.", _of(step))
        if not step.duration_seconds:
            yield warning("no_duration", f"{step.code} has no duration: it is planned as no time.", _of(step))


def _of(step: Step) -> Subject:
    return Subject("step", step.code)


def _empty_parts(facts: PlanFacts) -> Iterator[Finding]:
    for phase in facts.plan.macro_phases:
        if not phase.chapters:
            message = f"Macro-phase {phase.code} has no chapters."
            yield warning("empty_macro_phase", message, Subject("macroPhase", phase.code))
    for chapter in facts.plan.chapters():
        if not chapter.steps:
            message = f"Chapter {chapter.code} has no steps."
            yield warning("empty_chapter", message, Subject("chapter", chapter.code))


def _teams_without_mail(facts: PlanFacts) -> Iterator[Finding]:
    for team in facts.plan.teams:
        if not team.email:
            message = f"Team {team.code} has no mail address: its messages have nowhere to go."
            yield warning("team_without_email", message, Subject("team", team.code))


def _points_of_no_return(facts: PlanFacts) -> Iterator[Finding]:
    marked = [step for step in facts.plan.steps() if step.point_of_no_return]
    for step in marked:
        if step.code in facts.rollback:
            message = f"{step.code} is on the way back and marked as the point of no return."
            yield warning("no_return_in_rollback", message, _of(step))
    for step in marked[1:]:
        message = f"{step.code} is a second point of no return; the first is {marked[0].code}."
        yield warning("several_points_of_no_return", message, _of(step))


_RULES: tuple[Callable[[PlanFacts], Iterator[Finding]], ...] = (
    _duplicates,
    _one_code_one_node,
    _unknown_predecessors,
    _links_into_themselves,
    _cycles,
    _forward_on_rollback,
    _fixed_before_not_before,
    *plan_check_names.RULES,
    *plan_check_undoes.RULES,
    _types,
    _incomplete_steps,
    _empty_parts,
    _teams_without_mail,
    _points_of_no_return,
)
