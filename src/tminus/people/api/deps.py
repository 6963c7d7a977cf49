"""What several routes of people take from the request."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from tminus.kernel.errors import Invalid
from tminus.people.commands.sign_in import Visitor
from tminus.people.identify import BEARER
from tminus.platform.http.address import address_of
from tminus.platform.http.csrf import cookie_name
from tminus.platform.http.state import settings_of
from tminus.platform.settings import Settings

_VERSION = re.compile(r'(?:W/)?"(\d{1,9})"')


async def seen_version(
    if_match: Annotated[str | None, Header(description='The version that was seen, as in `"3"`.')] = None,
) -> int | None:
    """Return the version that the asker has seen; None = whatever it is. Raises `Invalid`."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = _VERSION.fullmatch(if_match.strip())
    if found is None:
        raise Invalid("If-Match is not a version. Nothing was changed.", hint='Send it in quotes, as in "3".')
    return int(found[1])


SeenDep = Annotated[int | None, Depends(seen_version)]


def visitor_of(request: Request) -> Visitor:
    """Return who knocks."""
    return Visitor(address_of(request.scope, settings_of(request)), request.headers.get("user-agent"))


def session_cookie(request: Request) -> str | None:
    """Return the value of the session's cookie, if it came with one."""
    return request.cookies.get(cookie_name(settings_of(request)))


def by_program(request: Request) -> bool:
    """Tell whether the request brings a token rather than a session."""
    return request.headers.get("authorization", "").lower().startswith(BEARER)


def set_cookie(response: Response, settings: Settings, value: str) -> None:
    """Give the browser a session's cookie."""
    response.set_cookie(
        cookie_name(settings),
        value,
        max_age=settings.session_hours * 3600,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
