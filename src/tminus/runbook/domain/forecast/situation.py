"""How an iteration stands, as far as its forecast goes: read once, then everything is reckoned from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import IterationState, StepState


class Basis(StrEnum):
    """What a forecast is made from: the plan alone, a night under way, or what has happened."""

    PLAN = "plan"
    LIVE = "live"
    OVER = "over"


_BASIS = {
    IterationState.PLANNING: Basis.PLAN,
    IterationState.SCHEDULED: Basis.PLAN,
    IterationState.LIVE: Basis.LIVE,
    IterationState.ON_HOLD: Basis.LIVE,
    IterationState.BACKING_OUT: Basis.LIVE,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A step as it stands. `ready_at` and `begun_at` are the first attempt's, the rest the last one's.

    `duration_seconds` = as frozen, 0 out of scope; `overridden` = its first attempt began although it was not ready;
    `since` = when it came into its state.
    """

    id: UUID
    code: str
    name: str
    chapter_id: UUID
    macro_phase_id: UUID
    team_id: UUID | None
    behaviour: Behaviour
    type: str
    duration_seconds: int
    dormant: bool
    in_scope: bool
    point_of_no_return: bool
    state: StepState
    planned_start: datetime | None
    planned_end: datetime | None
    baseline_start: datetime | None
    baseline_end: datetime | None
    not_before: datetime | None
    fixed_start: datetime | None
    ready_at: datetime | None
    begun_at: datetime | None
    started_at: datetime | None
    work_ended_at: datetime | None
    ended_at: datetime | None
    since: datetime | None
    expected_at: datetime | None
    overridden: bool
    start_assumed: bool


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """A chapter or macro-phase; `typed_start` = a chapter's planned start, where somebody typed it.

    Planned and baseline times are those of a chapter's schedule, where it has one.
    """

    id: UUID
    code: str
    name: str
    parent_id: UUID | None = None
    rollback: bool = False
    typed_start: datetime | None = None
    planned_start: datetime | None = None
    planned_end: datetime | None = None
    baseline_start: datetime | None = None
    baseline_end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dependence:
    """A link between steps, chapters or macro-phases that is not waived; lag in seconds."""

    predecessor: UUID
    successor: UUID
    kind: str
    lag_seconds: int


@dataclass(frozen=True, slots=True)
class Hold:
    """The iteration was held, or a step blocked, from one moment to another; None: it still is."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What an iteration promises and is bound by; `decision_seconds` = how long the decision to turn back takes."""

    window_end: datetime | None
    decider: str | None
    decision_seconds: int
    data_volume: float | None
    blackouts: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is left of a step's work takes `factor` times as long, and `extra_seconds` more."""

    factor: float = 1.0
    extra_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Situation:
    """An iteration as it stood at event number `seq`. `undoes` = by rollback step, the steps that it undoes.

    `adjusted` = steps whose work is supposed to take another time than expected: of a question *what if*. `blocked` =
    by step, when it was, or still is.
    """

    iteration_id: UUID
    name: str
    state: IterationState
    zone: str
    seq: int
    planned_start: datetime
    planned_end: datetime
    started_at: datetime | None
    ended_at: datetime | None
    terms: Terms
    steps: Sequence[Standing]
    chapters: Sequence[GroupStanding]
    macro_phases: Sequence[GroupStanding]
    links: Sequence[Dependence]
    holds: Sequence[Hold] = ()
    undoes: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    adjusted: Mapping[UUID, Adjustment] = field(default_factory=dict)
    blocked: Mapping[UUID, Sequence[Hold]] = field(default_factory=dict)

    @property
    def basis(self) -> Basis:
        """What its forecast is made from."""
        return _BASIS.get(self.state, Basis.OVER)

    def awake(self) -> list[Standing]:
        """Return the steps that count in the network: all but those that sleep."""
        return [step for step in self.steps if not step.dormant]
