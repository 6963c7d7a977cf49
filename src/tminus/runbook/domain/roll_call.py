"""A roll-call before T-0: which team has said that it is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.kernel.instants import wall_time
from tminus.people.domain.rights import Person, Right, actor_for, may, require
from tminus.runbook.domain.iteration import Iteration, moved_words
from tminus.runbook.domain.state import IterationState

CALLABLE = frozenset({IterationState.SCHEDULED, IterationState.LIVE, IterationState.ON_HOLD})
"""The states of an iteration in which a roll is called."""


@dataclass(frozen=True, slots=True)
class RollCall:
    """One roll-call. `due_at` = by when every team should have answered; `comms` = whom its messages reach."""

    id: UUID
    iteration_id: UUID
    opened_by: str
    opened_at: datetime
    due_at: datetime | None
    closed_by: str | None
    closed_at: datetime | None
    comms: str | None = None


@dataclass(frozen=True, slots=True)
class CalledTeam:
    """A team that was asked. `on_behalf` = a pilot said it for the team."""

    team_id: UUID
    code: str
    name: str
    here_at: datetime | None
    here_by: str | None
    on_behalf: bool
    note: str | None


def check_may_open(
    iteration: Iteration, newest: RollCall | None, due_at: datetime | None, now: datetime
) -> None:
    """Raise `Refused` where none may be opened now, `Invalid` for a time that is over."""
    if iteration.state not in CALLABLE:
        raise Refused(
            f"{iteration.name} is {moved_words(iteration)}; the roll is called while it is scheduled, live or on hold."
            " Nothing was done.",
            code="cannot_call_roll",
            hint="Schedule it first.",
        )
    if newest is not None and newest.closed_at is None:
        raise Refused(
            f"{newest.opened_by} opened a roll-call at {wall_time(newest.opened_at, iteration.zone)}; it is still"
            " open. Nothing was done.",
            code="roll_call_open",
            hint="Close it first, or go on with it.",
        )
    if due_at is not None and due_at <= now:
        raise Invalid(
            f"The roll-call would be due at {wall_time(due_at, iteration.zone)}, which is over. Nothing was done.",
            hint="Choose a later time, or none.",
            field="dueAt",
        )


def check_open(newest: RollCall | None, iteration: Iteration) -> RollCall:
    """Return the roll-call that is open, or raise `Refused`."""
    if newest is None or newest.closed_at is None:
        if newest is None:
            raise NotFound(
                f"No roll was called in {iteration.name}. Nothing was done.",
                hint="A pilot opens a roll-call.",
            )
        return newest
    raise Refused(
        f"{newest.closed_by} closed the roll-call at {wall_time(newest.closed_at, iteration.zone)}. Nothing was done.",
        code="roll_call_closed",
        hint="Wait for the next one; a pilot opens it.",
    )


def speaks_for(person: Person, migration_id: UUID, team_id: UUID) -> Actor:
    """Return how the log names who checks a team in: one of it, or a pilot. Raises `Forbidden`."""
    if may(person, Right.OWN_STEPS, migration_id, team_id):
        return actor_for(person, Right.OWN_STEPS, migration_id, team_id)
    if not may(person, Right.ANY_STEP, migration_id):
        require(person, Right.OWN_STEPS, migration_id, team_id, asked="Checking in for this team")
    return actor_for(person, Right.ANY_STEP, migration_id)


def on_behalf(person: Person, migration_id: UUID, team_id: UUID) -> bool:
    """Tell whether whoever checks a team in is not of it."""
    return not may(person, Right.OWN_STEPS, migration_id, team_id)


def team_asked(teams: dict[UUID, CalledTeam], team_id: UUID, iteration: Iteration) -> CalledTeam:
    """Return the team, or raise `NotFound` for one that is not asked."""
    found = teams.get(team_id)
    if found is None:
        raise NotFound(
            f"This team is not asked: it owns no step and no task of {iteration.name}. Nothing was done.",
            hint="Reload the roll-call.",
        )
    return found
