"""Shapes of the controls of an iteration."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.control import ControlAction
from tminus.runbook.domain.state import StepState
from tminus.runbook.schemas.decisions import Decision
from tminus.runbook.schemas.evidence import Evidence
from tminus.runbook.schemas.requests import Reason
from tminus.runbook.schemas.shape import Shape


class ControlRequest(Shape):
    """What is said of a control, at the version the person saw, and why."""

    version: int | None = None
    reason: Reason | None = None


class ControlTeam(Shape):
    """A team that has to do with a control."""

    id: UUID
    code: str
    name: str


class ControlPlace(Shape):
    """A task that a control is tied to, with its step and chapter."""

    chapter_id: UUID
    step_code: str
    step_name: str
    step_state: StepState
    task_code: str
    task_title: str


class Control(Shape):
    """A control of an iteration; `overridden` = passed by order, `by` = who brought it into its state.

    `overrideAsked` = the second signature that it waits for, to be passed by order.
    """

    id: UUID
    code: str
    name: str
    description: str
    critical: bool
    producer: ControlTeam | None
    validator: ControlTeam | None
    mine: bool
    state: Literal["pending", "passed", "failed", "cancelled"]
    by: str | None
    at: datetime | None
    reason: str | None
    overridden: bool
    override_asked: Decision | None
    version: int
    places: list[ControlPlace]
    evidence: list[Evidence]
    may_add: bool
    allowed_actions: list[ControlAction]


class ControlChapter(Shape):
    """A chapter that has controls, in the order of the plan."""

    id: UUID
    code: str
    name: str


class ControlBoard(Shape):
    """All controls of an iteration, with how many have passed and how many critical ones still hold."""

    total: int
    passed: int
    failed: int
    cancelled: int
    critical_open: int
    chapters: list[ControlChapter]
    items: list[Control]
