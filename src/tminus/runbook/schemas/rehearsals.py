"""A plan's iterations side by side, and what the plan could have different."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.rehearsals.insight import InsightKind
from tminus.runbook.domain.state import IterationKind, IterationState, StepState
from tminus.runbook.schemas.proposals import PlanProposal
from tminus.runbook.schemas.requests import Code, Reason
from tminus.runbook.schemas.shape import Shape

CellMark = Literal["slower", "slower_than_before", "skipped", "failed", "retried"]


class RehearsalSums(Shape):
    """One iteration in figures: how many steps stand out in which way, and what the measured ones took."""

    slower: int
    slower_than_before: int
    skipped: int
    failed: int
    retried: int
    missing: int
    measured: int
    planned_seconds: int
    actual_seconds: int


class RehearsalIteration(Shape):
    """An iteration as a column; `sums` null: it has not begun. `learnedFrom`: it is over, and so teaches."""

    id: UUID
    name: str
    kind: IterationKind
    state: IterationState
    version: int
    planned_start: datetime
    started_at: datetime | None
    ended_at: datetime | None
    data_volume: float | None
    learned_from: bool
    sums: RehearsalSums | None


class RehearsalCell(Shape):
    """A step in an iteration: `code` where it was another one then; `actualSeconds` null: not measured."""

    code: str | None
    state: StepState
    planned_seconds: int
    actual_seconds: int | None
    assumed: bool
    attempts: int
    in_scope: bool
    dormant: bool
    started_at: datetime | None
    ended_at: datetime | None
    marks: list[CellMark]


class RehearsalStep(Shape):
    """A step as a row; a null cell: the iteration did not have it. `estimateSeconds` null: the plan has it no more."""

    code: str
    name: str
    chapter: str
    team: str | None
    behaviour: Behaviour
    estimate_seconds: int | None
    cells: list[RehearsalCell | None]


class InsightEvidence(Shape):
    """What an insight rests on: one step of one iteration."""

    iteration_id: UUID
    iteration_name: str
    step_code: str
    sentence: str
    planned_seconds: int
    actual_seconds: int | None


class Insight(Shape):
    """What the plan could have different; `caution` = what speaks against trusting it."""

    id: str
    kind: InsightKind
    step_code: str
    step_name: str
    other_code: str | None
    other_name: str | None
    current: int | None
    proposed: int | None
    sentence: str
    caution: str
    evidence: list[InsightEvidence]


class InsightsAnswered(Shape):
    """How many insights are not shown, because somebody answered them on the same evidence."""

    accepted: int
    declined: int


class InsightAnswer(Shape):
    """What became of an insight; `lesson` = its sentence, and its evidence line by line. `version` it went into."""

    id: str
    step_code: str
    state: Literal["accepted", "declined"]
    decided_by: str
    decided_at: datetime
    reason: str | None
    lesson: str
    version_id: UUID | None
    version: int | None
    version_status: Literal["draft", "approved", "superseded", "undone"] | None


class Rehearsals(Shape):
    """Iterations are columns, in the order in which they were; steps are rows, with a cell for each of them."""

    plan_id: UUID
    plan_name: str
    migration_id: UUID
    migration_key: str
    zone: str
    iterations: list[RehearsalIteration]
    steps: list[RehearsalStep]
    insights: list[Insight]
    answered: InsightsAnswered
    answers: list[InsightAnswer]
    allowed_actions: list[Literal["accept", "decline", "type_data_volume"]]


class AcceptInsight(Shape):
    """Into the plan's draft, which is made if there is none; with `was`, only where the plan still says that.

    `code` and `name` are for a new step; without them it gets the next free code, and its reason as its name.
    """

    was: Annotated[int, Field(ge=0)] | None = None
    code: Code | None = None
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)] | None = None


class InsightAccepted(Shape):
    """The proposal it became, the draft it is in now, and the number of its edit there."""

    proposal: PlanProposal
    version_id: UUID
    version_number: int
    made_draft: bool
    edit: int


class DeclineInsight(Shape):
    """Why the plan stays as it is."""

    reason: Reason
