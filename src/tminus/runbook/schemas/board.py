"""The runsheet: its rows, and the events that change them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.domain.state import Relation, StepAction, StepState
from tminus.runbook.schemas.iterations import Iteration
from tminus.runbook.schemas.shape import Shape


class LinkInto(Shape):
    """A link into a step, chapter or macro-phase, by the code of what comes first."""

    code: str
    kind: LinkKind
    lag_seconds: int
    waived: bool


class Held(Shape):
    """One thing that holds a step: a node by a link; a guard has a sentence and no code."""

    code: str | None
    level: Literal["step", "chapter", "macro_phase", "guard", "time", "task"]
    kind: LinkKind | None
    lag_seconds: int
    sentence: str | None


class StepRow(Shape):
    """One row of a runsheet. Durations and delays in seconds; a null time or delay was not measured."""

    id: UUID
    code: str
    name: str
    type: str
    behaviour: Literal["work", "checkpoint", "gate", "milestone"]
    chapter_id: UUID
    position: int
    team_id: UUID | None
    duration_seconds: int
    dormant: bool
    in_scope: bool
    labels: list[str]
    not_before: datetime | None
    fixed_start: datetime | None
    point_of_no_return: bool
    auto_activate: bool
    state: StepState
    attempt: int
    version: int
    baseline_start: datetime | None
    baseline_end: datetime | None
    planned_start: datetime | None
    planned_end: datetime | None
    opens_at: datetime | None
    ready_at: datetime | None
    activated_at: datetime | None
    started_at: datetime | None
    start_assumed: bool
    work_ended_at: datetime | None
    ended_at: datetime | None
    delay_seconds: int | None
    tasks_done: int
    tasks_total: int
    reason: str | None
    last_actor: str | None
    last_at: datetime | None
    decision_id: UUID | None
    evidence_required: bool
    evidence_count: int
    controls_open: int
    blocked_from: StepState | None
    expected_at: datetime | None
    taken_at: datetime | None
    taken_by: str | None
    not_taken_at: datetime | None
    start_told_at: datetime | None
    end_told_at: datetime | None
    late_reason: str | None
    start_carried: bool
    done_by_id: UUID | None
    override_by: str | None
    override_reason: str | None
    predecessors: list[LinkInto]
    blocked_by: Sequence[Held]
    relation: Relation
    allowed_actions: list[StepAction]


class Viewer(Shape):
    """Who looks at the board."""

    user_id: UUID | None
    roles: list[str]
    team_ids: list[UUID]


class BoardTeam(Shape):
    """A team on the board."""

    id: UUID
    code: str
    name: str
    phone: str | None


class BoardPhase(Shape):
    """A macro-phase on the board."""

    id: UUID
    code: str
    name: str
    position: int
    after: list[LinkInto]


class BoardChapter(Shape):
    """A chapter on the board."""

    id: UUID
    macro_phase_id: UUID
    code: str
    name: str
    rollback: bool
    position: int
    after: list[LinkInto]


class Board(Shape):
    """A whole runsheet as of event `seq`."""

    seq: int
    iteration: Iteration
    viewer: Viewer
    teams: list[BoardTeam]
    macro_phases: list[BoardPhase]
    chapters: list[BoardChapter]
    steps: list[StepRow]
