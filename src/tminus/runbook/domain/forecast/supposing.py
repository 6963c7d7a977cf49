"""What if: a situation in which something is supposed, so that the same forecast can be made of it. Changes nothing.

Models, each stated where it is shown: *late* = its work takes so much longer; *skip* = skipped now; *share* = what is
left of its work is given to a second team too, and takes 0.6 times as long (two teams never halve it: the work is
split and put together again); *start now* = begins now although it is not ready; *window* = ends at another time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tminus.kernel.durations import format_duration
from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.kernel.instants import wall_time_by_day
from tminus.runbook.domain.forecast.situation import Adjustment, Basis, Situation, Standing
from tminus.runbook.domain.state import OVER, UNSTARTED, StepState

SHARED_FACTOR = 0.6
"""What is left of a step's work that two teams share takes so many times as long, unless said otherwise."""


_READY = frozenset({StepState.READY, StepState.ACTIVATED})


class Supposing(StrEnum):
    """What can be supposed."""

    LATE = "late"
    SKIP = "skip"
    SHARE = "share"
    START_NOW = "start_now"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Supposition:
    """One thing supposed, of a step by its code, or of the window."""

    what: Supposing
    step_code: str | None = None
    minutes: int = 0
    factor: float = SHARED_FACTOR
    window_end: datetime | None = None


def suppose(situation: Situation, suppositions: Sequence[Supposition], now: datetime) -> Situation:
    """Return the situation as it would be. Raises `NotFound` (no such step), `Refused` (it cannot be), `Invalid`."""
    if situation.basis is Basis.OVER:
        raise Refused(
            f"{situation.name} is over: there is nothing left to ask “what if” about.",
            code="iteration_over",
            hint="Look at its rehearsal figures instead.",
        )
    for one in suppositions:
        situation = _supposed(situation, one, now)
    return situation


def words(situation: Situation, one: Supposition, now: datetime) -> str:
    """Say what is supposed, and by which model."""
    code = one.step_code
    match one.what:
        case Supposing.LATE:
            return f"{code} takes {format_duration(one.minutes * 60)} longer."
        case Supposing.SKIP:
            return f"{code} is skipped now."
        case Supposing.SHARE:
            return f"A second team shares {code}: what is left takes {one.factor:g} times as long."
        case Supposing.START_NOW:
            ready = any(step.code == code and step.state in _READY for step in situation.steps)
            return f"{code} starts now." if ready else f"{code} starts now, although it is not ready."
        case Supposing.WINDOW:
            assert one.window_end is not None  # noqa: S101 - asked before
            return f"The window ends at {wall_time_by_day(one.window_end, situation.zone, now)}."


def _supposed(situation: Situation, one: Supposition, now: datetime) -> Situation:
    if one.what is Supposing.WINDOW:
        if one.window_end is None:
            raise Invalid("To suppose another window, say when it ends. Nothing was reckoned.")
        return replace(situation, terms=replace(situation.terms, window_end=one.window_end))
    step = _step(situation, one)
    match one.what:
        case Supposing.LATE:
            return _adjusted(situation, step, Adjustment(extra_seconds=one.minutes * 60.0))
        case Supposing.SHARE:
            return _adjusted(situation, step, Adjustment(factor=one.factor))
        case Supposing.SKIP:
            return _with(situation, _skipped(step, now))
        case Supposing.START_NOW:
            return _with(situation, _started(step, now))


def _step(situation: Situation, one: Supposition) -> Standing:
    found = next((step for step in situation.awake() if step.code == one.step_code), None)
    if found is None:
        raise NotFound(
            f"There is no step {one.step_code} in {situation.name} that could run. Nothing was reckoned.",
            hint="Choose one from the runsheet; rollback steps sleep until a back-out.",
        )
    if found.state in OVER:
        raise Refused(
            f"{found.code} is over: nothing can be supposed of it. Nothing was reckoned.",
            code="step_over",
            hint="Choose a step that is not complete, skipped or cancelled.",
        )
    return found


def _skipped(step: Standing, now: datetime) -> Standing:
    if step.state in (StepState.IN_PROGRESS, StepState.VERIFYING):
        raise Refused(
            f"{step.code} has begun: its team ends it, and it cannot be skipped. Nothing was reckoned.",
            code="step_begun",
            hint="Suppose that it takes longer, or is shared; one that failed or is blocked can be skipped.",
        )
    return replace(step, state=StepState.SKIPPED, ended_at=now, since=now)


def _started(step: Standing, now: datetime) -> Standing:
    if step.state not in UNSTARTED:
        raise Refused(
            f"{step.code} has begun: it cannot start now. Nothing was reckoned.",
            code="step_begun",
            hint="Suppose that it takes longer, or is shared.",
        )
    return replace(
        step,
        state=StepState.IN_PROGRESS,
        ready_at=step.ready_at or now,
        begun_at=step.begun_at or now,
        started_at=now,
        since=now,
    )


def _adjusted(situation: Situation, step: Standing, more: Adjustment) -> Situation:
    known = situation.adjusted.get(step.id, Adjustment())
    both = Adjustment(known.factor * more.factor, known.extra_seconds * more.factor + more.extra_seconds)
    return replace(situation, adjusted={**situation.adjusted, step.id: both})


def _with(situation: Situation, step: Standing) -> Situation:
    return replace(situation, steps=[step if one.id == step.id else one for one in situation.steps])


LONGEST_MINUTES = int(timedelta(days=10).total_seconds() // 60)
"""Longer than this nothing is supposed to be late."""
