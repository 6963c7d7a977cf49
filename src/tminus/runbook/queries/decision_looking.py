"""Who looks at decisions, and as much of their steps as their views ask about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person
from tminus.platform.clock import server_now
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import StepState
from tminus.runbook.store import decision_lookup

SIGNERS = frozenset({"pilot", "approver"})


@dataclass(frozen=True, slots=True)
class StepOf:
    """As much of a decision's step as the decision's own view asks about."""

    id: UUID
    code: str
    name: str
    behaviour: Behaviour
    state: StepState
    team_id: UUID | None
    dormant: bool
    decision_id: UUID | None


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks, at which iteration, when; and who holds which role there: (key, name, roles)."""

    person: Person
    iteration: Iteration
    now: datetime
    holders: Sequence[tuple[UUID, str, frozenset[str]]]


async def looking(connection: AsyncConnection, person: Person, iteration: Iteration) -> Looking:
    """Return what the views of an iteration's decisions have in common."""
    able = await decision_lookup.holders(connection, iteration.migration_id, sorted(SIGNERS))
    return Looking(person, iteration, await server_now(connection), able)
