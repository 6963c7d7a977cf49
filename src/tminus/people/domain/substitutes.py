"""Who may stand in for whom, and for how long. Pure: now is an argument, by Tminus's clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.people.domain.rights import Person, Right, Role, may, rights_of

LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NewSubstitute:
    """Who is away, who stands in, and when; `until` is the first moment it no longer holds.

    `iteration_id` says what it is for; the rights are for the migration all the same.
    """

    absent_id: UUID
    substitute_id: UUID
    begins: datetime
    until: datetime
    iteration_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the two, as they stand in the migration."""

    name: str
    active: bool
    roles: frozenset[Role]
    in_a_team: bool


def check_times(wanted: NewSubstitute, now: datetime) -> NewSubstitute:
    """Return it with a beginning that is not past, or raise `Invalid`."""
    wanted = replace(wanted, begins=max(wanted.begins, now))
    if wanted.absent_id == wanted.substitute_id:
        raise Invalid(
            "Nobody stands in for themselves. No substitute was named.", hint="Choose another person."
        )
    if wanted.until <= wanted.begins:
        raise Invalid(
            "A substitution ends after it begins, and not in the past. No substitute was named.",
            hint="Choose a later end.",
        )
    if wanted.until - wanted.begins > LONGEST:
        raise Invalid(
            f"A substitution lasts {LONGEST.days} days at most. No substitute was named.",
            hint="Whoever is away for longer hands over their role and team: an admin does that.",
        )
    return wanted


def check_pair(absent: Standing, substitute: Standing) -> None:
    """Raise `Refused` where one of the two is shut out, or the absent one has nothing to stand in for."""
    for one in (absent, substitute):
        if not one.active:
            raise Refused(
                f"{one.name} is shut out. No substitute was named.",
                code="person_inactive",
                hint="Choose somebody who may sign in.",
            )
    if not (absent.roles or absent.in_a_team):
        raise Refused(
            f"{absent.name} has no role and no team in this migration. No substitute was named.",
            code="nothing_to_stand_in_for",
            hint="Choose somebody who has, or give the substitute a role of their own.",
        )


def check_asker(person: Person, migration_id: UUID, absent: Standing) -> None:
    """Raise `Forbidden` where it is not the asker's to give: an admin's always, a pilot's for a team's member.

    A pilot gives away no right that the pilot has not: else a pilot could become an approver.
    """
    if may(person, Right.ADMINISTER, migration_id):
        return
    if not absent.in_a_team:
        raise Forbidden(
            f"A pilot names substitutes for members of teams; {absent.name} is in none here.",
            hint="Ask an admin.",
        )
    mine = rights_of(person.roles_in(migration_id))
    beyond = [role for role in Role if role in absent.roles and not rights_of(frozenset({role})) <= mine]
    if beyond:
        words = " and ".join(role.value.replace("_", " ") for role in beyond)
        raise Forbidden(
            f"{absent.name} is {words} too, which is more than you are. No substitute was named.",
            hint="Ask an admin.",
        )
