"""My work, and the messages of an iteration."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.state import IterationState
from tminus.runbook.schemas.board import StepRow
from tminus.runbook.schemas.shape import Shape
from tminus.runbook.schemas.tasks import Task


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
