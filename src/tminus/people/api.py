"""Routes of people: session, sign-in, tokens, clock, teams."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus import __version__
from tminus.kernel.errors import Forbidden
from tminus.people import queries, schemas
from tminus.people.commands import clock as clock_commands
from tminus.people.commands import sign_in as doors
from tminus.people.commands import tokens as token_commands
from tminus.people.domain.rights import Person, Right, require
from tminus.people.identify import BEARER, PersonDep, current_person
from tminus.platform import clock
from tminus.platform.auth import tokens
from tminus.platform.http.address import address_of
from tminus.platform.http.csrf import cookie_name
from tminus.platform.http.state import database_of, settings_of
from tminus.platform.settings import Settings

__all__ = ["PersonDep", "current_person", "router"]

router = APIRouter(tags=["people"])


@router.get("/session", response_model=schemas.Session)
async def get_session(request: Request, person: PersonDep) -> Any:
    """Say who is signed in."""
    async with database_of(request).read() as connection:
        return await _session(connection, settings_of(request), person)


@router.post("/sign-in", response_model=schemas.Session)
async def sign_in(request: Request, response: Response, body: schemas.SignInRequest) -> Any:
    """Sign in with a one-time link; the answer sets the session's cookie."""
    database, settings = database_of(request), settings_of(request)
    person, cookie = await doors.sign_in(database, settings, _visitor(request), body.token)
    old = request.cookies.get(cookie_name(settings))
    if old:
        await doors.sign_out(database, _visitor(request), old)
    _set_cookie(response, settings, cookie)
    async with database.read() as connection:
        return await _session(connection, settings, person)


@router.post("/sign-in/link", status_code=202, response_model=schemas.Empty)
async def mail_link(request: Request, body: schemas.LinkRequest) -> Any:
    """Mail a one-time link; the answer is the same whether the address is known or not."""
    await doors.mail_link(database_of(request), settings_of(request), _visitor(request), body.email)
    return schemas.Empty()


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request, response: Response) -> None:
    """End the session; without one there is nothing to end, and the answer is the same."""
    settings = settings_of(request)
    cookie = request.cookies.get(cookie_name(settings))
    if cookie:
        await doors.sign_out(database_of(request), _visitor(request), cookie)
    secure = settings.secure_cookies
    response.delete_cookie(cookie_name(settings), secure=secure, httponly=True, samesite="lax")


@router.get("/tokens", response_model=schemas.TokenList)
async def get_tokens(request: Request, person: PersonDep) -> Any:
    """List one's own tokens."""
    async with database_of(request).read() as connection:
        found = await tokens.of_person(connection, person.id) if person.id else []
    return {"items": [_token(token) for token in found], "next": None}


@router.post("/tokens", status_code=201, response_model=schemas.IssuedToken)
async def issue_token(request: Request, person: PersonDep, body: schemas.TokenRequest) -> Any:
    """Make a token for oneself; its secret is in this answer and nowhere else."""
    if person.id is None or request.headers.get("authorization", "").lower().startswith(BEARER):
        raise Forbidden(
            "A token cannot make another: whoever found it could outlast its end. None was made.",
            hint="Sign in on the page, or use `tminus token create` on the server.",
        )
    new = token_commands.NewToken(person.id, body.name, body.expires_in_days)
    token, secret = await token_commands.issue_token(database_of(request), person, new)
    return {**_token(token), "token": secret}


@router.delete("/tokens/{token_id}", status_code=204)
async def revoke_token(request: Request, token_id: UUID, person: PersonDep) -> None:
    """Revoke a token; it stops working at once."""
    await token_commands.revoke_token(database_of(request), person, token_id)


@router.get("/clock", response_model=schemas.Clock)
async def get_clock(request: Request, person: PersonDep) -> Any:
    """Give Tminus's clock."""
    return await _clock(request, person)


@router.post("/clock/advance", response_model=schemas.Clock)
async def advance_clock(request: Request, person: PersonDep, body: schemas.ClockRequest) -> Any:
    """Move the clock forward for everybody, in a demo."""
    movable = settings_of(request).demo
    await clock_commands.advance_clock(database_of(request), person, body.seconds, movable=movable)
    return await _clock(request, person)


@router.get("/teams", response_model=schemas.TeamList)
async def get_teams(
    request: Request, person: PersonDep, migration_id: Annotated[UUID, Query(alias="migrationId")]
) -> Any:
    """List a migration's teams with their members."""
    require(person, Right.SEE, migration_id)
    async with database_of(request).read() as connection:
        return {"items": await queries.list_teams(connection, migration_id), "next": None}


async def _session(connection: AsyncConnection, settings: Settings, person: Person) -> dict[str, Any]:
    user = {"id": person.id, "name": person.name, "email": person.email, "isAdmin": person.is_admin}
    now = await clock.server_now(connection)
    demo, url = settings.demo, settings.base_url
    return {"user": user, "demo": demo, "publicUrl": url, "version": __version__, "now": now}


async def _clock(request: Request, person: Person) -> dict[str, Any]:
    async with database_of(request).read() as connection:
        now, offset = await clock.server_now(connection), await clock.offset_seconds(connection)
    movable = settings_of(request).demo and clock_commands.may_move(person)
    return {"now": now, "offsetSeconds": offset, "movable": movable}


def _token(token: tokens.Token) -> dict[str, Any]:
    shown = asdict(token)
    del shown["user_id"]
    return shown


def _visitor(request: Request) -> doors.Visitor:
    return doors.Visitor(address_of(request.scope, settings_of(request)), request.headers.get("user-agent"))


def _set_cookie(response: Response, settings: Settings, value: str) -> None:
    response.set_cookie(
        cookie_name(settings),
        value,
        max_age=settings.session_hours * 3600,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
