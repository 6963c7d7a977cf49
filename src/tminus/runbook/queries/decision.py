"""The decisions on one step: its gate's, and the second signatures that wait."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person
from tminus.runbook.domain.decision import Decision
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.queries.decision_looking import StepOf, looking
from tminus.runbook.queries.decision_view import view
from tminus.runbook.store import decisions


async def decision_view(
    connection: AsyncConnection, person: Person, iteration: Iteration, step: StepOf | Any
) -> dict[str, Any] | None:
    """Return the decision a gate asks for in its present attempt; None before it is asked."""
    if step.decision_id is None:
        return None
    decision = await decisions.load_decision(connection, step.decision_id)
    return view(await looking(connection, person, iteration), decision, step) if decision else None


async def signatures_view(
    connection: AsyncConnection, person: Person, iteration: Iteration, step: StepOf | Any
) -> list[dict[str, Any]]:
    """Return the second signatures that wait on a step."""
    there = [one for one in await decisions.signatures_on(connection, step.id) if _waits(one)]
    if not there:
        return []
    look = await looking(connection, person, iteration)
    return [view(look, one, step) for one in there]


def _waits(decision: Decision) -> bool:
    return decision.outcome is None and decision.withdrawn_at is None
