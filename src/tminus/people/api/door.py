"""Routes of coming in and going out: session, links, passwords."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus import __version__
from tminus.kernel.errors import Forbidden
from tminus.people import queries, schemas
from tminus.people.api.deps import by_program, session_cookie, set_cookie, visitor_of
from tminus.people.commands import passwords
from tminus.people.commands import sign_in as doors
from tminus.people.domain.rights import Person
from tminus.people.identify import PersonDep
from tminus.platform import clock
from tminus.platform.http.csrf import cookie_name
from tminus.platform.http.state import database_of, settings_of
from tminus.platform.settings import Settings

router = APIRouter(tags=["people"])


@router.get("/session", response_model=schemas.Session)
async def get_session(request: Request, person: PersonDep) -> Any:
    """Say who is signed in, and for whom they stand in."""
    async with database_of(request).read() as connection:
        return await _session(connection, settings_of(request), person)


@router.post("/sign-in", response_model=schemas.Session)
async def sign_in(request: Request, response: Response, body: schemas.SignInRequest) -> Any:
    """Sign in with a one-time link; the answer sets the session's cookie."""
    came = await doors.sign_in(database_of(request), settings_of(request), visitor_of(request), body.token)
    return await _signed_in(request, response, *came)


@router.post("/sign-in/password", response_model=schemas.Session)
async def sign_in_with_password(request: Request, response: Response, body: schemas.PasswordSignIn) -> Any:
    """Sign in with address and password; the refusal is the same whether the address is known or not."""
    came = await passwords.sign_in_with_password(
        database_of(request), settings_of(request), visitor_of(request), body.email, body.password
    )
    return await _signed_in(request, response, *came)


@router.post("/sign-in/link", status_code=202, response_model=schemas.Empty)
async def mail_link(request: Request, body: schemas.LinkRequest) -> Any:
    """Mail a one-time link; the answer is the same whether the address is known or not."""
    await doors.mail_link(database_of(request), settings_of(request), visitor_of(request), body.email)
    return schemas.Empty()


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request, response: Response) -> None:
    """End the session; without one there is nothing to end, and the answer is the same."""
    cookie = session_cookie(request)
    if cookie:
        await doors.sign_out(database_of(request), visitor_of(request), cookie)
    settings = settings_of(request)
    secure = settings.secure_cookies
    response.delete_cookie(cookie_name(settings), secure=secure, httponly=True, samesite="lax")


@router.post("/session/password", status_code=204)
async def set_password(request: Request, person: PersonDep, body: schemas.NewPassword) -> None:
    """Set one's own password, the first or another; every other session of oneself ends."""
    _in_person(request)
    change = passwords.PasswordChange(body.new, body.current)
    cookie = session_cookie(request)
    await passwords.set_password(database_of(request), settings_of(request), person, change, cookie)


@router.delete("/session/password", status_code=204)
async def remove_password(request: Request, person: PersonDep, body: schemas.CurrentPassword) -> None:
    """Remove one's own password; one signs in by links again."""
    _in_person(request)
    await passwords.remove_password(database_of(request), person, body.current)


def _in_person(request: Request) -> None:
    if by_program(request):
        raise Forbidden(
            "A token cannot set or remove a password: whoever found it could outlast its end. Nothing was changed.",
            hint="Sign in on the page.",
        )


async def _signed_in(request: Request, response: Response, person: Person, cookie: str) -> dict[str, Any]:
    """Give the new cookie; the session of the one before, if there was one, ends."""
    database, settings = database_of(request), settings_of(request)
    old = session_cookie(request)
    if old:
        await doors.sign_out(database, visitor_of(request), old)
    set_cookie(response, settings, cookie)
    async with database.read() as connection:
        return await _session(connection, settings, person)


async def _session(connection: AsyncConnection, settings: Settings, person: Person) -> dict[str, Any]:
    key = person.id
    user = {
        "id": key,
        "name": person.name,
        "email": person.email,
        "isAdmin": person.is_admin,
        "hasPassword": (await queries.one_user(connection, key))["has_password"] if key else False,
        "substituting": await queries.acting_for(connection, key) if key else [],
    }
    now = await clock.server_now(connection)
    demo, url = settings.demo, settings.base_url
    return {"user": user, "demo": demo, "publicUrl": url, "version": __version__, "now": now}
