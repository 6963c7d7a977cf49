"""Shapes of the runbook's JSON: what is taken in, checked and bounded, and what is given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from tminus.runbook.domain.decision import Answer
from tminus.runbook.domain.group import Level
from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.domain.state import (
    Comms,
    IterationAction,
    IterationKind,
    IterationState,
    Relation,
    StepAction,
    StepState,
)

Code = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class Shape(BaseModel):
    """camelCase outside; a member nobody knows is refused rather than ignored."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class StepRequest(Shape):
    """A press of a step's button. `version` is the one the person saw; `note` goes into the activation's mail."""

    version: int | None = None
    reason: Reason | None = None
    note: Reason | None = None


class TaskRequest(Shape):
    """A tick of a task, at the version the person saw."""

    version: int | None = None


class AnswerRequest(Shape):
    """An answer to a decision, with the reason that goes into the log."""

    answer: Answer
    reason: Reason


class IterationRequest(Shape):
    """A press of an iteration's button."""

    version: int | None = None
    reason: Reason | None = None
    comms: Comms | None = None
    rebase: bool = False
    planned_start: AwareDatetime | None = None


class NewIteration(Shape):
    """An iteration to be made from an approved plan version."""

    plan_version_id: UUID
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    kind: IterationKind
    planned_start: AwareDatetime
    window_end: AwareDatetime | None = None
    environments: dict[Code, Code] = Field(default={}, max_length=100)


class Progress(Shape):
    """Weighted percentage (null = not measured), and steps by state."""

    percent: float | None
    done: int
    total: int
    counts: dict[StepState, int]


class IterationSummary(Shape):
    """An iteration in a list."""

    id: UUID
    migration_id: UUID
    name: str
    kind: IterationKind
    state: IterationState
    comms: Comms | None
    planned_start: datetime
    planned_end: datetime
    window_end: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    state_since: datetime
    state_by: str
    state_reason: str | None
    progress: Progress
    version: int


class MigrationRef(Shape):
    """The migration an iteration belongs to."""

    id: UUID
    key: str
    name: str
    zone: str


class IterationEnvironment(Shape):
    """What a role is in this iteration; by codes, names beside them."""

    role: str
    role_name: str
    environment: str
    environment_name: str


class Iteration(IterationSummary):
    """An iteration on its own screen."""

    migration: MigrationRef
    plan_name: str
    plan_version: int
    environments: list[IterationEnvironment]
    out_of_scope_count: int
    allowed_actions: list[IterationAction]


class Rag(Shape):
    """A light with its reason; grey = not evaluated."""

    color: Literal["red", "amber", "green", "grey"]
    reason: str


class Migration(Shape):
    """A migration with its iterations."""

    id: UUID
    key: str
    name: str
    description: str
    status: Literal["planning", "in_progress", "completed", "failed"]
    zone: str
    roles: list[str]
    rag: Rag
    iterations: list[IterationSummary]


class MigrationList(Shape):
    """A page of migrations."""

    items: list[Migration]
    next: str | None = None


class LinkInto(Shape):
    """A link into a step, chapter or macro-phase, by the code of what comes first."""

    code: str
    kind: LinkKind
    lag_seconds: int


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


class LiveEvent(Shape):
    """One entry of the log as screens apply it; `prev` is the number before it in the same iteration."""

    seq: int
    prev: int
    at: datetime
    type: str
    actor: str
    iteration_id: UUID | None
    step_id: UUID | None
    step_code: str | None
    sentence: str
    changes: dict[str, Any]
    reload: bool


class EventPage(Shape):
    """The next events after a number; `head` is the iteration's newest, `next` where to read on."""

    items: list[LiveEvent]
    head: int
    next: int | None


class TaskControl(Shape):
    """A control that a task is to satisfy; teams by name."""

    code: str
    name: str
    critical: bool
    state: Literal["pending", "passed", "failed", "cancelled"]
    producer: str | None
    validator: str | None


class Task(Shape):
    """A task of a step."""

    id: UUID
    step_id: UUID
    code: str
    title: str
    instructions: str
    team_id: UUID | None
    required: bool
    nominee: str | None
    controls: list[TaskControl]
    state: Literal["open", "done", "failed", "not_applicable"]
    done_by: str | None
    done_at: datetime | None
    version: int
    allowed_actions: list[Literal["done", "undone"]]


class TeamCard(BoardTeam):
    """A team with how to reach it."""

    email: str | None


class BlockedBy(Held):
    """One thing that holds a step, in words: who has it, since when it stands so, what time opens it."""

    team: str | None
    since: datetime | None
    opens_at: datetime | None


class PredecessorRow(Shape):
    """A predecessor in the panel; of a chapter or macro-phase the state is null."""

    level: Level
    code: str
    name: str
    kind: LinkKind
    lag_seconds: int
    state: StepState | None
    team: str | None
    since: datetime | None


class SuccessorRow(Shape):
    """A successor in the panel; of a chapter or macro-phase the state is null."""

    level: Level
    code: str
    name: str
    kind: LinkKind
    lag_seconds: int
    state: StepState | None


class NamedTeam(Shape):
    """A team, by name."""

    id: UUID
    code: str
    name: str


class StepEnvironment(Shape):
    """Where a step is done: the plan's role, and what that is in this iteration, by codes."""

    role: str
    code: str | None


class DecisionAnswer(Shape):
    """One answer to a decision."""

    user: str
    answer: Answer
    reason: str
    at: datetime


class Decision(Shape):
    """The decision a gate asks for."""

    id: UUID
    question: str
    role: str
    quorum: int
    asked_at: datetime
    answers: list[DecisionAnswer]
    outcome: Answer | None
    closed_at: datetime | None
    allowed_answers: list[Answer]


class Attempt(Shape):
    """An attempt that is over."""

    attempt: int
    outcome: StepState
    ready_at: datetime | None
    activated_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    reason: str | None


class StepMessage(Shape):
    """A message about a step."""

    recipient: str
    subject: str
    status: str
    queued_at: datetime
    sent_at: datetime | None
    last_error: str | None


class StepDetail(StepRow):
    """All about one step."""

    instructions: str
    team: TeamCard | None
    tasks: list[Task]
    blocked_by: Sequence[BlockedBy]
    impacted_teams: list[NamedTeam]
    applications: list[str]
    environment: StepEnvironment | None
    predecessor_rows: list[PredecessorRow]
    successors: list[SuccessorRow]
    decision: Decision | None
    attempts: list[Attempt]
    history: list[LiveEvent]
    messages: list[StepMessage]
    seq: int


class StepAnswer(Shape):
    """What a command on a step did: the events it wrote, to be applied like any other."""

    seq: int
    events: list[LiveEvent]


class IterationAnswer(Shape):
    """What a command on an iteration did."""

    seq: int
    iteration: Iteration


class Finding(Shape):
    """Something the pilot should know before starting."""

    severity: Literal["error", "warning"]
    code: str
    step_code: str | None
    sentence: str


class StartCheck(Shape):
    """What starting would do."""

    people: int
    teams: int
    findings: list[Finding]
    late_by_seconds: int


class IterationOfWork(Shape):
    """The iteration a piece of work belongs to."""

    id: UUID
    name: str
    state: IterationState
    migration_id: UUID
    migration_name: str
    zone: str


class WorkItem(Shape):
    """One step in My work."""

    iteration: IterationOfWork
    step: StepRow
    team_name: str
    tasks: list[Task]
    instructions: str


class WorkGroups(Shape):
    """My work by when it is due."""

    do_now: list[WorkItem]
    next: list[WorkItem]
    later: list[WorkItem]


class WorkHead(Shape):
    """The number an iteration's part of My work is as of."""

    iteration_id: UUID
    seq: int


class MyWork(Shape):
    """What a person's teams have to do."""

    now: datetime
    groups: WorkGroups
    heads: list[WorkHead]


class MessageRow(Shape):
    """A message of an iteration."""

    id: UUID
    step_code: str | None
    recipient: str
    subject: str
    status: Literal["queued", "sending", "sent", "failed", "suppressed", "uncertain"]
    attempts: int
    queued_at: datetime
    sent_at: datetime | None
    last_error: str | None


class MessageList(Shape):
    """A page of messages."""

    items: list[MessageRow]
    next: str | None = None


class ProgressPoint(Shape):
    """A measured point of the burn-up."""

    at: datetime
    done: int
    total: int
    percent: float | None


class PlanPoint(Shape):
    """A planned point of the burn-up."""

    at: datetime
    percent: float | None


class ProgressHistory(Shape):
    """The burn-up of an iteration."""

    points: list[ProgressPoint]
    plan: list[PlanPoint]


ActionTable = dict[str, dict[str, dict[str, dict[str, list[StepAction]]]]]
