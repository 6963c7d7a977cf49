"""Shapes of the JSON about plans and their imports."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.schemas.plan_version import BasedOn
from tminus.runbook.schemas.shape import Shape


class PlanVersion(Shape):
    """A version of a plan: how many steps it has, and the names of the iterations made from it.

    `contentHash` is the SHA-256 of its canonical form, in hex.
    """

    id: UUID
    number: int
    status: Literal["draft", "approved", "superseded", "undone"]
    created_by: str
    created_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    steps: int
    based_on: BasedOn | None
    iterations: list[str]
    content_hash: str
    version: int


class PlanRow(Shape):
    """A plan with its versions, newest first."""

    id: UUID
    migration_id: UUID
    migration_key: str
    name: str
    description: str
    versions: list[PlanVersion]


class PlanList(Shape):
    """A page of plans."""

    items: list[PlanRow]
    next: str | None = None


class ImportFinding(Shape):
    """Something wrong with a file: where, how bad, in words. Lines and columns count from 1."""

    file: str
    row: int | None
    line: int | None
    column: int | None
    code: str
    severity: Literal["error", "warning"]
    message: str
    suggestion: str | None
    repair: str | None


class DiffItem(Shape):
    """One thing that would differ, and in which keys of the plan file."""

    code: str
    kind: Literal[
        "plan",
        "team",
        "application",
        "environment",
        "environmentRole",
        "type",
        "control",
        "macroPhase",
        "chapter",
        "step",
        "task",
    ]
    change: Literal["added", "changed", "removed"]
    fields: list[str]


class PlanDifference(Shape):
    """What differs between two versions, in numbers and one by one."""

    added: int
    changed: int
    removed: int
    unchanged: int
    items: list[DiffItem]


class PlanImported(Shape):
    """What an import did; 0 changes: the plan said this already, and there is no new version."""

    plan_id: UUID
    version_id: UUID
    number: int
    changes: int


class ApproveRequest(Shape):
    """An approval, at the version the approver has read."""

    version: int | None = None


class Approved(Shape):
    """The number of the approval in the migration's log."""

    seq: int
