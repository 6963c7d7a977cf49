"""A decision as screens show it: who said what in which role, who is missing, and what this person may do."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.kernel.instants import instant
from tminus.runbook.domain.decision import Decision, Given, Kind, Standing
from tminus.runbook.domain.decision_words import standing_words
from tminus.runbook.queries.decision_looking import SIGNERS, Looking, StepOf
from tminus.runbook.queries.decision_may import allowed_acts, allowed_answers
from tminus.runbook.queries.decision_may import set_aside as set_aside_by


def view(look: Looking, decision: Decision, step: StepOf | Any | None) -> dict[str, Any]:
    """Print a decision for one person."""
    zone = look.iteration.zone
    standing = decision.standing(look.now)
    set_aside = standing is not Standing.DECIDED and set_aside_by(decision, step)
    asked = _asked(look, decision)
    return {
        "id": str(decision.id),
        "kind": decision.kind.value,
        "iterationId": str(decision.iteration_id),
        "stepCode": step.code if step else None,
        "stepName": step.name if step else None,
        "question": decision.question,
        "detail": decision.detail,
        "role": decision.role,
        "quorum": decision.quorum,
        "deadline": _time(decision.deadline),
        "askedAt": instant(decision.asked_at),
        "askedBy": decision.asked_by_name,
        "action": decision.subject.get("action"),
        "named": bool(decision.voters),
        "asked": [_person(decision, *one) for one in asked],
        "answers": [answer_shown(decision, one) for one in decision.answers],
        "status": "set_aside" if set_aside else standing.value,
        "sentence": _sentence(look, decision, step, zone, set_aside=set_aside),
        "outcome": decision.outcome.value if decision.outcome else None,
        "closedAt": _time(decision.closed_at),
        "decidedOn": decision.decided_on,
        "remindedAt": _time(decision.reminded_at),
        "withdrawnAt": _time(decision.withdrawn_at),
        "withdrawnBy": decision.withdrawn_by,
        "withdrawnReason": decision.withdrawn_reason,
        "version": decision.version,
        "allowedAnswers": [] if set_aside else allowed_answers(look, decision, step, standing),
        "allowedActions": [] if set_aside else allowed_acts(look, decision, standing),
    }


def answer_shown(decision: Decision, given: Given) -> dict[str, Any]:
    """Print an answer; `dissent` = against what was decided."""
    voter = decision.voter(given.user_id)
    return {
        "userId": str(given.user_id),
        "user": given.name,
        "role": voter.role if voter else None,
        "answer": given.answer.value,
        "reason": given.reason,
        "at": instant(given.at),
        "dissent": given in decision.dissent,
    }


def _person(decision: Decision, key: UUID, name: str, role: str) -> dict[str, Any]:
    given = decision.answer_of(key)
    return {"userId": str(key), "name": name, "role": role, "answered": given is not None}


def _asked(look: Looking, decision: Decision) -> list[tuple[UUID, str, str]]:
    """Who could answer: the named; else whoever has the role, but the doer of what a second person signs."""
    if decision.voters:
        return [(voter.user_id, voter.name, voter.role) for voter in decision.voters]
    if decision.kind is Kind.GATE:
        return [(key, name, "approver") for key, name, roles in look.holders if "approver" in roles]
    return [
        (key, name, " and ".join(sorted(roles & SIGNERS)))
        for key, name, roles in look.holders
        if key != decision.asked_by_id
    ]


def _sentence(
    look: Looking, decision: Decision, step: StepOf | Any | None, zone: str, *, set_aside: bool
) -> str:
    if set_aside and step is not None:
        state = step.state.value.replace("_", " ")
        return f"“{decision.question}” waits for no answer any more: {step.code} is {state}."
    return standing_words(decision, look.now, zone)


def _time(value: datetime | None) -> str | None:
    return instant(value) if value else None
