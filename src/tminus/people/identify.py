"""Who asks: taken from the session's cookie or a bearer token, for requests and for the live channel."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Annotated, Any

from fastapi import Depends, Request

from tminus.kernel.errors import Unauthenticated
from tminus.people.domain.rights import Person
from tminus.people.queries import person_by_session, person_by_token
from tminus.platform.auth import tokens
from tminus.platform.auth.aside import aside
from tminus.platform.database import Database
from tminus.platform.http.csrf import PLAIN_COOKIE, SECURE_COOKIE, cookie_name
from tminus.platform.http.state import database_of, settings_of

BEARER = "bearer "


async def current_person(request: Request) -> Person:
    """Return who is signed in; raises `Unauthenticated` where nobody is."""
    authorization = request.headers.get("authorization", "")
    if authorization.lower().startswith(BEARER):
        person = await by_token(database_of(request), authorization[len(BEARER) :].strip())
    else:
        cookie = request.cookies.get(cookie_name(settings_of(request)))
        person = await by_cookie(database_of(request), cookie)
    request.state.user_id = person.id
    return person


PersonDep = Annotated[Person, Depends(current_person)]


async def by_cookie(database: Database, cookie: str | None) -> Person:
    """Return whose session it is, or raise `Unauthenticated`."""
    if not cookie:
        raise Unauthenticated("Nobody is signed in.", hint="Sign in with a link, or send an API token.")
    person = await person_by_session(database.lookups, cookie)
    if person is None:
        raise Unauthenticated(
            "This session is over. What you did before is kept.", code="session_over", hint="Sign in again."
        )
    return person


async def by_token(database: Database, secret: str) -> Person:
    """Return whose token it is and note its use, or raise `Unauthenticated`."""
    use = await person_by_token(database.lookups, secret)
    if use is None:
        raise Unauthenticated(
            "This API token is unknown, revoked or expired.",
            code="token_invalid",
            hint="Make a new one in the settings, or with `tminus token create`.",
        )
    if use.stale:
        async with aside(database) as connection:
            await tokens.touch(connection, use.token_id)
    return use.person


async def identify_environ(database: Database, environ: Mapping[str, Any], auth: Any) -> Person:
    """Return who opens a live connection: by `auth.token`, a bearer header, or the cookie.

    Raises `Unauthenticated`. That a page of another site cannot connect with the cookie is the live server's
    check of the origin.
    """
    token = auth.get("token") if isinstance(auth, Mapping) else None
    header = str(environ.get("HTTP_AUTHORIZATION", ""))
    if token is None and header.lower().startswith(BEARER):
        token = header[len(BEARER) :].strip()
    if token is not None:
        return await by_token(database, str(token))
    return await by_cookie(database, _cookie(str(environ.get("HTTP_COOKIE", ""))))


def _cookie(header: str) -> str | None:
    try:
        cookies = SimpleCookie(header)
    except CookieError:
        return None
    found = cookies.get(SECURE_COOKIE) or cookies.get(PLAIN_COOKIE)
    return found.value if found else None
