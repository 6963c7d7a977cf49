"""Shapes of the tasks of a step, with the controls they are to satisfy."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.control import ControlAction
from tminus.runbook.domain.task import TaskMark
from tminus.runbook.schemas.shape import Shape


class TaskControl(Shape):
    """A control that a task is to satisfy; teams by name."""

    code: str
    name: str
    critical: bool
    state: Literal["pending", "passed", "failed", "cancelled"]
    producer: str | None
    validator: str | None
    by: str | None
    at: datetime | None
    reason: str | None
    overridden: bool
    version: int
    allowed_actions: list[ControlAction]


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
    reason: str | None
    allowed_actions: list[TaskMark]
