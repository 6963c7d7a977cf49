"""SQL of decisions, who is asked, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.decision import Answer, Decision, Given, Kind, Voter
from tminus.runbook.store.tables import decision_answers, decisions

_LOAD = """
SELECT d.*,
       (SELECT jsonb_agg(jsonb_build_array(v.user_id, u.name, v.role) ORDER BY u.name, v.user_id)
        FROM decision_voters AS v JOIN users AS u ON u.id = v.user_id WHERE v.decision_id = d.id) AS voters,
       (SELECT jsonb_agg(jsonb_build_array(a.user_id, a.user_name, a.answer, a.reason, a.at) ORDER BY a.at, a.user_id)
        FROM decision_answers AS a WHERE a.decision_id = d.id) AS answers
FROM decisions AS d
"""
_ONE = text(_LOAD + "WHERE d.id = :id")
_OF_ITERATION = text(_LOAD + "WHERE d.iteration_id = :iteration ORDER BY d.asked_at DESC, d.id")
_OF_STEP = text(_LOAD + "WHERE d.step_id = :step AND d.kind = 'second_signature' ORDER BY d.asked_at DESC")
_SAME = text(
    _LOAD
    + """WHERE d.iteration_id = :iteration AND d.kind = 'second_signature' AND d.outcome IS NULL
     AND d.withdrawn_at IS NULL AND d.subject - 'reason' = CAST(:subject AS jsonb) - 'reason'"""
)

_OVERRIDES = text(
    _LOAD
    + """WHERE d.iteration_id = :iteration AND d.kind = 'second_signature' AND d.outcome IS NULL
     AND d.withdrawn_at IS NULL AND d.subject ->> 'action' = 'override_control' ORDER BY d.asked_at, d.id"""
)


async def load_decision(connection: AsyncConnection, decision_id: UUID) -> Decision | None:
    """Return a decision with who is asked and the answers given so far."""
    row = (await connection.execute(_ONE, {"id": decision_id})).one_or_none()
    return _from(row) if row else None


async def decisions_of(connection: AsyncConnection, iteration_id: UUID) -> list[Decision]:
    """Return all decisions of an iteration, the newest first."""
    return [_from(row) for row in await connection.execute(_OF_ITERATION, {"iteration": iteration_id})]


async def signatures_on(connection: AsyncConnection, step_id: UUID) -> list[Decision]:
    """Return the second signatures that were asked for on a step, the newest first."""
    return [_from(row) for row in await connection.execute(_OF_STEP, {"step": step_id})]


async def overrides_asked(connection: AsyncConnection, iteration_id: UUID) -> list[Decision]:
    """Return the second signatures on controls that wait in an iteration, the oldest first."""
    return [_from(row) for row in await connection.execute(_OVERRIDES, {"iteration": iteration_id})]


async def open_signature(connection: AsyncConnection, iteration_id: UUID, subject: str) -> Decision | None:
    """Return the open second signature on the same subject (JSON), whatever its reason."""
    row = (await connection.execute(_SAME, {"iteration": iteration_id, "subject": subject})).first()
    return _from(row) if row else None


def _from(row: Row[Any]) -> Decision:
    members = {name: getattr(row, name) for name in _PLAIN}
    return Decision(
        **members,
        kind=Kind(row.kind),
        outcome=Answer(row.outcome) if row.outcome else None,
        subject=row.subject or {},
        voters=tuple(Voter(UUID(key), name, role) for key, name, role in row.voters or ()),
        answers=tuple(
            Given(UUID(key), name, Answer(answer), reason, datetime.fromisoformat(at))
            for key, name, answer, reason, at in row.answers or ()
        ),
    )


_PLAIN = (
    "id",
    "migration_id",
    "iteration_id",
    "step_id",
    "question",
    "detail",
    "role",
    "quorum",
    "deadline",
    "asked_at",
    "asked_by_id",
    "asked_by_name",
    "closed_at",
    "decided_on",
    "reminded_at",
    "withdrawn_at",
    "withdrawn_by",
    "withdrawn_reason",
    "version",
)


async def insert_decision(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write a decision that is asked now."""
    await connection.execute(insert(decisions).values(**values))


async def save_answer(connection: AsyncConnection, decision_id: UUID, given: Given) -> None:
    """Write one person's answer."""
    await connection.execute(
        insert(decision_answers).values(
            decision_id=decision_id,
            user_id=given.user_id,
            user_name=given.name,
            answer=given.answer.value,
            reason=given.reason,
            at=given.at,
        )
    )


async def update_decision(connection: AsyncConnection, decision_id: UUID, **values: Any) -> None:
    """Write members of a decision; its version goes up by one."""
    changed = {**values, "version": decisions.c.version + 1}
    await connection.execute(update(decisions).where(decisions.c.id == decision_id).values(**changed))
