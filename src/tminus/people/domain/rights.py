"""Who may do what: the one place where it is decided, per migration and team.

The table is the product's own (docs/reference/rights.md); a row here is a row there.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.people.domain.person import Person, Role
from tminus.people.domain.refusals import Missing, refusal

__all__ = ["Person", "Right", "Role", "actor_for", "may", "require", "rights_of"]


class Right(StrEnum):
    """What may be asked for."""

    SEE = "see"
    OWN_STEPS = "own_steps"
    ANY_STEP = "any_step"
    ITERATIONS = "iterations"
    SCHEDULE = "schedule"
    PLANS = "plans"
    DATA = "data"
    ASK_ROLLBACK = "ask_rollback"
    CONFIRM_ROLLBACK = "confirm_rollback"
    DECIDE = "decide"
    SECOND_SIGNATURE = "second_signature"
    FOLLOW_UP = "follow_up"
    ADMINISTER = "administer"


EVERYONE = frozenset(Role)
_PILOT = frozenset({Role.PILOT})
_LEADS = frozenset({Role.DATA_LEAD, Role.PILOT})
RIGHTS: Mapping[Right, frozenset[Role]] = {
    Right.SEE: EVERYONE,
    Right.OWN_STEPS: frozenset({Role.MEMBER, Role.DATA_LEAD, Role.PILOT}),
    Right.ANY_STEP: _PILOT,
    Right.ITERATIONS: _PILOT,
    Right.SCHEDULE: _PILOT,
    Right.PLANS: _PILOT,
    Right.DATA: _LEADS,
    Right.ASK_ROLLBACK: _LEADS,
    Right.CONFIRM_ROLLBACK: frozenset({Role.APPROVER}),
    Right.DECIDE: frozenset({Role.APPROVER}),
    Right.SECOND_SIGNATURE: frozenset({Role.PILOT, Role.APPROVER}),
    Right.FOLLOW_UP: frozenset({Role.DATA_LEAD, Role.PILOT, Role.APPROVER}),
    Right.ADMINISTER: frozenset(),
}
OF_ONES_TEAM = frozenset({Right.OWN_STEPS})
"""Rights that end at the teams one is in: the one that owns a step or task, the one that validates a control."""
ASKED: Mapping[Right, str] = {
    Right.SEE: "Seeing this migration",
    Right.OWN_STEPS: "Working on this step",
    Right.ANY_STEP: "Steering the steps of every team",
    Right.ITERATIONS: "Making and moving iterations",
    Right.SCHEDULE: "Changing the schedule",
    Right.PLANS: "Working on plans",
    Right.DATA: "Loading and mapping data",
    Right.ASK_ROLLBACK: "Asking for a rollback",
    Right.CONFIRM_ROLLBACK: "Confirming a rollback",
    Right.DECIDE: "Taking this decision",
    Right.SECOND_SIGNATURE: "Giving the second signature",
    Right.FOLLOW_UP: "Keeping the checklist, alerts, timeline and reports",
    Right.ADMINISTER: "Managing migrations, people, teams, tokens and settings",
}
"""What each right lets one do, as the subject of a sentence."""
ADMIN_RIGHTS = frozenset({Right.SEE, Right.ADMINISTER})
MACHINE_RIGHTS = frozenset({Right.SEE, Right.PLANS, Right.ITERATIONS, Right.ADMINISTER})
"""What the user of the server's own machine may do through the command line; never act on a step."""


def may(person: Person, right: Right, migration_id: UUID | None, team_id: UUID | None = None) -> bool:
    """Tell whether `person` has `right` in a migration, alone or as somebody's substitute.

    `team_id` = the team that owns what is acted on; for a control, the one that validates it.
    """
    who = (person, *person.substituting)
    return any(_may_alone(one, right, migration_id, team_id) for one in who)


def require(
    person: Person,
    right: Right,
    migration_id: UUID | None,
    team_id: UUID | None = None,
    *,
    asked: str | None = None,
) -> None:
    """Raise `Forbidden` if `person` has not the right, saying who has it and what one is instead.

    `asked` = what was asked for, as the subject of a sentence ("Scheduling CUTOVER"); else the right's own words.
    """
    if not may(person, right, migration_id, team_id):
        raise refusal(person, _missing(right, asked), migration_id)


def _missing(right: Right, asked: str | None) -> Missing:
    everyone = right is Right.SEE
    roles = frozenset[Role]() if everyone else RIGHTS[right]
    return Missing(asked or ASKED[right], roles, everyone=everyone, of_ones_team=right in OF_ONES_TEAM)


def _may_alone(person: Person, right: Right, migration_id: UUID | None, team_id: UUID | None) -> bool:
    if person.machine and right in MACHINE_RIGHTS:
        return True
    if person.is_admin and right in ADMIN_RIGHTS:
        return True
    held = person.roles.get(migration_id, frozenset()) if migration_id else frozenset()
    if not held & RIGHTS[right]:
        return False
    return right not in OF_ONES_TEAM or (team_id is not None and team_id in person.teams)


def actor_for(person: Person, right: Right, migration_id: UUID | None, team_id: UUID | None = None) -> Actor:
    """Return how the log is to name who uses a right: with both names where it is an absent person's.

    The key is always that of whoever acts, so that nobody becomes their own second person by standing in.
    """
    if not _may_alone(person, right, migration_id, team_id):
        for absent in person.substituting:
            if _may_alone(absent, right, migration_id, team_id):
                return Actor(person.id, f"{person.name} for {absent.name}")
    return person.actor


def rights_of(roles: frozenset[Role]) -> frozenset[Right]:
    """Return what roles give together."""
    return frozenset(right for right, having in RIGHTS.items() if having & roles)
