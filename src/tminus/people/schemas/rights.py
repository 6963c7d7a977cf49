"""Shapes of who has which role in a migration, and of what roles let one do."""

from __future__ import annotations

from uuid import UUID

from tminus.people.domain.rights import Role
from tminus.people.schemas.shape import PeopleShape
from tminus.people.schemas.teams import TeamRef
from tminus.people.schemas.users import Roles


class PersonHere(PeopleShape):
    """A person with the roles and teams held in one migration."""

    user_id: UUID
    name: str
    email: str
    phone: str | None
    active: bool
    roles: list[Role]
    teams: list[TeamRef]


class PeopleHere(PeopleShape):
    """Who has a role or a team in a migration, by name."""

    items: list[PersonHere]
    next: str | None = None


class RolesRequest(PeopleShape):
    """The roles a person is to have in a migration, and those that were on the screen."""

    roles: Roles
    was: Roles


class RightRow(PeopleShape):
    """One right, in words, and the roles that give it; `ownTeamOnly` = as far as the teams one is in."""

    right: str
    name: str
    roles: list[Role]
    own_team_only: bool


class RightsTable(PeopleShape):
    """Who may do what; admins see all, and are the ones who administer."""

    roles: list[Role]
    rights: list[RightRow]
