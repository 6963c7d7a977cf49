"""What buttons send."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from tminus.runbook.domain.decision import Answer
from tminus.runbook.domain.state import Comms, IterationKind
from tminus.runbook.schemas.shape import Shape

Code = Annotated[str, StringConstraints(min_length=1, max_length=60)]
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
Instant = Annotated[AwareDatetime, Field(ge=_EARLIEST, le=_LATEST)]
"""A moment with its offset; nobody's cutover is outside these two centuries, and a typing error often is."""
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class ActivationMessage(Shape):
    """The words that an activated step's team gets instead of the template's."""

    subject: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    body: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class StepRequest(Shape):
    """A press of a step's button. `version` is the one the person saw; `note` goes into the activation's mail.

    `expectedAt` = when a blocked step should be free again; `happenedAt` = when a start, an end or a failure was,
    where it is told late, with the reason; `predecessor` = the code of whom a waived step waits for no longer;
    `message` = what an activated step's team is sent instead of what the template says.
    """

    version: int | None = None
    reason: Reason | None = None
    note: Reason | None = None
    expected_at: Instant | None = None
    happened_at: Instant | None = None
    predecessor: Code | None = None
    message: ActivationMessage | None = None


class TaskRequest(Shape):
    """What is said of a task, at the version the person saw, and why."""

    version: int | None = None
    reason: Reason | None = None


class AnswerRequest(Shape):
    """An answer to a decision, with the reason that goes into the log."""

    answer: Answer
    reason: Reason


class IterationRequest(Shape):
    """A press of an iteration's button. Starting may say after how long an untaken step is told to the pilots
    (`takeSeconds`), and how long before its planned start a team is told (`upcomingSeconds`)."""

    version: int | None = None
    reason: Reason | None = None
    comms: Comms | None = None
    rebase: bool = False
    planned_start: Instant | None = None
    take_seconds: Annotated[int, Field(ge=60, le=7200)] | None = None
    upcoming_seconds: Annotated[int, Field(ge=60, le=86_400)] | None = None


class NewIteration(Shape):
    """An iteration to be made from an approved plan version."""

    plan_version_id: UUID
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    kind: IterationKind
    planned_start: Instant
    window_start: Instant | None = None
    window_end: Instant | None = None
    environments: dict[Code, Code] = Field(default={}, max_length=100)


class BlackoutRequest(Shape):
    """A span in which nobody works."""

    start: Instant
    end: Instant
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class TermsRequest(Shape):
    """The terms to change: what is absent stays, null clears it (`decisionSeconds`: back to half an hour)."""

    window_start: Instant | None = None
    window_end: Instant | None = None
    data_volume: Annotated[float, Field(gt=0, le=1e15, allow_inf_nan=False)] | None = None
    decider_id: UUID | None = None
    decision_seconds: Annotated[int, Field(ge=0, le=86_400)] | None = None
    blackouts: Annotated[list[BlackoutRequest], Field(max_length=200)] | None = None
