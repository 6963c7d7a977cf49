"""Migrations and iterations."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.migration import MigrationAction, MigrationStatus
from tminus.runbook.domain.state import (
    Comms,
    IterationAction,
    IterationKind,
    IterationState,
    StepAction,
    StepState,
)
from tminus.runbook.schemas.shape import Shape


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
    take_seconds: int
    upcoming_seconds: int
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


class Blackout(Shape):
    """A span in which nobody works, and why."""

    start: datetime
    end: datetime
    reason: str


class Decider(Shape):
    """Who decides whether to turn back."""

    id: UUID
    name: str


class Iteration(IterationSummary):
    """An iteration on its own screen."""

    migration: MigrationRef
    plan_name: str
    plan_version: int
    environments: list[IterationEnvironment]
    window_start: datetime | None
    data_volume: float | None
    decider: Decider | None
    decision_seconds: int
    blackouts: list[Blackout]
    may_change_terms: bool
    out_of_scope_count: int
    allowed_actions: list[IterationAction]


class Rag(Shape):
    """A light with its reason; grey = not evaluated."""

    color: Literal["red", "amber", "green", "grey"]
    reason: str


class Migration(Shape):
    """A migration with its iterations; since when it is completed or failed, by whom and why, where it is."""

    id: UUID
    key: str
    name: str
    description: str
    status: MigrationStatus
    status_at: datetime | None
    status_by: str | None
    status_reason: str | None
    zone: str
    version: int
    roles: list[str]
    allowed_actions: list[MigrationAction]
    rag: Rag
    iterations: list[IterationSummary]


class MigrationList(Shape):
    """A page of migrations."""

    items: list[Migration]
    next: str | None = None


class Finding(Shape):
    """Something the pilot should know before starting or completing."""

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


class EndCheck(Shape):
    """What completing would leave open; an `error` stops it."""

    findings: list[Finding]


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
