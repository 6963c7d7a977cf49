"""How a migration ends: completed or failed, by a pilot's or an admin's word, once no iteration is open."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Invalid, Refused
from tminus.people.domain.rights import Person, Right, actor_for, may, require
from tminus.runbook.domain.state import RUNNING, IterationState


class MigrationStatus(StrEnum):
    """How far a migration is; it is in progress from the first iteration that goes live."""

    PLANNING = "planning"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"


class MigrationAction(StrEnum):
    """What can be said of a migration as a whole."""

    COMPLETE = "complete"
    FAIL = "fail"
    REOPEN = "reopen"


TABLE = {
    MigrationAction.COMPLETE: {MigrationStatus.IN_PROGRESS: MigrationStatus.COMPLETED},
    MigrationAction.FAIL: {MigrationStatus.IN_PROGRESS: MigrationStatus.FAILED},
    MigrationAction.REOPEN: {
        MigrationStatus.COMPLETED: MigrationStatus.IN_PROGRESS,
        MigrationStatus.FAILED: MigrationStatus.IN_PROGRESS,
    },
}
"""Which action leads from which statuses to which."""
OPEN = RUNNING | {IterationState.SCHEDULED}
"""States of iterations with which a migration is not over."""
NEEDS_REASON = frozenset({MigrationAction.FAIL, MigrationAction.REOPEN})


_RIGHTS = (Right.ITERATIONS, Right.ADMINISTER)


def may_end(person: Person, migration_id: UUID) -> bool:
    """Tell whether a person is a pilot of the migration, or an admin."""
    return any(may(person, right, migration_id) for right in _RIGHTS)


def ending(person: Person, migration_id: UUID) -> Actor:
    """Return how the log names who may; raise `Forbidden` for anybody else."""
    for right in _RIGHTS:
        if may(person, right, migration_id):
            return actor_for(person, right, migration_id)
    require(person, Right.ITERATIONS, migration_id, asked="Ending or reopening a migration")
    raise AssertionError("refused above")


def allowed_actions(status: MigrationStatus, states: Collection[IterationState]) -> list[MigrationAction]:
    """Return what may be said of a migration whose iterations are in these states, by who may."""
    is_open = any(state in OPEN for state in states)
    return [
        action
        for action, moves in TABLE.items()
        if status in moves and (action is MigrationAction.REOPEN or not is_open)
    ]


def check_action(
    name: str, status: MigrationStatus, action: MigrationAction, open_iterations: Collection[str], reason: str
) -> MigrationStatus:
    """Return the status an action leads to, or raise the refusal of the first rule that does not hold.

    `open_iterations` = the names of those that are scheduled or run.
    """
    moves = TABLE[action]
    if status not in moves:
        wanted = " or ".join(word.value.replace("_", " ") for word in moves)
        raise Refused(
            f"{name} is {status.value.replace('_', ' ')}; to {action.value} it, it must be {wanted}."
            " Nothing was done.",
            code="wrong_status",
            hint="Look at it as it is now, then decide again.",
        )
    if action is not MigrationAction.REOPEN and open_iterations:
        are = "are" if len(open_iterations) > 1 else "is"
        raise Refused(
            f"{', '.join(open_iterations)} {are} scheduled or running: {name} is not over. Nothing was done.",
            code="iterations_open",
            hint="Complete, back out or abandon it first.",
        )
    if action in NEEDS_REASON and not reason:
        raise Invalid(
            f"To {action.value} a migration takes a reason. Nothing was done.",
            hint="Say why in a sentence; it goes into the log.",
        )
    return moves[status]
