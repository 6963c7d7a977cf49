"""Shapes of what is wrong with a plan, each with what it is about."""

from __future__ import annotations

from typing import Literal

from tminus.runbook.schemas.shape import Shape


class FindingSubject(Shape):
    """What of the plan is meant: a kind (`step`), its code, and the field where one is at fault."""

    level: str
    code: str
    field: str


class PlanFinding(Shape):
    """Something wrong with a plan: an error keeps it from being approved, a warning does not."""

    code: str
    severity: Literal["error", "warning"]
    message: str
    suggestion: str | None
    subject: FindingSubject | None


class PlanFindings(Shape):
    """All that is wrong with a plan version, as it was at `version`."""

    version: int
    items: list[PlanFinding]
