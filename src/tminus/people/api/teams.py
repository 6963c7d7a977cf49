"""Routes of a migration's people: who has which role, the teams, and who is in them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request

from tminus.people import queries, schemas
from tminus.people.api.deps import SeenDep
from tminus.people.commands import roles, teams
from tminus.people.domain.rights import Right, require
from tminus.people.identify import PersonDep
from tminus.platform.http.state import database_of

router = APIRouter(tags=["people"])


@router.get("/migrations/{migration_id}/people", response_model=schemas.PeopleHere)
async def get_people(request: Request, migration_id: UUID, person: PersonDep) -> Any:
    """List who has a role or a team in a migration."""
    require(person, Right.SEE, migration_id)
    async with database_of(request).read() as connection:
        return {"items": await queries.people_here(connection, migration_id), "next": None}


@router.put("/migrations/{migration_id}/people/{user_id}/roles", response_model=schemas.PersonHere)
async def put_roles(
    request: Request, migration_id: UUID, user_id: UUID, person: PersonDep, body: schemas.RolesRequest
) -> Any:
    """Make these the roles a person has in a migration, if they are still those that were seen."""
    database = database_of(request)
    wanted, was = frozenset(body.roles), frozenset(body.was)
    await roles.set_roles(database, person, migration_id, user_id, wanted, was)
    async with database.read() as connection:
        return await queries.person_here(connection, migration_id, user_id)


@router.get("/teams", response_model=schemas.TeamList)
async def get_teams(
    request: Request, person: PersonDep, migration_id: Annotated[UUID, Query(alias="migrationId")]
) -> Any:
    """List a migration's teams with their members."""
    require(person, Right.SEE, migration_id)
    async with database_of(request).read() as connection:
        return {"items": await queries.list_teams(connection, migration_id), "next": None}


@router.post("/migrations/{migration_id}/teams", status_code=201, response_model=schemas.TeamWithMembers)
async def add_team(
    request: Request, migration_id: UUID, person: PersonDep, body: schemas.NewTeamRequest
) -> Any:
    """Make a team; its code stays, since plans name it."""
    words = teams.TeamWords(body.name, body.email, body.phone)
    team_id = await teams.create_team(database_of(request), person, migration_id, body.code, words)
    return await _team(request, team_id)


@router.patch("/teams/{team_id}", response_model=schemas.TeamWithMembers)
async def change_team(
    request: Request, team_id: UUID, person: PersonDep, body: schemas.TeamChange, seen: SeenDep
) -> Any:
    """Change what is said about a team as it was seen (`If-Match`)."""
    wanted = body.model_dump(exclude_unset=True)
    await teams.change_team(database_of(request), person, team_id, wanted, seen)
    return await _team(request, team_id)


@router.delete("/teams/{team_id}", status_code=204)
async def delete_team(request: Request, team_id: UUID, person: PersonDep) -> None:
    """Delete a team that no plan and no iteration names."""
    await teams.delete_team(database_of(request), person, team_id)


@router.put("/teams/{team_id}/members", response_model=schemas.TeamWithMembers)
async def put_members(
    request: Request, team_id: UUID, person: PersonDep, body: schemas.MembersRequest
) -> Any:
    """Make these the members of a team, if they are still those that were seen."""
    await teams.set_members(database_of(request), person, team_id, body.user_ids, body.was)
    return await _team(request, team_id)


async def _team(request: Request, team_id: UUID) -> dict[str, Any]:
    async with database_of(request).read() as connection:
        return await queries.one_team(connection, team_id)
