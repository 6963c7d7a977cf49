"""What the buttons of a migration as a whole send."""

from __future__ import annotations

from tminus.runbook.domain.migration import MigrationAction
from tminus.runbook.schemas.requests import Reason
from tminus.runbook.schemas.shape import Shape


class MigrationRequest(Shape):
    """What is said of a migration, at the version the person saw, and why."""

    action: MigrationAction
    version: int | None = None
    reason: Reason = ""
