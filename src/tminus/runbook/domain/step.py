"""One step of one iteration, as a value that decisions are made on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from tminus.kernel.instants import instant
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import DONE, OVER, UNSTARTED, StepState


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an iteration: what was frozen for it, and where it stands. Durations in seconds.

    `begun_at` = when it first began, whatever followed; `started_at` is the running attempt's. `start_told_at` and
    `end_told_at` = when start and end were reported: later than they happened, where somebody reported late.
    """

    id: UUID
    code: str
    name: str
    behaviour: Behaviour
    chapter_id: UUID
    macro_phase_id: UUID
    team_id: UUID | None
    duration_seconds: int
    auto_activate: bool
    dormant: bool
    in_scope: bool
    fixed_start: datetime | None
    state: StepState
    attempt: int
    version: int
    planned_start: datetime | None
    planned_end: datetime | None
    tasks_total: int
    tasks_done: int
    tasks_open: int
    tasks_required: int
    opens_at: datetime | None = None
    ready_at: datetime | None = None
    activated_at: datetime | None = None
    begun_at: datetime | None = None
    started_at: datetime | None = None
    start_assumed: bool = False
    work_ended_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    last_actor: str | None = None
    last_action: str | None = None
    last_at: datetime | None = None
    decision_id: UUID | None = None
    evidence_required: bool = False
    evidence_count: int = 0
    controls_open: int = 0
    blocked_from: StepState | None = None
    expected_at: datetime | None = None
    taken_at: datetime | None = None
    taken_by: str | None = None
    not_taken_at: datetime | None = None
    start_told_at: datetime | None = None
    end_told_at: datetime | None = None
    late_reason: str | None = None
    start_carried: bool = False
    done_by_id: UUID | None = None
    override_by: str | None = None
    override_reason: str | None = None
    controls_required: int = 0

    @property
    def done(self) -> bool:
        """Complete or skipped: satisfies those who wait for it."""
        return self.state in DONE

    @property
    def counts(self) -> bool:
        """Part of this iteration and awake: in its counts, percentage and open steps."""
        return self.in_scope and not self.dormant

    @property
    def evidence_missing(self) -> bool:
        """It asks for evidence, and none was given in this attempt."""
        return self.evidence_required and not self.evidence_count

    @property
    def work_missing(self) -> bool:
        """Something of its own keeps it from being complete: a required task, evidence, a critical control."""
        return bool(self.tasks_open or self.controls_open or self.evidence_missing)

    @property
    def finished_at(self) -> datetime | None:
        """When those who wait for its end were let go; None while it holds them."""
        return self.ended_at if self.done else None

    @property
    def expected_end(self) -> datetime | None:
        """When it should end by its frozen duration; None unless it is in progress."""
        if self.state is not StepState.IN_PROGRESS or self.started_at is None:
            return None
        return self.started_at + timedelta(seconds=self.duration_seconds)

    @property
    def over(self) -> bool:
        """Nobody has to do anything about it any more."""
        return self.state in OVER

    @property
    def begun(self) -> bool:
        """Somebody has begun it in this attempt: only its team can end it."""
        waiting = UNSTARTED | {StepState.BLOCKED}
        return self.state not in waiting or self.started_at is not None

    @property
    def delay_seconds(self) -> int | None:
        """Signed seconds against the plan at the last fact: the end if it is complete, else the start.

        None where there is nothing to measure: not started, skipped, cancelled, failed, or without a planned time.
        """
        if self.state in (StepState.SKIPPED, StepState.CANCELLED, StepState.FAILED):
            return None
        if self.ended_at and self.state is StepState.COMPLETE:
            return _seconds_between(self.planned_end, self.ended_at)
        return _seconds_between(self.planned_start, self.started_at)


def _seconds_between(planned: datetime | None, actual: datetime | None) -> int | None:
    return round((actual - planned).total_seconds()) if planned and actual else None


def decision_key(step_id: UUID, attempt: int) -> UUID:
    """Return the key of the decision that a gate asks for in one attempt (UUID version 5 of the two)."""
    return uuid5(step_id, f"gate-{attempt}")


MUTABLE = tuple(
    field.name
    for field in fields(Step)
    if field.name
    in {
        "state",
        "attempt",
        "version",
        "tasks_done",
        "tasks_open",
        "opens_at",
        "ready_at",
        "activated_at",
        "begun_at",
        "started_at",
        "start_assumed",
        "work_ended_at",
        "ended_at",
        "reason",
        "last_actor",
        "last_action",
        "last_at",
        "decision_id",
        "evidence_count",
        "blocked_from",
        "expected_at",
        "taken_at",
        "taken_by",
        "not_taken_at",
        "start_told_at",
        "end_told_at",
        "late_reason",
        "start_carried",
        "done_by_id",
        "override_by",
        "override_reason",
    }
)
"""Members a command may change; all else is frozen with the iteration."""


def shown(step: Step) -> dict[str, Any]:
    """Return the changing members as the API names and prints them (times RFC 3339, UTC)."""
    return {
        "state": step.state.value,
        "attempt": step.attempt,
        "version": step.version,
        "tasksDone": step.tasks_done,
        "opensAt": _time(step.opens_at),
        "readyAt": _time(step.ready_at),
        "activatedAt": _time(step.activated_at),
        "startedAt": _time(step.started_at),
        "startAssumed": step.start_assumed,
        "workEndedAt": _time(step.work_ended_at),
        "endedAt": _time(step.ended_at),
        "reason": step.reason,
        "lastActor": step.last_actor,
        "lastAt": _time(step.last_at),
        "decisionId": str(step.decision_id) if step.decision_id else None,
        "delaySeconds": step.delay_seconds,
        "evidenceCount": step.evidence_count,
        "controlsOpen": step.controls_open,
        "blockedFrom": step.blocked_from.value if step.blocked_from else None,
        "expectedAt": _time(step.expected_at),
        "takenAt": _time(step.taken_at),
        "takenBy": step.taken_by,
        "notTakenAt": _time(step.not_taken_at),
        "startToldAt": _time(step.start_told_at),
        "endToldAt": _time(step.end_told_at),
        "lateReason": step.late_reason,
        "startCarried": step.start_carried,
        "doneById": str(step.done_by_id) if step.done_by_id else None,
        "overrideBy": step.override_by,
        "overrideReason": step.override_reason,
    }


def _time(value: datetime | None) -> str | None:
    return instant(value) if value else None


def shown_difference(before: Step, after: Step) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (before, after) with only the members that differ, as the API prints them."""
    old, new = shown(before), shown(after)
    changed = [name for name in new if old[name] != new[name]]
    return {name: old[name] for name in changed}, {name: new[name] for name in changed}
