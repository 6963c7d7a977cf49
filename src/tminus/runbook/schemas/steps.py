"""One step with all that its panel shows, and what a command on it answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tminus.runbook.domain.state import StepState
from tminus.runbook.schemas.board import BoardTeam, StepRow
from tminus.runbook.schemas.decisions import Decision
from tminus.runbook.schemas.events import LiveEvent
from tminus.runbook.schemas.iterations import Iteration
from tminus.runbook.schemas.links import BlockedBy, PredecessorRow, SuccessorRow
from tminus.runbook.schemas.shape import Shape
from tminus.runbook.schemas.tasks import Task


class TeamCard(BoardTeam):
    """A team with how to reach it."""

    email: str | None


class NamedTeam(Shape):
    """A team, by name."""

    id: UUID
    code: str
    name: str


class StepEnvironment(Shape):
    """Where a step is done: the plan's role, and what that is in this iteration, by codes."""

    role: str
    code: str | None


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


class UndoneStep(Shape):
    """A step that this one undoes, or that undoes this one."""

    code: str
    name: str
    state: StepState
    dormant: bool
    in_scope: bool


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
    undoes: list[UndoneStep]
    undone_by: list[UndoneStep]
    decision: Decision | None
    signatures: list[Decision]
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
