"""SQL of decisions and their answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.decision import Answer, Decision
from tminus.runbook.store.tables import decision_answers, decisions


async def load_decision(connection: AsyncConnection, decision_id: UUID) -> Decision | None:
    """Return a decision with the answers given so far."""
    query = select(decisions).where(decisions.c.id == decision_id)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    given = select(decision_answers.c.user_id, decision_answers.c.answer).where(
        decision_answers.c.decision_id == decision_id
    )
    answers = tuple((one.user_id, Answer(one.answer)) for one in await connection.execute(given))
    return Decision(row.id, row.question, row.quorum, Answer(row.outcome) if row.outcome else None, answers)


async def save_answer(
    connection: AsyncConnection,
    decision_id: UUID,
    who: tuple[UUID, str],
    answer: Answer,
    reason: str,
    at: datetime,
) -> None:
    """Write one person's answer."""
    await connection.execute(
        insert(decision_answers).values(
            decision_id=decision_id,
            user_id=who[0],
            user_name=who[1],
            answer=answer.value,
            reason=reason,
            at=at,
        )
    )


async def close_decision(
    connection: AsyncConnection, decision_id: UUID, outcome: Answer, at: datetime, decided_on: dict[str, Any]
) -> None:
    """Write the outcome, and what it was decided on."""
    values = {"outcome": outcome.value, "closed_at": at, "decided_on": decided_on}
    await connection.execute(update(decisions).where(decisions.c.id == decision_id).values(**values))
