"""Who may answer a decision."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Forbidden, Refused
from tminus.people.domain.rights import Person, Right, actor_for, may, require
from tminus.runbook.domain.decision import Decision, Kind
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import IterationState

OVER_FOR_POLLS = frozenset({IterationState.CLOSED, IterationState.ABANDONED})
"""States of an iteration in which nothing is asked or answered any more."""


def answering(person: Person, decision: Decision) -> Actor:
    """Return how the log names who answers, or raise `Forbidden` saying why this person does not.

    A gate: approvers, and of them those who are named, if any are. A poll: those who are named, by their name alone.
    A second signature: whoever has that right, but not the doer, nor who has it only by standing in for the doer.
    """
    if person.id is None:
        raise Forbidden("A decision is given by a person, signed in by name.", hint="Sign in on the page.")
    match decision.kind:
        case Kind.POLL:
            _named(person.id, decision)
            return person.actor
        case Kind.GATE:
            require(person, Right.DECIDE, decision.migration_id)
            if decision.voters:
                _named(person.id, decision)
            return actor_for(person, Right.DECIDE, decision.migration_id)
        case Kind.SECOND_SIGNATURE:
            return _second(person, decision)


def may_answer(person: Person, decision: Decision) -> bool:
    """Tell whether this person is among those who may answer, whether or not they have."""
    try:
        answering(person, decision)
    except Forbidden:
        return False
    return True


def _named(user_id: UUID, decision: Decision) -> None:
    if decision.voter(user_id) is None:
        names = ", ".join(voter.name for voter in decision.voters)
        raise Forbidden(
            f"“{decision.question}” is asked of {names}. You are not one of them. Nothing was answered.",
            hint="Talk to whoever asked.",
        )


def _second(person: Person, decision: Decision) -> Actor:
    migration, doer = decision.migration_id, decision.asked_by_id
    require(person, Right.SECOND_SIGNATURE, migration)
    if person.id == doer:
        raise Forbidden(
            "You asked for this yourself: another person signs it. Nothing was signed.",
            hint="Ask another pilot or an approver.",
        )
    apart = replace(person, substituting=tuple(one for one in person.substituting if one.id != doer))
    if not may(apart, Right.SECOND_SIGNATURE, migration):
        raise Forbidden(
            f"You stand in for {decision.asked_by_name}, who asked for this: that is not a second person."
            " Nothing was signed.",
            hint="Ask another pilot or an approver.",
        )
    return actor_for(apart, Right.SECOND_SIGNATURE, migration)


def check_asks(iteration: Iteration) -> None:
    """Raise `Refused` where the iteration is over: then nobody asks or answers."""
    if iteration.state in OVER_FOR_POLLS:
        raise Refused(
            f"{iteration.name} is {iteration.state.value}: nothing is asked or answered in it any more.",
            code="not_live",
            hint="Ask in the iteration that is under way.",
        )
