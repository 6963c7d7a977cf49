"""My work, and the messages of an iteration."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.state import IterationState, StepState
from tminus.runbook.schemas.board import StepRow
from tminus.runbook.schemas.decisions import Decision
from tminus.runbook.schemas.shape import Shape
from tminus.runbook.schemas.tasks import Task

MessageStatus = Literal["queued", "sending", "sent", "failed", "suppressed", "uncertain"]


class IterationOfWork(Shape):
    """The iteration a piece of work belongs to."""

    id: UUID
    name: str
    state: IterationState
    migration_id: UUID
    migration_name: str
    zone: str


class StepBefore(Shape):
    """A step that comes right before one's own, and how to call its team."""

    code: str
    name: str
    state: StepState
    team_name: str
    phone: str | None


class WorkItem(Shape):
    """One step in My work; `before` = those whose work it follows, what still holds it first."""

    iteration: IterationOfWork
    step: StepRow
    team_name: str
    tasks: list[Task]
    instructions: str
    before: list[StepBefore]


class WorkGroups(Shape):
    """My work by when it is due."""

    do_now: list[WorkItem]
    next: list[WorkItem]
    later: list[WorkItem]


class WorkHead(Shape):
    """The number an iteration's part of My work is as of."""

    iteration_id: UUID
    seq: int


class DecisionWaiting(Shape):
    """A poll or a second signature that waits for the person's own answer."""

    iteration: IterationOfWork
    decision: Decision


class MyWork(Shape):
    """What a person's teams have to do, and what is asked of the person; the soonest deadline first."""

    now: datetime
    decisions: list[DecisionWaiting]
    groups: WorkGroups
    heads: list[WorkHead]


class MessageRow(Shape):
    """A message of an iteration."""

    id: UUID
    step_code: str | None
    recipient: str
    recipient_name: str | None
    team_name: str | None
    phone: str | None
    subject: str
    occasion: str | None
    status: MessageStatus
    attempts: int
    queued_at: datetime
    sent_at: datetime | None
    last_error: str | None
    resend_of: UUID | None
    handled_at: datetime | None
    handled_by: str | None
    handled_note: str | None
    allowed_actions: list[Literal["resend", "handled"]]


class MessageList(Shape):
    """A page of messages; `unhandled` = how many failed or are uncertain, and nobody has seen to."""

    items: list[MessageRow]
    counts: dict[MessageStatus, int]
    unhandled: int
    next: str | None = None
