"""Who may do what: the one place where it is decided, per migration and team.

The table is the product's own (docs/reference/rights.md); a row here is a row there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Forbidden


class Role(StrEnum):
    """A person's role in one migration; several may be held. Admin is not one of them: it is global."""

    VIEWER = "viewer"
    MEMBER = "member"
    DATA_LEAD = "data_lead"
    PILOT = "pilot"
    APPROVER = "approver"


class Right(StrEnum):
    """What may be asked for."""

    SEE = "see"
    OWN_STEPS = "own team's steps and tasks"
    ANY_STEP = "any step"
    ITERATIONS = "iterations"
    PLANS = "plans"
    DECIDE = "decisions"
    ADMINISTER = "migrations, users, teams, tokens and settings"


EVERYONE = frozenset(Role)
RIGHTS: Mapping[Right, frozenset[Role]] = {
    Right.SEE: EVERYONE,
    Right.OWN_STEPS: frozenset({Role.MEMBER, Role.DATA_LEAD, Role.PILOT}),
    Right.ANY_STEP: frozenset({Role.PILOT}),
    Right.ITERATIONS: frozenset({Role.PILOT}),
    Right.PLANS: frozenset({Role.PILOT}),
    Right.DECIDE: frozenset({Role.APPROVER}),
    Right.ADMINISTER: frozenset(),
}
ADMIN_RIGHTS = frozenset({Right.SEE, Right.ADMINISTER})
MACHINE_RIGHTS = frozenset({Right.SEE, Right.PLANS, Right.ITERATIONS, Right.ADMINISTER})
"""What the user of the server's own machine may do through the command line; never act on a step."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, with roles and teams as they are now. `machine` = the command line on the server."""

    id: UUID | None
    name: str
    email: str = ""
    is_admin: bool = False
    machine: bool = False
    roles: Mapping[UUID, frozenset[Role]] = field(default_factory=dict)
    teams: frozenset[UUID] = frozenset()

    @property
    def actor(self) -> Actor:
        """How the log names this person."""
        return Actor(self.id, self.name)


def may(person: Person, right: Right, migration_id: UUID | None, team_id: UUID | None = None) -> bool:
    """Tell whether `person` has `right` in a migration; `team_id` is the team that owns what is acted on."""
    if person.machine and right in MACHINE_RIGHTS:
        return True
    if person.is_admin and right in ADMIN_RIGHTS:
        return True
    held = person.roles.get(migration_id, frozenset()) if migration_id else frozenset()
    if not held & RIGHTS[right]:
        return False
    return right is not Right.OWN_STEPS or (team_id is not None and team_id in person.teams)


def require(person: Person, right: Right, migration_id: UUID | None, team_id: UUID | None = None) -> None:
    """Raise `Forbidden`, naming the roles that have the right, if `person` has it not."""
    if may(person, right, migration_id, team_id):
        return
    roles = sorted(role.value.replace("_", " ") for role in RIGHTS[right]) or ["admin"]
    raise Forbidden(
        f"This takes the right to “{right.value}” here, which {_listed(roles)} has. You have not.",
        hint="Ask an admin to give you the role, or somebody who has it to do this.",
    )


def _listed(roles: list[str]) -> str:
    return " or ".join(f"a{'n' if role[0] in 'aeio' else ''} {role}" for role in roles)
