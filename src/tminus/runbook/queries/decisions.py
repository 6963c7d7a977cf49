"""All decisions of an iteration on one screen, one of them, and one as a personal link shows it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, may
from tminus.runbook.domain.electorate import OVER_FOR_POLLS
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import StepState
from tminus.runbook.queries.decision_looking import StepOf, looking
from tminus.runbook.queries.decision_view import view
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store import decisions

_STEPS = text(
    """
    SELECT id, code, name, behaviour, state, team_id, dormant, decision_id FROM iteration_steps
    WHERE id IN (SELECT step_id FROM decisions WHERE iteration_id = :iteration)
    """
)
_RANK = {"open": 0, "ended": 1}


async def steps_of_decisions(connection: AsyncConnection, iteration_id: UUID) -> dict[UUID, StepOf]:
    """Return the steps that decisions of an iteration are about."""
    rows = await connection.execute(_STEPS, {"iteration": iteration_id})
    return {
        row.id: StepOf(
            row.id,
            row.code,
            row.name,
            Behaviour(row.behaviour),
            StepState(row.state),
            row.team_id,
            row.dormant,
            row.decision_id,
        )
        for row in rows
    }


async def decisions_view(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return an iteration's decisions: open ones first, then those that ended without one; then the newest."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    steps = await steps_of_decisions(connection, iteration_id)
    look = await looking(connection, person, iteration)
    there = await decisions.decisions_of(connection, iteration_id)
    shown = [view(look, one, steps.get(one.step_id) if one.step_id else None) for one in there]
    may_ask = may(person, Right.SECOND_SIGNATURE, iteration.migration_id)
    return {
        "items": sorted(shown, key=lambda one: _RANK.get(one["status"], 2)),
        "allowedActions": ["ask"] if may_ask and iteration.state not in OVER_FOR_POLLS else [],
    }


async def one_decision(connection: AsyncConnection, person: Person, decision_id: UUID) -> dict[str, Any]:
    """Return one decision; raises `NotFound`, and `Forbidden` for who may not see its migration."""
    decision = await decisions.load_decision(connection, decision_id)
    if decision is None:
        raise NotFound("There is no such decision.", hint="Open it from the list of decisions.")
    _, iteration = await visible_iteration(connection, person, decision.iteration_id)
    steps = await steps_of_decisions(connection, iteration.id)
    step = steps.get(decision.step_id) if decision.step_id else None
    return view(await looking(connection, person, iteration), decision, step)
