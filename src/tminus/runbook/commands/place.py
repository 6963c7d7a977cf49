"""Finding what a command is meant for: the migration of an iteration, and a step of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, require
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.store import lookup, places
from tminus.runbook.store.places import Place


async def seen_migration(services: Services, person: Person, iteration_id: UUID) -> UUID:
    """Return the migration of an iteration. Raises `NotFound`, and `Forbidden` for who may not see it."""
    async with services.database.read() as connection:
        migration_id = await lookup.migration_of(connection, iteration_id)
    if migration_id is None:
        raise NotFound("There is no such iteration.", hint="Open it from the list of migrations.")
    require(person, Right.SEE, migration_id)
    return migration_id


async def seen_place(
    connection: AsyncConnection, caller: Caller, iteration_id: UUID, code: str | None
) -> Place:
    """Return the iteration or the step of it. Raises `NotFound`, and `Forbidden` for who may not see it."""
    place = await places.find_place(connection, iteration_id, code)
    if place is None:
        raise NotFound("There is no such iteration.", hint="Open it from the list of migrations.")
    require(caller.person, Right.SEE, place.migration_id)
    if code is not None and place.step_id is None:
        raise NotFound(
            f"There is no step {code[:80]} in {place.iteration_name}. Nothing was written.",
            hint="Check the code on the runsheet.",
        )
    return place
