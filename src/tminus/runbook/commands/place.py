"""Finding where a command of the conversation is meant for."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Right, require
from tminus.runbook.commands.services import Caller
from tminus.runbook.store import places
from tminus.runbook.store.places import Place


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
