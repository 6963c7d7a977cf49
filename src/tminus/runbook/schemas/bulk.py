"""Acting on several steps at once."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tminus.runbook.domain.state import StepAction
from tminus.runbook.schemas.events import LiveEvent
from tminus.runbook.schemas.requests import Code, Reason
from tminus.runbook.schemas.shape import Shape

BulkAction = Literal[
    StepAction.ACTIVATE,
    StepAction.START,
    StepAction.COMPLETE,
    StepAction.BLOCK,
    StepAction.UNBLOCK,
    StepAction.FAIL,
    StepAction.RETRY,
    StepAction.REOPEN,
    StepAction.SKIP,
    StepAction.CANCEL,
]


class BulkStep(Shape):
    """One of the steps, at the version the person saw."""

    code: Code
    version: int | None = None


class BulkRequest(Shape):
    """One action on several steps; `mode` together = all of them or none, each = every one on its own."""

    action: BulkAction
    steps: Annotated[list[BulkStep], Field(min_length=1, max_length=500)]
    mode: Literal["together", "each"]
    reason: Reason | None = None
    note: Reason | None = None


class BulkResult(Shape):
    """What became of one step; a problem has its code and its sentence."""

    code: str
    done: bool
    problem: str | None
    detail: str | None


class BulkAnswer(Shape):
    """One result a step, in the order asked, and the events that were written."""

    seq: int
    results: list[BulkResult]
    events: list[LiveEvent]
