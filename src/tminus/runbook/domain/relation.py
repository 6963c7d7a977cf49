"""How a person stands to a step, told from the rights alone."""

from __future__ import annotations

from uuid import UUID

from tminus.people.domain.rights import Person, Right, may
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import Relation


def relation(person: Person, migration_id: UUID, behaviour: Behaviour, team_id: UUID | None) -> Relation:
    """Return the relation that the state table asks about."""
    pilot = may(person, Right.ANY_STEP, migration_id)
    if behaviour is Behaviour.GATE and may(person, Right.DECIDE, migration_id):
        return Relation.PILOT_APPROVER if pilot else Relation.APPROVER
    if pilot:
        return Relation.PILOT
    return Relation.TEAM if may(person, Right.OWN_STEPS, migration_id, team_id) else Relation.NONE
