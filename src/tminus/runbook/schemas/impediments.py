"""What stands in the way of a step or of the iteration."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.impediment import ImpedimentSeverity, ImpedimentState
from tminus.runbook.schemas.requests import Code, Instant
from tminus.runbook.schemas.shape import Shape
from tminus.runbook.schemas.spoken import Detail, Title, Why


class NewImpediment(Shape):
    """What stands in the way; without a step, of the whole iteration. `expectedAt` = when it should be resolved."""

    title: Title
    severity: ImpedimentSeverity
    detail: Detail = ""
    step_code: Code | None = None
    owner_id: UUID | None = None
    expected_at: Instant | None = None


class ImpedimentChange(Shape):
    """The members to change; one that is absent stays."""

    title: Title | None = None
    severity: ImpedimentSeverity | None = None
    detail: Detail | None = None
    owner_id: UUID | None = None
    expected_at: Instant | None = None


class ResolveImpediment(Shape):
    """How it was resolved, at the version that was seen."""

    resolution: Why
    version: int | None = None


class ReopenImpediment(Shape):
    """Why it stands in the way again, at the version that was seen."""

    reason: Why
    version: int | None = None


class Impediment(Shape):
    """One of them, with its number in the iteration."""

    id: UUID
    number: int
    step_code: str | None
    title: str
    detail: str
    severity: ImpedimentSeverity
    owner_id: UUID | None
    owner: str | None
    expected_at: datetime | None
    state: ImpedimentState
    opened_by: str
    opened_at: datetime
    resolved_by: str | None
    resolved_at: datetime | None
    resolution: str | None
    version: int
    allowed_actions: list[Literal["change", "resolve", "reopen"]]


class ImpedimentList(Shape):
    """The open ones first, the worst first."""

    items: list[Impediment]
    next: str | None = None
    may_open: bool
