"""How an iteration stands, told to the engine: what stands, what is left, what holds; and what is assumed for it.

Running: what is left of it, from now. Blocked: the same from its expected unblocking, from now once that has passed.
Failed, or blocked without a time: done anew from now. Cancelled: whoever waits for it is let go now. A hold ends now.
All of these are assumptions, and are told as such, but what runs or is blocked until a time that is still to come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import numpy as np

from tminus.kernel.instants import wall_time_by_day
from tminus.kernel.schedule import Blackouts, Compiled, Conditions
from tminus.runbook.domain.forecast.expected import Expected
from tminus.runbook.domain.forecast.measured import pressed_afterwards, pressed_words
from tminus.runbook.domain.forecast.situation import Adjustment, Basis, Situation, Standing
from tminus.runbook.domain.forecast.worked import worked_so_far
from tminus.runbook.domain.state import OVER, IterationState, StepState


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the forecast takes for granted that nobody has said; `at` = the moment its sentence names."""

    code: str
    step_code: str | None
    sentence: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """One step as the engine takes it, in seconds from now: NaN = has not happened.

    `floor` = not before; `seconds` = its work, of what has begun what is left from `work_from` on.
    """

    floor: float
    seconds: float
    started: float = np.nan
    ended: float = np.nan
    work_from: float = -np.inf
    assumption: Assumption | None = None


LONG_AGO = -1e12
"""Seconds from now before which nothing was: groups may start from then on."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The conditions of a network, by its nodes, in seconds from `now`, with what is assumed.

    `said` = by step and chapter, the seconds from now before which somebody said that it does not start.
    """

    now: datetime
    conditions: Conditions
    said: Mapping[UUID, float]
    assumptions: tuple[Assumption, ...]
    assumed: frozenset[UUID]


def conditions_of(
    situation: Situation, compiled: Compiled[UUID], now: datetime, expected: Expected
) -> Reckoning:
    """Return the conditions of an iteration's network at a moment."""
    floors, assumptions = _floors(situation, now), list(_of_all(situation, now))
    steps = {step.id: step for step in situation.steps}
    needed = _needed(situation)
    outlooks = []
    for place, node in enumerate(compiled.nodes):
        if place >= compiled.activities:
            outlooks.append(Outlook(floors.get(node, LONG_AGO), 0.0))
            continue
        outlook = _outlook(situation, steps[node], now, expected)
        if outlook.assumption and outlook.assumption.code == CANCELLED_PASSED and node not in needed:
            outlook = replace(outlook, assumption=None)
        outlook = replace(outlook, floor=max(outlook.floor, floors.get(node, -np.inf)))
        outlooks.append(_adjusted(outlook, situation.adjusted.get(node)))
    assumed = [one.assumption for one in outlooks if one.assumption]
    return Reckoning(
        now,
        _conditions(outlooks, _blackouts(situation, now)),
        floors,
        (*assumptions, *assumed),
        frozenset(node for node, one in zip(compiled.nodes, outlooks, strict=True) if one.assumption),
    )


def _adjusted(outlook: Outlook, adjustment: Adjustment | None) -> Outlook:
    if adjustment is None or not np.isnan(outlook.ended):
        return outlook
    seconds = round(outlook.seconds * adjustment.factor + adjustment.extra_seconds)
    return replace(outlook, seconds=float(seconds))


def _conditions(outlooks: list[Outlook], blackouts: Blackouts | None) -> Conditions:
    floors, seconds, started, ended, work_from = (
        np.array([getattr(one, name) for one in outlooks], np.float64)
        for name in ("floor", "seconds", "started", "ended", "work_from")
    )
    return Conditions(seconds, floors, started, ended, work_from, blackouts)


def _blackouts(situation: Situation, now: datetime) -> Blackouts | None:
    return Blackouts.of(
        ((start - now).total_seconds(), (end - now).total_seconds())
        for start, end in situation.terms.blackouts
    )


def earliest_begin(situation: Situation, now: datetime) -> datetime:
    """Return the moment before which nothing that has not begun begins."""
    return now if situation.basis is Basis.LIVE else max(now, situation.planned_start)


def _floors(situation: Situation, now: datetime) -> Mapping[UUID, float]:
    """Return by step and chapter the seconds from now before which it does not start, as somebody said."""
    said: dict[UUID, float] = {}
    for step in situation.steps:
        moments = [moment for moment in (step.not_before, step.fixed_start) if moment and step.in_scope]
        if moments:
            said[step.id] = (max(moments) - now).total_seconds()
    for chapter in situation.chapters:
        if chapter.typed_start:
            said[chapter.id] = (chapter.typed_start - now).total_seconds()
    return said


def _of_all(situation: Situation, now: datetime) -> list[Assumption]:
    found = []
    if situation.state is IterationState.ON_HOLD:
        found.append(Assumption("hold_ends_now", None, "The hold is taken to end now."))
    if situation.basis is Basis.PLAN and now > situation.planned_start:
        due = wall_time_by_day(situation.planned_start, situation.zone, now)
        told = f"It was to begin at {due}; it is taken to begin now."
        found.append(Assumption("starts_now", None, told, situation.planned_start))
    pressed = len(pressed_afterwards(situation)) if situation.basis is Basis.LIVE else 0
    if pressed:
        found.append(Assumption("pressed_afterwards", None, pressed_words(pressed)))
    return found


CANCELLED_PASSED, BLOCKED_PAST = "cancelled_passed", "blocked_past"


def _needed(situation: Situation) -> frozenset[UUID]:
    """Return what open steps, or groups, wait for; turned back, of the way back alone: the way forward is over."""
    over = {step.id for step in situation.steps if step.state in OVER}
    needed = {one.predecessor for one in situation.links if one.successor not in over}
    if situation.state is IterationState.BACKING_OUT:
        back = {chapter.id for chapter in situation.chapters if chapter.rollback}
        needed &= {step.id for step in situation.steps if step.chapter_id in back}
    return frozenset(needed)


def _outlook(situation: Situation, step: Standing, now: datetime, expected: Expected) -> Outlook:
    def clock(moment: datetime | None) -> float:
        return (moment - now).total_seconds() if moment else np.nan

    free = clock(earliest_begin(situation, now))
    begun = clock(step.begun_at or step.started_at)
    match step.state:
        case StepState.COMPLETE | StepState.SKIPPED:
            ended = clock(step.ended_at or step.since or now)
            return Outlook(-np.inf, 0.0, ended if np.isnan(begun) else min(begun, ended), ended)
        case StepState.CANCELLED:
            sentence = f"{step.code} was cancelled; whoever waits for it is taken to be let go now."
            return Outlook(
                -np.inf, 0.0, 0.0, 0.0, assumption=Assumption(CANCELLED_PASSED, step.code, sentence)
            )
        case StepState.IN_PROGRESS:
            left = _left(situation, step, now, expected)
            return Outlook(-np.inf, left, np.nan_to_num(begun), work_from=0.0)
        case StepState.VERIFYING:
            return Outlook(-np.inf, 0.0, np.nan_to_num(begun), work_from=0.0)
        case StepState.BLOCKED:
            return _blocked(situation, step, now, begun, expected)
        case StepState.NOT_READY:
            return Outlook(free, expected.seconds(step))
        case StepState.FAILED:
            sentence = f"{step.code} failed; it is taken to be done anew from now."
            return _anew(step, free, begun, expected, Assumption("failed_redone", step.code, sentence))
        case _:
            # What was tried before and waits for its next attempt has begun, and is begun anew.
            return _anew(step, free, begun, expected, None)


def _anew(
    step: Standing, free: float, begun: float, expected: Expected, assumption: Assumption | None
) -> Outlook:
    if np.isnan(begun):
        return Outlook(free, expected.seconds(step), assumption=assumption)
    return Outlook(-np.inf, expected.seconds(step), begun, work_from=free, assumption=assumption)


def _left(situation: Situation, step: Standing, now: datetime, expected: Expected) -> float:
    """Return the work that is left, by what was worked so far: all of it where nobody wrote down the start."""
    if step.started_at is None:
        return expected.seconds(step)
    return expected.left(step, worked_so_far(situation, step, now))


def _blocked(
    situation: Situation, step: Standing, now: datetime, begun: float, expected: Expected
) -> Outlook:
    if step.expected_at is None:
        sentence = (
            f"{step.code} is blocked, and nobody said until when; it is taken to be done anew from now."
        )
        return _anew(step, 0.0, begun, expected, Assumption("blocked_without_time", step.code, sentence))
    free = max((step.expected_at - now).total_seconds(), 0.0)
    assumption = None
    if step.expected_at < now:
        due = wall_time_by_day(step.expected_at, situation.zone, now)
        sentence = f"{step.code} was to go on at {due} and is blocked still; it is taken to go on now."
        assumption = Assumption(BLOCKED_PAST, step.code, sentence, step.expected_at)
    if step.started_at is None:
        return Outlook(free, expected.seconds(step), assumption=assumption)
    left = _left(situation, step, now, expected)
    return Outlook(-np.inf, left, begun, work_from=free, assumption=assumption)
