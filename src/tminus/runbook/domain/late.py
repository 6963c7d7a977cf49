"""Reporting late: a start or an end that happened before it was told; both stamps are kept, with the reason."""

from __future__ import annotations

from datetime import datetime

from tminus.kernel.errors import Invalid
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.state import StepAction
from tminus.runbook.domain.step import Step

MAY_BE_LATE = frozenset({StepAction.START, StepAction.COMPLETE, StepAction.FAIL})


def check_moments(
    action: StepAction,
    happened_at: datetime | None,
    expected_at: datetime | None,
    reason: str | None,
    step: Step,
    zone: str,
    now: datetime,
) -> None:
    """Raise `Invalid` where a moment that came with an action cannot be: each refusal says which, and why."""
    if expected_at is not None:
        _check_expected(action, expected_at, zone, now)
    if happened_at is not None:
        _check_happened(action, happened_at, reason, step, zone, now)


def _check_expected(action: StepAction, expected_at: datetime, zone: str, now: datetime) -> None:
    if action is not StepAction.BLOCK:
        raise Invalid("Only blocking takes an expected time.", hint="Leave expectedAt out.")
    if expected_at <= now:
        raise Invalid(
            f"The expected time of unblocking, {wall_time(expected_at, zone)}, is not in the future.",
            hint="Give a time to come, or leave it out if nobody knows.",
        )


def _check_happened(
    action: StepAction, happened_at: datetime, reason: str | None, step: Step, zone: str, now: datetime
) -> None:
    if action not in MAY_BE_LATE:
        raise Invalid("Only a start, an end or a failure can be reported late.", hint="Leave happenedAt out.")
    if happened_at > now:
        raise Invalid(
            f"{wall_time(happened_at, zone)} is still to come; it cannot have happened then.",
            hint="Report it when it has happened.",
        )
    earliest, what = earliest_of(action, step)
    if earliest is not None and happened_at < earliest:
        raise Invalid(
            f"{step.code} {what} at {wall_time(earliest, zone)}; this cannot have happened before, "
            f"at {wall_time(happened_at, zone)}. Nothing was recorded.",
            hint="Give the time at which it really happened, or report it as of now.",
        )
    if not (reason or "").strip():
        raise Invalid("To report late takes a reason.", hint="Say in a sentence why it is told only now.")


def earliest_of(action: StepAction, step: Step) -> tuple[datetime | None, str]:
    """Return the earliest moment that an action can have happened at, and what was then."""
    if action is not StepAction.START and step.started_at:
        return step.started_at, "was started"
    return step.ready_at, "turned ready"
