"""One step with all that its panel shows, and what a command on it answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.decision import Answer
from tminus.runbook.domain.group import Level
from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.domain.state import StepState
from tminus.runbook.schemas.board import BoardTeam, Held, LiveEvent, StepRow
from tminus.runbook.schemas.iterations import Iteration
from tminus.runbook.schemas.shape import Shape


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
