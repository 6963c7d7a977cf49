"""The delay of a step against its baseline, in two parts: what it inherited, and what is its own.

    inherited = ready - baseline start
    own       = (start - ready) + (duration - baseline duration)

so that both add up to the variance, end - baseline end. What of the wait for the start was a hold of the iteration,
and what of the end was waiting for what links hold it by, is inherited too, and named. Ready and start are the
first attempt's, the end the last one's; one that began although it was not ready counts as ready when it began.
Of what is not over the forecast stands for what has not happened yet. (Rules: `domain` of this project, *Time*.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.forecast.situation import Hold, Standing
from tminus.runbook.domain.state import StepState

NO_SPLIT = frozenset({StepState.SKIPPED, StepState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why so many seconds of a delay are inherited although no step is to blame for them."""

    code: str
    seconds: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Delay:
    """Signed seconds against the baseline; `inherited + own = variance`. `waited` = from ready to start, its own."""

    variance: int
    inherited: int
    own: int
    waited: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """When a step was or will be ready, start, have done its work, be let go by what holds its end, and end."""

    ready: datetime
    start: datetime
    work_end: datetime
    let_go: datetime | None
    end: datetime


def course_of(step: Standing, start: datetime, end: datetime, let_go: datetime | None) -> Course:
    """Return the course of a step: actual where it has happened, else as forecast (`start`, `end`)."""
    begun = step.begun_at or start
    ready = begun if step.overridden else min(step.ready_at or begun, begun)
    done = step.ended_at if step.state is StepState.COMPLETE and step.ended_at else end
    work_end = min(step.work_ended_at or done, done)
    return Course(ready, begun, work_end, let_go, done)


def delay_of(step: Standing, course: Course, holds: Sequence[Hold], now: datetime) -> Delay | None:
    """Return the delay of a step; None without a baseline, or where it was skipped or cancelled."""
    if step.baseline_start is None or step.baseline_end is None or step.state in NO_SPLIT:
        return None
    variance = _seconds(course.end - step.baseline_end)
    held = _held(course, holds, now)
    waiting = _waiting(course)
    reasons = []
    if held:
        reasons.append(
            Reason("hold", held, f"The iteration was held for {format_duration(held)} of its wait.")
        )
    if waiting:
        told = f"Its work was done; what its end waits for came {format_duration(waiting)} later."
        reasons.append(Reason("finish_wait", waiting, told))
    inherited = _seconds(course.ready - step.baseline_start) + held + waiting
    waited = _seconds(course.start - course.ready) - held
    return Delay(variance, inherited, variance - inherited, waited, tuple(reasons))


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _held(course: Course, holds: Sequence[Hold], now: datetime) -> int:
    """Return for how long holds kept a ready step from starting."""
    found = 0.0
    for hold in holds:
        start, end = max(hold.start, course.ready), min(hold.end or now, course.start)
        found += max((end - start).total_seconds(), 0.0)
    return round(found)


def _waiting(course: Course) -> int:
    if course.let_go is None:
        return 0
    return max(_seconds(min(course.let_go, course.end) - course.work_end), 0)
