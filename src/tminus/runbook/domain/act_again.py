"""Attempts: what a step forgets when it begins anew, and what it carries over when only its end is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tminus.runbook.domain.asking import Ask
from tminus.runbook.domain.change import Change, moved, moved_by_system
from tminus.runbook.domain.going_back import milestones_after
from tminus.runbook.domain.neighbourhood import Neighbourhood, opening_time
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.readiness import apply
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step, decision_key

_FORGOTTEN: dict[str, Any] = {
    "activated_at": None,
    "started_at": None,
    "start_assumed": False,
    "start_carried": False,
    "work_ended_at": None,
    "ended_at": None,
    "tasks_done": 0,
    "evidence_count": 0,
    "blocked_from": None,
    "expected_at": None,
    "taken_at": None,
    "taken_by": None,
    "not_taken_at": None,
    "start_told_at": None,
    "end_told_at": None,
    "late_reason": None,
    "done_by_id": None,
    "override_by": None,
    "override_reason": None,
}


def retry(ask: Ask, step: Step, now: datetime) -> list[Change]:
    """Put a failed step up for another attempt."""
    return [moved(step, StepState.READY, now, ask.actor, "step.retried", **_anew(ask, step, now))]


def reopen(ask: Ask, step: Step, network: Neighbourhood, now: datetime) -> list[Change]:
    """Put a step that is over up for another attempt; milestones that only it had let pass fall back."""
    first = moved(step, StepState.READY, now, ask.actor, "step.reopened", **_anew(ask, step, now))
    return [first, *_falling_back(apply(network, first), step, now)]


def undo(ask: Ask, step: Step, network: Neighbourhood, now: datetime) -> list[Change]:
    """Take back a Done: the work goes on in the next attempt, its start and all that was done carried over."""
    carried = {
        "attempt": step.attempt + 1,
        "work_ended_at": None,
        "ended_at": None,
        "end_told_at": None,
        "done_by_id": None,
        "start_carried": True,
    }
    first = moved(step, StepState.IN_PROGRESS, now, ask.actor, "step.done_undone", **carried)
    return [first, *_falling_back(apply(network, first), step, now)]


def _anew(ask: Ask, step: Step, now: datetime) -> dict[str, Any]:
    gate = step.behaviour is Behaviour.GATE
    return {
        **_FORGOTTEN,
        "attempt": step.attempt + 1,
        "ready_at": now,
        "reason": ask.reason or None,
        "tasks_open": step.tasks_required,
        "controls_open": step.controls_required,
        "decision_id": decision_key(step.id, step.attempt + 1) if gate else None,
    }


def _falling_back(network: Neighbourhood, step: Step, now: datetime) -> list[Change]:
    """Return the changes of the milestones after a step that would not have passed without it."""
    changes: list[Change] = []
    while fallen := [one for one in milestones_after(network, step) if _fallen(network, one, now)]:
        for one in fallen:
            fresh = {**_FORGOTTEN, "attempt": one.attempt + 1, "ready_at": None}
            change = moved_by_system(one, StepState.NOT_READY, now, "step.not_ready", **fresh)
            changes.append(change)
            network = apply(network, change)
    return changes


def _fallen(network: Neighbourhood, step: Step, now: datetime) -> bool:
    moment = opening_time(network, step, now)
    return step.state is StepState.COMPLETE and (moment is None or moment > now)
