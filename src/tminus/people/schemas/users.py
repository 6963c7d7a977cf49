"""Shapes of users, teams and roles."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from tminus.people.domain.rights import Role
from tminus.people.schemas.shape import Email, Name, PeopleShape, Phone

Keys = Annotated[list[UUID], Field(max_length=1000)]
Roles = Annotated[list[Role], Field(max_length=10)]


class User(PeopleShape):
    """A person who can sign in; `active` false = shut out. `createdAt` is by Tminus's clock."""

    id: UUID
    email: str
    name: str
    phone: str | None
    is_admin: bool
    active: bool
    has_password: bool
    created_at: datetime
    version: int


class UserList(PeopleShape):
    """Everybody, by name."""

    items: list[User]
    next: str | None = None


class NewUserRequest(PeopleShape):
    """A person to be added."""

    email: Email
    name: Name
    phone: Phone | None = None
    is_admin: bool = False


class UserChange(PeopleShape):
    """What is to be different; a member that is absent stays as it is, and `phone` null clears it."""

    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    is_admin: bool | None = None
    active: bool | None = None


class LeftTeam(PeopleShape):
    """A team that loses somebody, and how many active members it then has."""

    code: str
    name: str
    members_left: int


class Leaves(PeopleShape):
    """What a person leaves behind who was shut out: the teams, and the codes of those that now have nobody.

    Their steps stay as they are.
    """

    teams: list[LeftTeam]
    sole_member_of: list[str]


class ChangedUser(PeopleShape):
    """The person as they are now; `leaves` where they were just shut out."""

    user: User
    leaves: Leaves | None


class EndedSessions(PeopleShape):
    """How many sessions ended."""

    sessions: int


class SignInLink(PeopleShape):
    """A one-time link to hand over; it is in this answer and nowhere else. `expiresAt` is wall time."""

    url: str
    expires_at: datetime
