"""Impediments as screens read them: the open ones first, the worst first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person
from tminus.runbook.domain.impediment import Impediment, ImpedimentState, may_keep
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import IterationState
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store import impediments, places


async def impediments_view(
    connection: AsyncConnection, person: Person, iteration_id: UUID, step_code: str | None
) -> dict[str, Any]:
    """Return those of an iteration with all its steps, or of one step. Raises `NotFound`, `Forbidden`."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    place = await places.find_place(connection, iteration_id, step_code)
    if place is None or (step_code is not None and place.step_id is None):
        raise NotFound("There is no such step in this iteration.", hint="Check the code on the runsheet.")
    found = await impediments.impediments_of(connection, iteration_id, place.step_id)
    may_open = may_keep(person, iteration.migration_id, (place.step_id, place.team_id))
    return {
        "items": [_view(one, person, iteration) for one in found],
        "next": None,
        "mayOpen": may_open and iteration.state is not IterationState.CLOSED,
    }


async def impediment_view(connection: AsyncConnection, person: Person, key: UUID) -> dict[str, Any]:
    """Return one. Raises `NotFound`, `Forbidden`."""
    found = await impediments.find_impediment(connection, key)
    if found is None:
        raise NotFound("There is no such impediment.", hint="Reload the list.")
    _, iteration = await visible_iteration(connection, person, found.iteration_id)
    return _view(found, person, iteration)


def _view(one: Impediment, person: Person, iteration: Iteration) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "stepCode": one.step_code,
        "title": one.title,
        "detail": one.detail,
        "severity": one.severity,
        "ownerId": one.owner_id,
        "owner": one.owner_name,
        "expectedAt": one.expected_at,
        "state": one.state,
        "openedBy": one.opened_by,
        "openedAt": one.opened_at,
        "resolvedBy": one.resolved_by,
        "resolvedAt": one.resolved_at,
        "resolution": one.resolution,
        "version": one.version,
        "allowedActions": _allowed(one, person, iteration),
    }


def _allowed(one: Impediment, person: Person, iteration: Iteration) -> list[str]:
    may = may_keep(person, one.migration_id, (one.step_id, one.team_id))
    if not may or iteration.state is IterationState.CLOSED:
        return []
    return ["change", "resolve"] if one.state is ImpedimentState.OPEN else ["reopen"]
