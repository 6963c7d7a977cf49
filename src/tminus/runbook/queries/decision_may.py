"""What one person may do about a decision: answer it, keep it."""

from __future__ import annotations

from typing import Any

from tminus.people.domain.rights import Right, may
from tminus.runbook.domain.decision import Decision, Kind, Standing
from tminus.runbook.domain.electorate import OVER_FOR_POLLS, may_answer
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state import OVER, StepAction
from tminus.runbook.domain.state_table import allowed_actions
from tminus.runbook.queries.decision_looking import Looking, StepOf


def set_aside(decision: Decision, step: StepOf | Any | None) -> bool:
    """Tell whether a gate waits for it no more: it was skipped or cancelled, or asks in another attempt."""
    if decision.kind is not Kind.GATE or step is None:
        return False
    return step.decision_id != decision.id or step.state in OVER


def allowed_answers(
    look: Looking, decision: Decision, step: StepOf | Any | None, standing: Standing
) -> list[str]:
    """Return the answers this person may give now; none for who is not asked, has answered, or comes too late."""
    person, iteration = look.person, look.iteration
    if standing is not Standing.OPEN or decision.answer_of(person.id) or not may_answer(person, decision):
        return []
    if decision.kind is Kind.GATE and step is not None:
        how = relation(person, iteration.migration_id, step.behaviour, step.team_id)
        allowed = allowed_actions(iteration.state, step.behaviour, step.state, how, dormant=step.dormant)
        return ["go", "no_go"] if StepAction.DECIDE in allowed else []
    return [] if iteration.state in OVER_FOR_POLLS else ["go", "no_go"]


def allowed_acts(look: Looking, decision: Decision, standing: Standing) -> list[str]:
    """Return how this person may keep it: remind, extend, withdraw, and set a gate\'s terms."""
    pilot = may(look.person, Right.ANY_STEP, look.iteration.migration_id)
    asker = look.person.id is not None and look.person.id == decision.asked_by_id
    if not (pilot or asker) or standing in (Standing.DECIDED, Standing.WITHDRAWN):
        return []
    actions = ["remind"] if standing is Standing.OPEN else []
    if decision.kind is not Kind.SECOND_SIGNATURE:
        actions.append("extend")
    if decision.kind is not Kind.GATE:
        actions.append("withdraw")
    return [*actions, "terms"] if decision.kind is Kind.GATE and pilot else actions
