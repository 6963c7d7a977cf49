"""The words of a night: states of steps and iterations, what may be asked of them, and who asks."""

from __future__ import annotations

from enum import StrEnum


class StepState(StrEnum):
    """Where a step stands. Late, critical and at-risk are flags beside it, not states."""

    NOT_READY = "not_ready"
    READY = "ready"
    ACTIVATED = "activated"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETE = "complete"
    BLOCKED = "blocked"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


DONE = frozenset({StepState.COMPLETE, StepState.SKIPPED})
"""States that satisfy a finish-to-start link and count as done."""

OVER = DONE | {StepState.CANCELLED}
"""States no team has to do anything about any more."""

UNSTARTED = frozenset({StepState.NOT_READY, StepState.READY, StepState.ACTIVATED})


class StepAction(StrEnum):
    """What a person can do to a step."""

    ACTIVATE = "activate"
    TAKE = "taken"
    START = "start"
    COMPLETE = "complete"
    UNDO = "undo"
    BLOCK = "block"
    UNBLOCK = "unblock"
    FAIL = "fail"
    RETRY = "retry"
    REOPEN = "reopen"
    SKIP = "skip"
    CANCEL = "cancel"
    OVERRIDE = "override"
    WAIVE = "waive"
    DECIDE = "decide"


class IterationState(StrEnum):
    """planning → scheduled → live ⇄ on_hold → complete → closed; backing out and abandoning beside it."""

    PLANNING = "planning"
    SCHEDULED = "scheduled"
    LIVE = "live"
    ON_HOLD = "on_hold"
    COMPLETE = "complete"
    CLOSED = "closed"
    BACKING_OUT = "backing_out"
    BACKED_OUT = "backed_out"
    ABANDONED = "abandoned"


RUNNING = frozenset({IterationState.LIVE, IterationState.ON_HOLD, IterationState.BACKING_OUT})
"""States in which steps turn ready and actions on steps are taken at all."""


AUTOMATIC = frozenset({IterationState.LIVE, IterationState.BACKING_OUT})
"""States in which steps that activate themselves do so; a hold stops that."""


class IterationKind(StrEnum):
    """What an iteration is for."""

    RUN = "run"
    DRESS_REHEARSAL = "dress_rehearsal"
    CUTOVER = "cutover"


class IterationAction(StrEnum):
    """What a pilot can do to an iteration."""

    SCHEDULE = "schedule"
    START = "start"
    HOLD = "hold"
    RESUME = "resume"
    COMPLETE = "complete"
    BACK_OUT = "back-out"
    ABANDON = "abandon"
    CLOSE = "close"


class Comms(StrEnum):
    """Whom messages reach: nobody, the one who tests, or the teams."""

    OFF = "off"
    TEST = "test"
    ON = "on"


class Relation(StrEnum):
    """How a person stands to a step; `PILOT_APPROVER` is one person with both roles."""

    NONE = "none"
    TEAM = "team"
    PILOT = "pilot"
    APPROVER = "approver"
    PILOT_APPROVER = "pilot_approver"
