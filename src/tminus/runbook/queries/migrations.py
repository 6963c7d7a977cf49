"""Migrations with their iterations, as the first screen lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, may, require
from tminus.runbook.domain.migration import MigrationStatus, allowed_actions, may_end
from tminus.runbook.domain.rag import OpenImpediment, Rag, rag_of, worst_of
from tminus.runbook.domain.state import IterationState
from tminus.runbook.queries.iteration import iterations_of
from tminus.runbook.store.forecasts import chances
from tminus.runbook.store.rollup import Placed, open_impediments

_ALL = text("SELECT * FROM migrations ORDER BY name")

_ENDED = ("closed", "abandoned", "complete", "backed_out")
"""States of iterations whose impediments hold nobody any more."""


async def migrations_view(connection: AsyncConnection, person: Person) -> list[dict[str, Any]]:
    """Return the migrations this person may see, by name."""
    rows = [row for row in await connection.execute(_ALL) if may(person, Right.SEE, row.id)]
    iterations = await iterations_of(connection, [row.id for row in rows])
    lights = await _lights(connection, iterations)
    return [_view(row, person, iterations[row.id], lights[row.id]) for row in rows]


async def migration_view(connection: AsyncConnection, person: Person, key: UUID) -> dict[str, Any]:
    """Return one migration; raise `NotFound` or `Forbidden`."""
    found = next((row for row in await connection.execute(_ALL) if row.id == key), None)
    if found is None:
        raise NotFound("There is no such migration.", hint="Choose one from the list of migrations.")
    require(person, Right.SEE, key)
    iterations = await iterations_of(connection, [key])
    return _view(found, person, iterations[key], (await _lights(connection, iterations))[key])


async def _lights(
    connection: AsyncConnection, iterations: dict[UUID, list[dict[str, Any]]]
) -> dict[UUID, Rag]:
    """Return the light of each migration: the worst of its iterations that have not ended."""
    open_ones = {
        key: [
            (UUID(one["id"]), str(one["name"]), one["state"] == IterationState.BACKING_OUT)
            for one in of
            if one["state"] not in _ENDED
        ]
        for key, of in iterations.items()
    }
    asked = [key for of in open_ones.values() for key, _, _ in of]
    placed = await open_impediments(connection, asked) if asked else []
    chance = await chances(connection, asked) if asked else {}
    return {
        migration: worst_of(
            [
                (name, rag_of(_on(key, placed), chance.get(key), way_back=way_back))
                for key, name, way_back in of
            ]
        )
        for migration, of in open_ones.items()
    }


def _on(iteration_id: UUID, placed: Sequence[Placed]) -> list[OpenImpediment]:
    return [one.impediment for one in placed if one.iteration_id == iteration_id]


def _view(row: Row[Any], person: Person, iterations: list[dict[str, Any]], rag: Rag) -> dict[str, Any]:
    states = [IterationState(one["state"]) for one in iterations]
    actions = allowed_actions(MigrationStatus(row.status), states) if may_end(person, row.id) else []
    return {
        "id": str(row.id),
        "key": row.key,
        "name": row.name,
        "description": row.description,
        "status": row.status,
        "statusAt": instant(row.status_at) if row.status_at else None,
        "statusBy": row.status_by,
        "statusReason": row.status_reason,
        "zone": row.zone,
        "version": row.version,
        "roles": sorted(role.value for role in person.roles_in(row.id)),
        "allowedActions": actions,
        "rag": rag.shown(),
        "iterations": iterations,
    }
