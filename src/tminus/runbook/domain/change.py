"""What a decision yields: steps before and after, in the order in which it happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tminus.kernel.actor import SYSTEM, Actor
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step


@dataclass(frozen=True, slots=True)
class Change:
    """One step, one transition, by one actor: exactly one event of the log."""

    type: str
    before: Step
    after: Step
    actor: Actor


def moved(step: Step, to: StepState, now: datetime, actor: Actor, type_: str, **members: Any) -> Change:
    """Return the change that takes `step` to a state, stamped with who and when."""
    stamps = {"last_actor": actor.name, "last_action": type_, "last_at": now}
    return Change(type_, step, _moved(step, to, {**members, **stamps}), actor)


def moved_by_system(step: Step, to: StepState, now: datetime, type_: str, **members: Any) -> Change:
    """Return a change that nobody asked for: a step turned ready, a milestone completed itself."""
    return Change(type_, step, _moved(step, to, members), SYSTEM)


def _moved(step: Step, to: StepState, members: dict[str, Any]) -> Step:
    begun_at = step.begun_at or members.get("started_at")
    return replace(step, state=to, version=step.version + 1, begun_at=begun_at, **members)
