"""Routes of users, for admins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request

from tminus.people import queries, schemas
from tminus.people.api.deps import SeenDep
from tminus.people.commands import passwords, users
from tminus.people.commands.sign_in import hand_over_link
from tminus.people.domain.rights import Right, require
from tminus.people.identify import PersonDep
from tminus.platform.http.state import database_of, settings_of

router = APIRouter(tags=["people"])


@router.get("/users", response_model=schemas.UserList)
async def get_users(request: Request, person: PersonDep) -> Any:
    """List everybody, who is shut out too."""
    require(person, Right.ADMINISTER, None, asked="Seeing everybody's account")
    async with database_of(request).read() as connection:
        return {"items": await queries.list_users(connection), "next": None}


@router.post("/users", status_code=201, response_model=schemas.User)
async def add_user(request: Request, person: PersonDep, body: schemas.NewUserRequest) -> Any:
    """Add a person; they sign in with a link."""
    database = database_of(request)
    new = users.NewUser(body.email, body.name, body.is_admin, body.phone)
    user_id = await users.create_user(database, person, new)
    async with database.read() as connection:
        return await queries.one_user(connection, user_id)


@router.patch("/users/{user_id}", response_model=schemas.ChangedUser)
async def change_user(
    request: Request, user_id: UUID, person: PersonDep, body: schemas.UserChange, seen: SeenDep
) -> Any:
    """Change a person as they were seen (`If-Match`), shut them out or let them in again.

    Who is shut out is signed out everywhere at once; the answer says which teams lose them. Steps stay with the team.
    """
    database = database_of(request)
    wanted = body.model_dump(exclude_unset=True)
    shut_out = await users.change_user(database, person, user_id, wanted, seen)
    async with database.read() as connection:
        leaves = await queries.leaving(connection, user_id) if shut_out else None
        return {"user": await queries.one_user(connection, user_id), "leaves": leaves}


@router.post("/users/{user_id}/sign-out", response_model=schemas.EndedSessions)
async def sign_user_out(request: Request, user_id: UUID, person: PersonDep) -> Any:
    """End every session of a person; one's own need no right."""
    return {"sessions": await users.end_sessions(database_of(request), person, user_id)}


@router.post("/users/{user_id}/sign-in-link", response_model=schemas.SignInLink)
async def make_sign_in_link(request: Request, user_id: UUID, person: PersonDep) -> Any:
    """Make a one-time link to hand over; it is shown this once."""
    url, expires_at = await hand_over_link(database_of(request), settings_of(request), person, user_id)
    return {"url": url, "expires_at": expires_at}


@router.delete("/users/{user_id}/password", response_model=schemas.EndedSessions)
async def remove_users_password(request: Request, user_id: UUID, person: PersonDep) -> Any:
    """Remove a person's password that became known, and end every session of theirs; links go on working."""
    return {"sessions": await passwords.take_password(database_of(request), person, user_id)}
