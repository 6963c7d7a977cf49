"""Who asks: a person with the roles and teams held at this moment, and those they stand in for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tminus.kernel.actor import Actor


class Role(StrEnum):
    """A person's role in one migration; several may be held. Admin is not one of them: it is global."""

    VIEWER = "viewer"
    MEMBER = "member"
    DATA_LEAD = "data_lead"
    PILOT = "pilot"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, with roles and teams as they are now. `machine` = the command line on the server.

    `substituting` = those this person stands in for at this moment, each with no more than their roles and teams
    in the one migration it is for.
    """

    id: UUID | None
    name: str
    email: str = ""
    is_admin: bool = False
    machine: bool = False
    roles: Mapping[UUID, frozenset[Role]] = field(default_factory=dict)
    teams: frozenset[UUID] = frozenset()
    substituting: tuple[Person, ...] = ()

    @property
    def actor(self) -> Actor:
        """How the log names this person."""
        return Actor(self.id, self.name)

    @property
    def all_teams(self) -> frozenset[UUID]:
        """The teams one is in, and those of whom one stands in for."""
        return self.teams.union(*(absent.teams for absent in self.substituting))

    @property
    def migrations(self) -> frozenset[UUID]:
        """The migrations in which one has a role, of one's own or as a substitute."""
        return frozenset(self.roles).union(*(absent.roles for absent in self.substituting))

    def roles_in(self, migration_id: UUID | None) -> frozenset[Role]:
        """Return the roles one has in a migration, and those of whom one stands in for."""
        held = [one.roles.get(migration_id) for one in (self, *self.substituting) if migration_id]
        return frozenset().union(*(roles for roles in held if roles))
