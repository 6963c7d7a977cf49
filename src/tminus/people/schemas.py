"""Shapes of the people's JSON: what is taken in, checked and bounded, and what is given back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

Secret = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class PeopleShape(BaseModel):
    """camelCase outside; a member nobody knows is refused rather than ignored."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class SessionUser(PeopleShape):
    """Who is signed in; `id` is null for nobody but the machine's own user, who has no session."""

    id: UUID
    name: str
    email: str
    is_admin: bool


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


class LinkRequest(PeopleShape):
    """Where a new link is to be mailed."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254)]


class Empty(PeopleShape):
    """Nothing more to say."""


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


class Member(PeopleShape):
    """A person in a team."""

    id: UUID
    name: str


class TeamWithMembers(PeopleShape):
    """A team and who is in it."""

    id: UUID
    code: str
    name: str
    email: str | None
    phone: str | None
    members: list[Member]


class TeamList(PeopleShape):
    """A migration's teams, by code."""

    items: list[TeamWithMembers]
    next: str | None = None
