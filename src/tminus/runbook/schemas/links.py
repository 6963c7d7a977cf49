"""Shapes of a step's links, in and out, and of what it waits for."""

from __future__ import annotations

from datetime import datetime

from tminus.runbook.domain.group import Level
from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.domain.state import StepState
from tminus.runbook.schemas.board import Held
from tminus.runbook.schemas.shape import Shape


class BlockedBy(Held):
    """One thing that holds a step, in words: who has it, since when it stands so, what time opens it."""

    team: str | None
    since: datetime | None
    opens_at: datetime | None


class PredecessorRow(Shape):
    """A predecessor in the panel; of a chapter or macro-phase the state is null."""

    level: Level
    code: str
    name: str
    kind: LinkKind
    lag_seconds: int
    state: StepState | None
    dormant: bool
    in_scope: bool
    team: str | None
    since: datetime | None
    waived: str | None
    """Why it counts as satisfied whatever it does: by whom and for which reason; null where it is not."""


class SuccessorRow(Shape):
    """A successor in the panel; of a chapter or macro-phase the state is null."""

    level: Level
    code: str
    name: str
    kind: LinkKind
    lag_seconds: int
    state: StepState | None
    dormant: bool
    in_scope: bool
