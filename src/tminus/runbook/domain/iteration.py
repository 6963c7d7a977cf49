"""One iteration as a value, and what may be done to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import Refused
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.progress import Progress
from tminus.runbook.domain.state import Comms, IterationAction, IterationKind, IterationState

I = IterationState  # noqa: E741 - the table below is read by people
TABLE: dict[IterationAction, dict[IterationState, IterationState]] = {
    IterationAction.SCHEDULE: {I.PLANNING: I.SCHEDULED},
    IterationAction.START: {I.SCHEDULED: I.LIVE},
    IterationAction.HOLD: {I.LIVE: I.ON_HOLD},
    IterationAction.RESUME: {I.ON_HOLD: I.LIVE},
    IterationAction.COMPLETE: {I.LIVE: I.COMPLETE, I.ON_HOLD: I.COMPLETE, I.BACKING_OUT: I.BACKED_OUT},
    IterationAction.BACK_OUT: {I.LIVE: I.BACKING_OUT, I.ON_HOLD: I.BACKING_OUT},
    IterationAction.ABANDON: {I.PLANNING: I.ABANDONED, I.SCHEDULED: I.ABANDONED},
    IterationAction.CLOSE: {I.COMPLETE: I.CLOSED, I.BACKED_OUT: I.CLOSED},
}
"""Which action leads from which states to which."""


@dataclass(frozen=True, slots=True)
class Iteration:
    """One execution of one approved plan version. `zone` is the migration's.

    A team is told `upcoming_seconds` before its step's planned start; an activated step that nobody took within
    `take_seconds` is told to the pilots.
    """

    id: UUID
    migration_id: UUID
    name: str
    kind: IterationKind
    state: IterationState
    comms: Comms | None
    planned_start: datetime
    planned_end: datetime
    window_end: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    started_by: UUID | None
    state_since: datetime
    state_by: str
    state_reason: str | None
    version: int
    progress: Progress
    zone: str
    take_seconds: int = 300
    upcoming_seconds: int = 900


def allowed_actions(iteration: Iteration, *, pilot: bool) -> tuple[IterationAction, ...]:
    """Return what this person may ask of the iteration now; completing it, only when no step is open."""
    if not pilot:
        return ()
    return tuple(
        action
        for action, moves in TABLE.items()
        if iteration.state in moves
        and not (action is IterationAction.COMPLETE and iteration.progress.open_count)
    )


def next_state(iteration: Iteration, action: IterationAction) -> IterationState:
    """Return the state an action leads to, or refuse it in words."""
    moves = TABLE[action]
    if iteration.state in moves:
        return moves[iteration.state]
    wanted = " or ".join(sorted(source.value.replace("_", " ") for source in moves))
    raise Refused(
        f"{iteration.name} is {moved_words(iteration)}; to {action.value} it, it must be {wanted}."
        " Nothing was done.",
        code=f"cannot_{action.value.replace('-', '_')}",
        hint="Look at it as it is now, then decide again.",
    )


def check_unchanged(iteration: Iteration, version: int | None) -> None:
    """Raise `Refused` (`iteration_changed`) where it is no longer as it was seen; None = however it is."""
    if version is not None and version != iteration.version:
        raise Refused(
            f"{iteration.name} has changed since you looked: it is {moved_words(iteration)}. Nothing was done.",
            code="iteration_changed",
            hint="Look at it as it is now, then decide again.",
            version=iteration.version,
        )


def moved_words(iteration: Iteration) -> str:
    """Say in which state it is, since when and by whom, in the migration's zone."""
    state = iteration.state.value.replace("_", " ")
    since = wall_time(iteration.state_since, iteration.zone)
    why = f" ({iteration.state_reason})" if iteration.state_reason else ""
    return f"{state} since {since} by {iteration.state_by}{why}"
