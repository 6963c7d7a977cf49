"""What this night has measured: how long what ended and what runs was worked at; and what was not timed."""

from __future__ import annotations

from datetime import datetime

from tminus.runbook.domain.forecast.situation import Situation, Standing
from tminus.runbook.domain.forecast.worked import worked_seconds, worked_so_far
from tminus.runbook.domain.learning import Progress, was_pressed_afterwards
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import StepState

WORKED = frozenset({Behaviour.WORK, Behaviour.CHECKPOINT})
"""What has work of its own, and so a length."""


def progress_of(situation: Situation, now: datetime) -> Progress:
    """Return what this night has shown: how long what ended took, and how long what runs has run."""
    worked = {
        step.code: seconds
        for step, seconds in _ended(situation)
        if not was_pressed_afterwards(seconds, step.duration_seconds)
    }
    running = {
        step.code: worked_so_far(situation, step, now) for step in situation.steps if _is_under_way(step)
    }
    return Progress(worked, running)


def pressed_afterwards(situation: Situation) -> list[Standing]:
    """Return the steps that ended too soon after their start for it to have been pressed when the work began."""
    return [
        step for step, seconds in _ended(situation) if was_pressed_afterwards(seconds, step.duration_seconds)
    ]


def pressed_words(count: int) -> str:
    """Say that nothing is learned from so many steps, and why."""
    told = "1 step" if count == 1 else f"{count:,} steps"
    whose = "its" if count == 1 else "their"
    return (
        f"{told} ended within seconds of {whose} start, far sooner than estimated: taken as pressed afterwards;"
        " nothing is learned from that."
    )


def _ended(situation: Situation) -> list[tuple[Standing, float]]:
    """Return the steps of which start and end were said, with the seconds worked between the two."""
    return [
        (step, worked_seconds(situation, step, step.started_at, step.work_ended_at))
        for step in situation.steps
        if step.state is StepState.COMPLETE
        and step.started_at
        and step.work_ended_at
        and not step.start_assumed
        and step.behaviour in WORKED
    ]


def _is_under_way(step: Standing) -> bool:
    if step.started_at is None or step.start_assumed or step.behaviour not in WORKED:
        return False
    return step.state is StepState.IN_PROGRESS or (
        step.state is StepState.BLOCKED and step.expected_at is not None
    )
