"""The decisions on one step: its gate's, and the second signatures that wait; and those on controls."""

from __future__ import annotations

from collections.abc import Mapping
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
    connection: AsyncConnection,
    person: Person,
    iteration: Iteration,
    step: StepOf | Any,
    controls: Mapping[str, int],
) -> list[dict[str, Any]]:
    """Return the second signatures that wait on a step, and on its controls (their versions by code)."""
    there = [one for one in await decisions.signatures_on(connection, step.id) if _waits(one)]
    asked = await overrides_view(connection, person, iteration, controls)
    if not there:
        return list(asked.values())
    look = await looking(connection, person, iteration)
    return [*(view(look, one, step) for one in there), *asked.values()]


async def overrides_view(
    connection: AsyncConnection, person: Person, iteration: Iteration, controls: Mapping[str, int]
) -> dict[str, dict[str, Any]]:
    """Return the second signatures that wait on these controls (their versions by code), by the control's code.

    One that was asked of a control as it is no longer cannot be given: it is left out.
    """
    there = await decisions.overrides_asked(connection, iteration.id) if controls else []
    of_now = {
        one.subject["code"]: one
        for one in there
        if controls.get(one.subject["code"]) == one.subject["version"]
    }
    if not of_now:
        return {}
    look = await looking(connection, person, iteration)
    return {code: view(look, one, None) for code, one in of_now.items()}


def _waits(decision: Decision) -> bool:
    return decision.outcome is None and decision.withdrawn_at is None
