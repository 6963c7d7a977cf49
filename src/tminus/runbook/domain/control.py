"""A control of an iteration, and the rules for passing it, failing it, cancelling it and having it anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import RUNNING


class ControlAction(StrEnum):
    """What a person can say of a control."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    CANCEL = "cancel"
    REOPEN = "reopen"
    OVERRIDE = "override"


LEADS_TO = {
    ControlAction.PASS: "passed",
    ControlAction.FAIL: "failed",
    ControlAction.CANCEL: "cancelled",
    ControlAction.REOPEN: "pending",
    ControlAction.OVERRIDE: "passed",
}
FROM = {
    ControlAction.PASS: frozenset({"pending", "failed"}),
    ControlAction.FAIL: frozenset({"pending", "passed"}),
    ControlAction.CANCEL: frozenset({"pending", "failed"}),
    ControlAction.REOPEN: frozenset({"passed", "failed", "cancelled"}),
    ControlAction.OVERRIDE: frozenset({"pending", "failed"}),
}
BY_VALIDATORS = frozenset({ControlAction.PASS, ControlAction.FAIL})
NEEDS_REASON = frozenset(ControlAction) - {ControlAction.PASS}
DID = {
    ControlAction.PASS: ("control.passed", "passed"),
    ControlAction.FAIL: ("control.failed", "failed"),
    ControlAction.CANCEL: ("control.cancelled", "cancelled"),
    ControlAction.REOPEN: ("control.reopened", "reopened"),
    ControlAction.OVERRIDE: ("control.overridden", "passed, by order,"),
}
"""The fact of each, and the word for it."""


@dataclass(frozen=True, slots=True)
class Control:
    """A control as it stands; `overridden` = passed by order, `by_name` = who brought it into its state.

    `attempt` goes up with each new attempt of a step it is of: what was shown for it alone before is the old one's.
    """

    id: UUID
    code: str
    name: str
    producer_team_id: UUID | None
    validator_team_id: UUID | None
    validator: str | None
    critical: bool
    state: str
    by_name: str | None
    at: datetime | None
    reason: str | None
    overridden: bool
    version: int
    attempt: int = 1


def check_control(
    control: Control,
    action: ControlAction,
    iteration: Iteration,
    *,
    validates: bool,
    pilot: bool,
    seen: int | None = None,
    reason: str | None = None,
) -> None:
    """Raise the refusal of the first rule that does not hold."""
    if not (pilot or (validates and action in BY_VALIDATORS)):
        raise Forbidden(
            f"To {action.value} control {control.code} takes {_who(control, action)}. You are not one.",
            hint="Ask a pilot, or have an admin change your role or team.",
        )
    if iteration.state not in RUNNING:
        raise Refused(
            f"{iteration.name} is not live. Nothing was changed.",
            code="not_live",
            hint="Controls are validated while it is live.",
        )
    if control.state not in FROM[action] or (seen is not None and seen != control.version):
        raise Refused(
            f"Control {control.code} has changed since you looked: {now_words(control, iteration)}. Nothing was done.",
            code="control_changed",
            hint="Look at the control as it is now, then decide again.",
        )
    if action in NEEDS_REASON and not (reason or "").strip():
        raise Invalid(
            f"To {action.value} a control takes a reason. Nothing was changed.",
            hint="Say why in a sentence; it goes into the log.",
        )


def _who(control: Control, action: ControlAction) -> str:
    if action in BY_VALIDATORS and control.validator:
        return f"a pilot or a member of {control.validator}, which validates it"
    return "a pilot"


def now_words(control: Control, iteration: Iteration) -> str:
    """Say where a control stands, by whom and when."""
    order = " by order of" if control.overridden else " by"
    who = f"{order} {control.by_name}" if control.by_name else ""
    at = f" at {wall_time(control.at, iteration.zone)}" if control.at else ""
    return f"it is {control.state}{who}{at}"


def control_actions(state: str, iteration: Iteration, *, validates: bool, pilot: bool) -> list[str]:
    """Return what this person may say of the control now."""
    if iteration.state not in RUNNING:
        return []
    may = frozenset(ControlAction) if pilot else BY_VALIDATORS if validates else frozenset[ControlAction]()
    return [action.value for action in ControlAction if action in may and state in FROM[action]]
