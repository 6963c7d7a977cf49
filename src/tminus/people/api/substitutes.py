"""Routes of substitutes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request

from tminus.people import queries, schemas
from tminus.people.commands import substitutes
from tminus.people.domain.rights import Right, require
from tminus.people.domain.substitutes import NewSubstitute
from tminus.people.identify import PersonDep
from tminus.platform.http.state import database_of

router = APIRouter(tags=["people"])
SUBSTITUTES = "/migrations/{migration_id}/substitutes"


@router.get(SUBSTITUTES, response_model=schemas.SubstituteList)
async def get_substitutes(request: Request, migration_id: UUID, person: PersonDep) -> Any:
    """List who stands in for whom, and who did."""
    require(person, Right.SEE, migration_id)
    async with database_of(request).read() as connection:
        return {"items": await queries.list_substitutes(connection, migration_id), "next": None}


@router.post(SUBSTITUTES, status_code=201, response_model=schemas.Substitute)
async def name_substitute(
    request: Request, migration_id: UUID, person: PersonDep, body: schemas.NewSubstituteRequest
) -> Any:
    """Let somebody do what another may in this migration, for a while; both names stand in the log."""
    wanted = NewSubstitute(body.absent_id, body.substitute_id, body.begins, body.until, body.iteration_id)
    key = await substitutes.name_substitute(database_of(request), person, migration_id, wanted)
    return await _substitute(request, key)


@router.post(f"{SUBSTITUTES}/{{substitute_id}}/end", response_model=schemas.Substitute)
async def end_substitute(request: Request, migration_id: UUID, substitute_id: UUID, person: PersonDep) -> Any:
    """End it before its time, or call it off; one that is over stays as it is."""
    await substitutes.end_substitute(database_of(request), person, migration_id, substitute_id)
    return await _substitute(request, substitute_id)


async def _substitute(request: Request, key: UUID) -> dict[str, Any]:
    async with database_of(request).read() as connection:
        return await queries.one_substitute(connection, key)
