"""How a person stands to a step, told from the rights alone."""

from __future__ import annotations

from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.people.domain.rights import Person, Right, actor_for, may
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import Relation


def actor_on(person: Person, migration_id: UUID, who: frozenset[Relation], *teams: UUID | None) -> Actor:
    """Return how the log names who acts on a step: both names where only an absent person's rights allow it.

    `who` = the relations that the state table asks for; `teams` = those that own the step, or the task of it.
    """
    rights: list[tuple[Right, UUID | None]] = []
    if Relation.PILOT in who:
        rights.append((Right.ANY_STEP, None))
    if Relation.TEAM in who:
        rights += [(Right.OWN_STEPS, team) for team in teams]
    if Relation.APPROVER in who:
        rights.append((Right.DECIDE, None))
    held = [
        actor_for(person, right, migration_id, team)
        for right, team in rights
        if may(person, right, migration_id, team)
    ]
    return person.actor if person.actor in held or not held else held[0]


def relation(person: Person, migration_id: UUID, behaviour: Behaviour, team_id: UUID | None) -> Relation:
    """Return the relation that the state table asks about."""
    pilot = may(person, Right.ANY_STEP, migration_id)
    if behaviour is Behaviour.GATE and may(person, Right.DECIDE, migration_id):
        return Relation.PILOT_APPROVER if pilot else Relation.APPROVER
    if pilot:
        return Relation.PILOT
    return Relation.TEAM if may(person, Right.OWN_STEPS, migration_id, team_id) else Relation.NONE
