"""How a chapter, a macro-phase or a whole iteration stands, from its steps.

Only steps that count do: not out of scope, and not dormant; those of a rollback chapter count once it has woken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tminus.runbook.domain.impediment import ImpedimentSeverity
from tminus.runbook.domain.progress import Progress
from tminus.runbook.domain.rag import OpenImpediment, Rag, rag_of
from tminus.runbook.domain.state import DONE, OVER, StepState


class RollupState(StrEnum):
    """The state of many steps in one word: the first of these that is so.

    `dormant` = no step counts (all sleep, or are out of scope) · `failed` = a step has failed · `blocked` = a step
    is blocked · `cancelled` = nothing is open, and a step was cancelled · `complete` = all steps are complete or
    skipped · `in_progress` = a step has begun or is done · `not_started`.
    """

    DORMANT = "dormant"
    FAILED = "failed"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"
    COMPLETE = "complete"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class Slice:
    """Steps of one chapter that are in one state, taken together; seconds are baseline durations.

    `overdue` = those of them that are open and past their planned time; `begun` = when the first of them first began;
    `ended` = when the last of them ended.
    """

    chapter_id: UUID
    phase_id: UUID
    state: StepState
    count: int
    seconds: int
    overdue: int
    planned_start: datetime | None
    planned_end: datetime | None
    begun: datetime | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Rollup:
    """What slices and open impediments say together."""

    state: RollupState
    progress: Progress
    overdue: int
    planned_start: datetime | None
    planned_end: datetime | None
    actual_start: datetime | None
    actual_end: datetime | None
    impediments: dict[ImpedimentSeverity, int]
    rag: Rag


def roll_up(
    slices: Iterable[Slice],
    impediments: Sequence[OpenImpediment],
    chance: float | None = None,
    *,
    way_back: bool = False,
) -> Rollup:
    """Put slices together. `actual_end` is the last end, once nothing is open; None before.

    `chance` = to finish inside the window, where it is evaluated; on the `way_back`, of that to end inside it.
    """
    known = list(slices)
    progress = progress_of(known)
    state = state_of(progress.counts)
    over = state in (RollupState.COMPLETE, RollupState.CANCELLED)
    return Rollup(
        state,
        progress,
        sum(one.overdue for one in known),
        _earliest(one.planned_start for one in known),
        _latest(one.planned_end for one in known),
        _earliest(one.begun for one in known),
        _latest(one.ended for one in known) if over else None,
        {severity: sum(one.severity is severity for one in impediments) for severity in ImpedimentSeverity},
        rag_of(impediments, chance, way_back=way_back),
    )


def progress_of(slices: Sequence[Slice]) -> Progress:
    """Return counts and weights; the percentage follows from them."""
    counts: dict[str, int] = {}
    for one in slices:
        counts[one.state.value] = counts.get(one.state.value, 0) + one.count
    done = [one for one in slices if one.state in DONE]
    return Progress(
        sum(one.count for one in slices),
        sum(one.count for one in done),
        sum(one.seconds for one in slices),
        sum(one.seconds for one in done),
        counts,
    )


_BEGUN = DONE | {StepState.IN_PROGRESS, StepState.VERIFYING}


def state_of(counts: Mapping[str, int]) -> RollupState:
    """Return the one word for steps by state; see `RollupState`."""
    found = {StepState(state) for state, count in counts.items() if count}
    if not found:
        return RollupState.DORMANT
    if StepState.FAILED in found:
        return RollupState.FAILED
    if StepState.BLOCKED in found:
        return RollupState.BLOCKED
    if found <= OVER:
        return RollupState.CANCELLED if StepState.CANCELLED in found else RollupState.COMPLETE
    return RollupState.IN_PROGRESS if found & _BEGUN else RollupState.NOT_STARTED


def _earliest(times: Iterable[datetime | None]) -> datetime | None:
    return min((time for time in times if time), default=None)


def _latest(times: Iterable[datetime | None]) -> datetime | None:
    return max((time for time in times if time), default=None)
