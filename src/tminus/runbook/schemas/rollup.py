"""The roll-up of an iteration, and the list of what a pilot looks at now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tminus.runbook.domain.impediment import ImpedimentSeverity
from tminus.runbook.domain.now import Why
from tminus.runbook.domain.rollup import RollupState
from tminus.runbook.domain.state import StepState
from tminus.runbook.schemas.iterations import Progress, Rag
from tminus.runbook.schemas.shape import Shape


class Rollup(Shape):
    """How some steps stand together; `impediments` = open ones by severity.

    `overdue` = open steps past their planned time; *late* is what the forecast says of them.
    `actual_end` is null until nothing is open; a percentage is null where there is nothing to weigh.
    """

    state: RollupState
    progress: Progress
    overdue: int
    planned_start: datetime | None
    planned_end: datetime | None
    actual_start: datetime | None
    actual_end: datetime | None
    impediments: dict[ImpedimentSeverity, int]
    rag: Rag


class PhaseRollup(Rollup):
    """A macro-phase."""

    id: UUID
    code: str
    name: str


class ChapterRollup(PhaseRollup):
    """A chapter; a rollback chapter sleeps until a back-out."""

    macro_phase_id: UUID
    rollback: bool


class IterationRollup(Shape):
    """A whole iteration as of event `seq`."""

    seq: int
    now: datetime
    iteration: Rollup
    macro_phases: list[PhaseRollup]
    chapters: list[ChapterRollup]


class NowTeam(Shape):
    """Whose a step is, and how to call them."""

    id: UUID
    name: str
    phone: str | None


class NowLine(Shape):
    """A step in hand: since when it is in its state, how far past its plan, how much planned work waits behind it.

    `expected_at` = when it should be unblocked; `late_seconds` = past its planned time now, whatever the forecast says,
    0 for what is not; `reason` of what is *stuck* = which cancelled steps hold it for good, and what would let it go.
    """

    step_id: UUID
    code: str
    name: str
    state: StepState
    why: Why
    since: datetime | None
    late_seconds: int
    behind_seconds: int
    expected_at: datetime | None
    reason: str | None
    team: NowTeam | None


class NowList(Shape):
    """The steps in hand, by effect on the finish; `total` counts also those beyond the end of the list."""

    seq: int
    now: datetime
    total: int
    items: list[NowLine]
