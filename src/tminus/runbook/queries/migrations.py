"""Migrations with their iterations, as the first screen lists them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, may, require
from tminus.runbook.queries.iteration import iterations_of

_ALL = text("SELECT id, key, name, description, status, zone, version FROM migrations ORDER BY name")

NOT_EVALUATED = {"color": "grey", "reason": "Not evaluated: no impediments and no forecast are kept yet."}
"""Red, amber and green need impediments and a forecast; until then the light is off, and says so."""


async def migrations_view(connection: AsyncConnection, person: Person) -> list[dict[str, Any]]:
    """Return the migrations this person may see, by name."""
    rows = [row for row in await connection.execute(_ALL) if may(person, Right.SEE, row.id)]
    iterations = await iterations_of(connection, [row.id for row in rows])
    return [_view(row, person, iterations[row.id]) for row in rows]


async def migration_view(connection: AsyncConnection, person: Person, key: UUID) -> dict[str, Any]:
    """Return one migration; raise `NotFound` or `Forbidden`."""
    found = next((row for row in await connection.execute(_ALL) if row.id == key), None)
    if found is None:
        raise NotFound("There is no such migration.", hint="Choose one from the list of migrations.")
    require(person, Right.SEE, key)
    return _view(found, person, (await iterations_of(connection, [key]))[key])


def _view(row: Row[Any], person: Person, iterations: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "key": row.key,
        "name": row.name,
        "description": row.description,
        "status": row.status,
        "zone": row.zone,
        "version": row.version,
        "roles": sorted(role.value for role in person.roles_in(row.id)),
        "rag": NOT_EVALUATED,
        "iterations": iterations,
    }
