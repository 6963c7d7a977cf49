"""SQL of proposals: what somebody learned on a step of an iteration, meant for the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.tables import plan_proposals


@dataclass(frozen=True, slots=True)
class StepOfIteration:
    """A step as an iteration holds it, and the plan that the iteration was made from."""

    step_id: UUID
    code: str
    team_id: UUID | None
    iteration_id: UUID
    iteration_name: str
    migration_id: UUID
    plan_id: UUID


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal with what it is about; without a field it is a lesson in words."""

    id: UUID
    plan_id: UUID
    migration_id: UUID
    step_code: str
    step_name: str
    iteration_name: str
    field: str | None
    value: Any
    lesson: str
    by_name: str
    at: datetime
    state: str
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    version: int


_STEP = text(
    """
    SELECT s.id, s.code, s.team_id, i.id, i.name, i.migration_id, v.plan_id
    FROM iterations AS i JOIN iteration_steps AS s ON s.iteration_id = i.id AND s.code = :code
    JOIN plan_versions AS v ON v.id = i.plan_version_id WHERE i.id = :iteration
    """
)
_PROPOSALS = """
    SELECT r.id, r.plan_id, p.migration_id, r.step_code, s.name, i.name, r.field, r.value, r.lesson, r.by_name, r.at,
           r.state, r.decided_by_name, r.decided_at, r.reason, r.version
    FROM plan_proposals AS r JOIN plans AS p ON p.id = r.plan_id JOIN iterations AS i ON i.id = r.iteration_id
    JOIN iteration_steps AS s ON s.id = r.step_id
"""
_OF_PLAN = text(
    f"""
    {_PROPOSALS} WHERE r.plan_id = :plan AND (CAST(:state AS text) IS NULL OR r.state = :state)
    ORDER BY r.at DESC, r.id DESC
    """
)
_ONE = text(f"{_PROPOSALS} WHERE r.id = :id")
_ANSWER = text(
    f"{_PROPOSALS} WHERE r.plan_id = :plan AND r.insight = :insight ORDER BY r.at DESC, r.id DESC LIMIT 1"
)


async def step_of(connection: AsyncConnection, iteration_id: UUID, code: str) -> StepOfIteration | None:
    """Return a step of an iteration by its code."""
    row = (await connection.execute(_STEP, {"iteration": iteration_id, "code": code})).one_or_none()
    return StepOfIteration(*row) if row else None


async def proposals_of(connection: AsyncConnection, plan_id: UUID, state: str | None) -> Sequence[Proposal]:
    """Return a plan's proposals, the newest first; of one state, or of all."""
    values = {"plan": plan_id, "state": state}
    return [Proposal(*row) for row in await connection.execute(_OF_PLAN, values)]


async def find_answer(connection: AsyncConnection, plan_id: UUID, insight: str) -> Proposal | None:
    """Return the newest proposal that an insight of this fingerprint was kept as."""
    values = {"plan": plan_id, "insight": insight}
    row = (await connection.execute(_ANSWER, values)).one_or_none()
    return Proposal(*row) if row else None


async def find_proposal(connection: AsyncConnection, key: UUID) -> Proposal | None:
    """Return a proposal by its key."""
    row = (await connection.execute(_ONE, {"id": key})).one_or_none()
    return Proposal(*row) if row else None


async def insert_proposal(connection: AsyncConnection, values: dict[str, Any]) -> None:
    """Keep a proposal."""
    await connection.execute(insert(plan_proposals).values(values))


async def decide_proposal(connection: AsyncConnection, key: UUID, values: dict[str, Any]) -> None:
    """Write what became of a proposal; its `version` goes up by one."""
    changed = values | {"version": plan_proposals.c.version + 1}
    await connection.execute(update(plan_proposals).where(plan_proposals.c.id == key).values(changed))
