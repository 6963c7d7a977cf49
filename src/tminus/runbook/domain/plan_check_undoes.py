"""What is wrong with what steps say they undo: the way back is reckoned from it, and each step of it counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tminus.runbook.domain.findings import Finding, Subject, did_you_mean
from tminus.runbook.domain.plan import Step
from tminus.runbook.domain.plan_facts import PlanFacts, error, warning

_NAME_FORWARD = "Name a step of the way forward under “undoes”, or take this one out of it."


def _unknown(facts: PlanFacts) -> Iterator[Finding]:
    steps = [step.code for step in facts.plan.steps()]
    known = frozenset(steps)
    for step, code, subject in _said(facts):
        if code not in known:
            message = f"{step.code} undoes “{code}”, which is no step of this plan."
            hint = did_you_mean(code, (one for one in steps if one != step.code)) or _NAME_FORWARD
            yield error("unknown_undone", message, subject, hint)


def _ways(facts: PlanFacts) -> Iterator[Finding]:
    for step, code, subject in _said(facts):
        if code == step.code:
            yield error("undoes_itself", f"{step.code} undoes itself.", subject, _NAME_FORWARD)
        elif code in facts.rollback and isinstance(facts.nodes.get(code), Step):
            message = f"{step.code} undoes {code}, which is on the way back itself."
            yield error("undoes_rollback", message, subject, _NAME_FORWARD)


def _outside(facts: PlanFacts) -> Iterator[Finding]:
    for step in facts.plan.steps():
        if step.undoes and step.code not in facts.rollback:
            message = f"{step.code} says what it undoes, and is in no rollback chapter: a back-out would not reach it."
            hint = "Move it to a rollback chapter, or take “undoes” out of it."
            yield error("undoes_outside_rollback", message, Subject("step", step.code, "undoes"), hint)


def _silent(facts: PlanFacts) -> Iterator[Finding]:
    for chapter in facts.plan.chapters():
        if chapter.rollback and chapter.steps and not any(step.undoes for step in chapter.steps):
            message = (
                f"No step of rollback chapter {chapter.code} says what it undoes: the way back is reckoned as if all"
                " of it were always to be done."
            )
            hint = "Say of its steps which steps of the way forward they undo."
            yield warning("rollback_undoes_nothing", message, Subject("chapter", chapter.code), hint)


def _said(facts: PlanFacts) -> Iterator[tuple[Step, str, Subject]]:
    for step in facts.plan.steps():
        for code in step.undoes:
            yield step, code, Subject("step", step.code, f"undoes.{code}")


RULES: tuple[Callable[[PlanFacts], Iterator[Finding]], ...] = (_unknown, _ways, _outside, _silent)
