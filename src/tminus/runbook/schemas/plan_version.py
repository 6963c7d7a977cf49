"""Shape of a plan version with all that is in it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.state import IterationState
from tminus.runbook.schemas.plan_content import Named, PlanPhase
from tminus.runbook.schemas.plan_controls import PlanControl, PlanStepType
from tminus.runbook.schemas.plan_findings import PlanFinding
from tminus.runbook.schemas.shape import Shape


class BasedOn(Shape):
    """The version that a version was copied from."""

    id: UUID
    number: int


class IterationName(Shape):
    """An iteration made from the version."""

    id: UUID
    name: str
    state: IterationState


class PlanVersionWhole(Shape):
    """A version of a plan whole. `lastEdit` = number of the newest edit, 0 = none was made."""

    id: UUID
    plan_id: UUID
    plan_name: str
    description: str
    migration_id: UUID
    migration_key: str
    zone: str
    number: int
    status: Literal["draft", "approved", "superseded", "undone"]
    version: int
    based_on: BasedOn | None
    created_by: str
    created_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    allowed_actions: list[Literal["edit", "approve", "discard", "newDraft", "newIteration"]]
    why_not_approve: str | None
    last_edit: int
    iterations: list[IterationName]
    types: list[PlanStepType]
    controls: list[PlanControl]
    teams: list[Named]
    applications: list[Named]
    environments: list[Named]
    environment_roles: list[Named]
    macro_phases: list[PlanPhase]
    findings: list[PlanFinding]
