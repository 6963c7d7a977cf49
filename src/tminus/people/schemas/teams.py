"""Shapes of teams and their members."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from tminus.people.schemas.shape import Email, Name, PeopleShape, Phone
from tminus.people.schemas.users import Keys


class TeamRef(PeopleShape):
    """A team by its key, code and name."""

    id: UUID
    code: str
    name: str


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
    version: int
    steps_using: int


class TeamList(PeopleShape):
    """A migration's teams, by code."""

    items: list[TeamWithMembers]
    next: str | None = None


class NewTeamRequest(PeopleShape):
    """A team to be made; its code stays, since plans name it."""

    code: Annotated[str, Field(min_length=1, max_length=60)]
    name: Name
    email: Email | None = None
    phone: Phone | None = None


class TeamChange(PeopleShape):
    """What is to be different; a member that is absent stays as it is, and null clears mail and phone."""

    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None


class MembersRequest(PeopleShape):
    """Who is to be in a team, and who was on the screen."""

    user_ids: Keys
    was: Keys
