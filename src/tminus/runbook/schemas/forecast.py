"""The forecast document: what will happen in an iteration, how surely, and until when one can still turn back."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from tminus.runbook.domain.forecast.situation import Basis
from tminus.runbook.schemas.shape import Shape


class ForecastProblem(Shape):
    """Why nothing can be reckoned; `path` = the codes of a circle, first and last the same."""

    code: str
    sentence: str
    path: list[str]


class Premise(Shape):
    """What a forecast stands on, as a sentence; `step_code` = of which step."""

    code: str
    step_code: str | None
    sentence: str


class Assumption(Premise):
    """Something the forecast takes for granted that nobody has said.

    `at` = the moment its sentence names: when a step that is blocked still was to go on (`blocked_past`), when an
    iteration was to begin (`starts_now`).
    """

    at: datetime | None


class Conflict(Premise):
    """Two things that were said and cannot both be, with the facts of its sentence.

    `fixed_start_missed`: `step_code` is to start at `wanted`, and can at `possible`, as `before_code` holds it last.
    `no_working_time`: blackouts cover all from `wanted` to `possible`.
    """

    wanted: datetime
    possible: datetime
    before_code: str | None
    before_name: str | None


class Finish(Shape):
    """When all is over. The delay is against the baseline, before there is one against the plan.

    `way_back` = it is turned back, or was: the finish is the way back's end, and has no delay against the way forward.
    """

    forecast: datetime
    planned: datetime
    baseline: datetime | None
    actual: datetime | None
    delay_seconds: int | None
    way_back: bool


class DelayReason(Shape):
    """Why part of a delay is inherited although no step is to blame."""

    code: str
    seconds: int
    sentence: str


class Origin(Shape):
    """The step in which most of an inherited delay began, and how much of it."""

    code: str
    seconds: int


class StepDelay(Shape):
    """Signed seconds against the baseline: inherited and own add up to the variance."""

    variance_seconds: int
    inherited_seconds: int
    own_seconds: int
    reasons: list[DelayReason]
    origin: Origin | None
    sentence: str


class StepForecast(Shape):
    """A step: start and end as they happened, else as reckoned. Floats are null of what is over.

    `assumed` = its end stands on an assumption of its own, and its start too where it has not begun; `wave` = how many
    steps come before it, and one; `criticality` = share of the draws in which it decided the finish;
    `expected_seconds` = the work reckoned with, or what is left.
    """

    code: str
    start: datetime
    end: datetime
    assumed: bool
    total_float_seconds: int | None
    free_float_seconds: int | None
    critical: bool
    late: bool
    at_risk: bool
    wave: int
    criticality: float | None
    p80_end: datetime | None
    expected_seconds: int
    delay: StepDelay | None


class GroupForecast(Shape):
    """A chapter or macro-phase, from the first of its steps to the last; all null where it has none."""

    code: str
    start: datetime | None
    end: datetime | None
    planned_start: datetime | None
    planned_end: datetime | None
    baseline_start: datetime | None
    baseline_end: datetime | None
    over: bool
    late: bool
    critical: bool
    delay_seconds: int | None


class ForecastWindow(Shape):
    """The window the chance is of."""

    end: datetime


class Histogram(Shape):
    """How many draws finish in each span of `bin_seconds`, the first from `from` on."""

    from_: datetime = Field(alias="from")
    bin_seconds: int
    counts: list[int]


class ForecastHistory(Shape):
    """What the durations were learned from. `ratio` = actual to estimated over all of it; null without any."""

    iterations: list[str]
    steps_with: int
    steps_without: int
    ratio: float | None
    scaling: str


class Uncertainty(Shape):
    """The finish over many draws, made at event `seq`; `chance` to be inside the window, null without a window."""

    seq: int
    made_at: datetime
    draws: int
    seed: int
    p50: datetime
    p80: datetime
    p95: datetime
    chance: float | None
    window: ForecastWindow | None
    histogram: Histogram
    history: ForecastHistory
    method: str


class PointOfNoReturn(Shape):
    """The step after which there is only forward, and when it began."""

    step_code: str
    begun_at: datetime | None


GaugeState = Literal["open", "closing", "passed", "forward_only", "cannot_be_computed", "no_window"]


class Gauge(Shape):
    """Until when one can still turn back, and who decides it. What cannot be computed is null, and said so.

    `before_step_code` = the step whose begin, not the clock, ends the time for deciding; then the moment is its
    forecast start. `rollback_seconds` = the work of the way back at that moment, once it has passed now, in 95 of 100
    cases; blackouts come on top. `backout_now`, `backout_decided`, `backout_at_worst` = when the way back ends that is
    begun now, that is decided from now on first, or that is begun at the worst moment.
    """

    state: GaugeState
    sentence: str
    last_safe_decision: datetime | None
    before_step_code: str | None
    decider: str | None
    decision_seconds: int
    rollback_seconds: int | None
    window_end: datetime | None
    backout_now: datetime | None
    backout_decided: datetime | None
    backout_at_worst: datetime | None
    point_of_no_return: PointOfNoReturn | None


class Forecast(Shape):
    """What will happen in an iteration, reckoned at `now` from all events up to `seq`."""

    iteration_id: UUID
    seq: int
    now: datetime
    basis: Basis
    problem: ForecastProblem | None
    assumptions: list[Assumption]
    conflicts: list[Conflict]
    finish: Finish | None
    critical_path: list[str]
    steps: list[StepForecast]
    chapters: list[GroupForecast]
    macro_phases: list[GroupForecast]
    uncertainty: Uncertainty | None
    gauge: Gauge | None
