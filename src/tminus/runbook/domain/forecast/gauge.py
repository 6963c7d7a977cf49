"""The window gauge: until when one can still turn back, and how long turning back would take.

Last safe decision = the latest t with t + decision time + P95(rollback of what will have been begun by t) ≤ window
end. Deciding goes by the clock; the way back is work, and stops in blackouts. What will have been begun follows from
the forecast; rollback steps say which forward steps they undo, and one that names none is always needed. The later t,
the more there is to undo, so that the first moment that is too late ends all: of the intervals between two starts the
last that can begin is looked for by halving. After the point of no return has begun there is only forward.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Seconds
from tminus.runbook.domain.forecast.course import Reckoned
from tminus.runbook.domain.forecast.gauge_words import decide_words, forward_words, passed_words
from tminus.runbook.domain.forecast.situation import Basis, Situation, Standing
from tminus.runbook.domain.state import IterationState

RollbackSeconds = Callable[[frozenset[UUID]], float]
"""Seconds of work in which these rollback steps are done in 95 of 100 cases."""
CLOSING_SECONDS = 3_600
"""With less than this left, or twice the decision time, the gauge is closing."""


class GaugeState(StrEnum):
    """How one stands to turning back."""

    OPEN = "open"
    CLOSING = "closing"
    PASSED = "passed"
    FORWARD_ONLY = "forward_only"
    CANNOT_BE_COMPUTED = "cannot_be_computed"
    NO_WINDOW = "no_window"


@dataclass(frozen=True, slots=True)
class Gauge:
    """See the module. `backout_now` and `backout_at_worst` = when a way back begun now, or last of all, would end.

    `backout_decided` = when it would end if it were decided from now on first; `rollback_seconds` = the work of the
    way back at the last safe decision, once that has passed now; None where neither is known. `before` = the step
    whose begin, not the clock, ends the time for deciding: `last_safe` is then its forecast start.
    """

    state: GaugeState
    sentence: str
    last_safe: datetime | None = None
    backout_now: datetime | None = None
    backout_decided: datetime | None = None
    rollback_seconds: int | None = None
    backout_at_worst: datetime | None = None
    no_return: Standing | None = None
    before: Standing | None = None


@dataclass(frozen=True, slots=True)
class _Undoing:
    """From `moment` (seconds from now) on, when `step` begins, so much has to be undone; the first: already now."""

    moment: float
    needed: frozenset[UUID]
    step: UUID | None = None


def gauge_of(reckoned: Reckoned, rollback_seconds: RollbackSeconds) -> Gauge | None:
    """Return the gauge of an iteration that is planned or under way; None once it is over, or turning back."""
    situation = reckoned.situation
    if situation.basis is Basis.OVER or situation.state is IterationState.BACKING_OUT:
        return None
    no_return = _no_return(situation)
    if no_return is not None and no_return.begun_at is not None:
        told = forward_words(reckoned, no_return.code, no_return.begun_at)
        return Gauge(GaugeState.FORWARD_ONLY, told, no_return=no_return)
    if not any(step.dormant for step in situation.steps):
        told = "Cannot be computed: the plan has no rollback chapter that says how to turn back."
        return Gauge(GaugeState.CANNOT_BE_COMPUTED, told, no_return=no_return)
    stages = _stages(reckoned)
    end_of_return = _seconds_of(reckoned, no_return)
    now = max(stages[0].moment, 0.0)
    ends = _Ends(reckoned, stages, rollback_seconds)
    worst = min(max(reckoned.schedule.finish, now), end_of_return)
    known = Gauge(
        GaugeState.NO_WINDOW,
        "No window end was said: there is nothing to turn back in time for.",
        backout_now=reckoned.moment(ends.at(now)),
        backout_decided=reckoned.moment(ends.decided(now)),
        backout_at_worst=reckoned.moment(ends.at(worst)),
        no_return=no_return,
    )
    return _within(known, reckoned, ends, end_of_return) if situation.terms.window_end else known


def _no_return(situation: Situation) -> Standing | None:
    """Return the marked step that comes first; one that has begun before one that has not."""
    marked = [step for step in situation.awake() if step.point_of_no_return and step.in_scope]
    return min(
        marked, key=lambda step: (step.begun_at is None, step.begun_at or step.planned_start), default=None
    )


def _seconds_of(reckoned: Reckoned, step: Standing | None) -> float:
    """Return when a step will begin, in seconds from now; inf without one."""
    if step is None:
        return float("inf")
    compiled = reckoned.schedule.compiled
    return float(reckoned.schedule.start[compiled.nodes.index(step.id)])


def _stages(reckoned: Reckoned) -> list[_Undoing]:
    """Return from which moment on which rollback steps are needed: the first now, then at each start that adds some."""
    situation, schedule = reckoned.situation, reckoned.schedule
    asleep = {step.id for step in situation.steps if step.dormant}
    undone_by: dict[UUID, set[UUID]] = {}
    for step, undone in situation.undoes.items():
        for forward in undone if step in asleep else ():
            undone_by.setdefault(forward, set()).add(step)
    needed = {step for step in asleep if not situation.undoes.get(step)}
    begun = {step.id for step in situation.steps if step.begun_at}
    coming = []
    for node, start in zip(schedule.compiled.nodes, schedule.start.tolist(), strict=True):
        if node in begun:
            needed |= undone_by.get(node, set())
        elif node in undone_by:
            coming.append((max(start, 0.0), node))
    stages = [_Undoing(0.0, frozenset(needed))]
    for start, node in sorted(coming, key=lambda one: one[0]):
        if not undone_by[node] <= needed:
            needed |= undone_by[node]
            stages.append(_Undoing(start, frozenset(needed), node))
    return stages


class _Ends:
    """When a way back would end, in seconds from now; each stage is drawn once."""

    def __init__(self, reckoned: Reckoned, stages: Sequence[_Undoing], seconds: RollbackSeconds) -> None:
        self.stages = stages
        self._deciding = reckoned.situation.terms.decision_seconds
        self._blackouts = reckoned.reckoning.conditions.blackouts
        self._seconds = seconds
        self._known: dict[int, float] = {}

    def lasting(self, stage: int) -> float:
        """Return how much work the way back is at a stage."""
        if stage not in self._known:
            self._known[stage] = self._seconds(self.stages[stage].needed)
        return self._known[stage]

    def stage(self, moment: float) -> int:
        """Return the stage that a moment lies in."""
        return max(bisect_right(self.stages, moment, key=lambda one: one.moment) - 1, 0)

    def at(self, moment: float) -> float:
        """Return when a way back begun then would end."""
        return self._end(moment, self.lasting(self.stage(moment)))

    def decided(self, moment: float) -> float:
        """Return when a way back would end that is decided from then on."""
        return self._decided_at(self.stage(moment), moment)

    def last(self, until: float) -> int | None:
        """Return the last stage at whose begin one can still be back by a moment; None where not even at the first."""
        in_time = bisect_right(
            range(len(self.stages)), until, key=lambda n: self._decided_at(n, self.stages[n].moment)
        )
        return in_time - 1 if in_time else None

    def latest(self, stage: int, until: float) -> float:
        """Return the latest moment to begin deciding, of a stage whose way back is to end by another."""
        return self._begin(until, self.lasting(stage)) - self._deciding

    def _decided_at(self, stage: int, moment: float) -> float:
        return self._end(moment + self._deciding, self.lasting(stage))

    def _end(self, begin: float, work: float) -> float:
        if self._blackouts is None:
            return begin + work
        return _only(self._blackouts.finish(*_alone(begin, work)))

    def _begin(self, end: float, work: float) -> float:
        if self._blackouts is None:
            return end - work
        return _only(self._blackouts.latest_begin(*_alone(end, work)))


def _alone(moment: float, work: float) -> tuple[Seconds, Seconds, Flags]:
    """Return a moment and seconds of work as the calendar wants them, and whether there is no work."""
    return np.array([moment]), np.array([work]), np.array([work <= 0])


def _only(found: Seconds) -> float:
    return float(found[0])


def _within(known: Gauge, reckoned: Reckoned, ends: _Ends, end_of_return: float) -> Gauge:
    terms = reckoned.situation.terms
    assert terms.window_end is not None  # noqa: S101 - asked before
    until = (terms.window_end - reckoned.now).total_seconds()
    stage = ends.last(until)
    if stage is None:
        assert known.backout_decided is not None  # noqa: S101 - known without a window too
        told = passed_words(reckoned, terms.window_end, known.backout_decided)
        work = round(ends.lasting(ends.stage(0.0)))
        return replace(known, state=GaugeState.PASSED, sentence=told, rollback_seconds=work)
    latest, before = _latest(known, reckoned, ends, stage, min(ends.latest(stage, until), end_of_return))
    moment, work = reckoned.moment(latest), round(ends.lasting(stage))
    closing = latest < max(CLOSING_SECONDS, 2 * terms.decision_seconds)
    return replace(
        known,
        state=GaugeState.CLOSING if closing else GaugeState.OPEN,
        sentence=decide_words(reckoned, terms.window_end, moment, before.code if before else None, work),
        last_safe=moment,
        rollback_seconds=work,
        before=before,
    )


def _latest(
    known: Gauge, reckoned: Reckoned, ends: _Ends, stage: int, latest: float
) -> tuple[float, Standing | None]:
    """Return the latest moment, and the step whose begin it is, where it is one's."""
    steps = {step.id: step for step in reckoned.situation.steps}
    for one in ends.stages[stage + 1 : stage + 2]:
        if one.moment <= latest and one.step is not None:
            return one.moment, steps[one.step]
    return latest, known.no_return if latest == _seconds_of(reckoned, known.no_return) else None
