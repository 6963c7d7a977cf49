"""Shapes of coming in: session, links, passwords, tokens, the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from tminus.people.schemas.shape import Email, PeopleShape, Secret

Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
"""Taken as it is: nothing is cut off, no blank is stripped. What makes a good one is said by the command."""


class Acting(PeopleShape):
    """For whom one stands in now: their name, in which migration, until when by Tminus's clock."""

    migration_id: UUID
    name: str
    until: datetime


class SessionUser(PeopleShape):
    """Who is signed in; `id` is null for nobody but the machine's own user, who has no session."""

    id: UUID
    name: str
    email: str
    is_admin: bool
    has_password: bool
    substituting: list[Acting]


class Session(PeopleShape):
    """What the page needs to begin. `now` is Tminus's clock."""

    user: SessionUser
    demo: bool
    public_url: str
    version: str
    now: datetime


class SignInRequest(PeopleShape):
    """The secret of a one-time link: what stands behind its `#`."""

    token: Secret


class PasswordSignIn(PeopleShape):
    """A mail address and the password that belongs to it."""

    email: Email
    password: Password


class NewPassword(PeopleShape):
    """A password to be set; `current` is needed where there is one already."""

    current: Password | None = None
    new: Password


class CurrentPassword(PeopleShape):
    """The password one has, to show that it is oneself."""

    current: Password


class LinkRequest(PeopleShape):
    """Where a new link is to be mailed."""

    email: Email


class TokenRequest(PeopleShape):
    """A token to be made; without `expiresInDays` it lasts until it is revoked."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    expires_in_days: Annotated[int, Field(ge=1, le=3650)] | None = None


class Token(PeopleShape):
    """A token, without its secret; times are wall time."""

    id: UUID
    name: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class IssuedToken(Token):
    """A token that was just made: the only time its secret is shown."""

    token: str


class TokenList(PeopleShape):
    """A person's own tokens, newest first."""

    items: list[Token]
    next: str | None = None


class Clock(PeopleShape):
    """Tminus's clock: by how much it is ahead of wall time, and whether the asker may move it."""

    now: datetime
    offset_seconds: float
    movable: bool


class ClockRequest(PeopleShape):
    """By how much the clock is to move forward."""

    seconds: Annotated[int, Field(ge=1, le=604_800)]
