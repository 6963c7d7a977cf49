"""A decision as its gate's panel shows it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state import StepAction
from tminus.runbook.domain.state_table import allowed_actions
from tminus.runbook.domain.step import Step

_DECISION = text("SELECT * FROM decisions WHERE id = :id")
_ANSWERS = text(
    "SELECT user_id, user_name, answer, reason, at FROM decision_answers WHERE decision_id = :id ORDER BY at"
)


async def decision_view(
    connection: AsyncConnection, person: Person, iteration: Iteration, step: Step
) -> dict[str, Any] | None:
    """Return the decision a gate asks for in its present attempt; None before it is asked."""
    if step.decision_id is None:
        return None
    row = (await connection.execute(_DECISION, {"id": step.decision_id})).one_or_none()
    if row is None:
        return None
    answers = (await connection.execute(_ANSWERS, {"id": step.decision_id})).all()
    how = relation(person, iteration.migration_id, step.behaviour, step.team_id)
    actions = allowed_actions(iteration.state, step.behaviour, step.state, how, dormant=step.dormant)
    answered = any(one.user_id == person.id for one in answers)
    may_answer = StepAction.DECIDE in actions and row.outcome is None and not answered
    return {
        "id": str(row.id),
        "question": row.question,
        "role": row.role,
        "quorum": row.quorum,
        "askedAt": instant(row.asked_at),
        "answers": [
            {"user": a.user_name, "answer": a.answer, "reason": a.reason, "at": instant(a.at)}
            for a in answers
        ],
        "outcome": row.outcome,
        "closedAt": instant(row.closed_at) if row.closed_at else None,
        "allowedAnswers": ["go", "no_go"] if may_answer else [],
    }
