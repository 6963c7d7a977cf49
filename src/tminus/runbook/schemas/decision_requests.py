"""What is sent about decisions."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from tminus.runbook.domain.decision import Answer
from tminus.runbook.schemas.requests import Code, Instant
from tminus.runbook.schemas.shape import Shape
from tminus.runbook.schemas.spoken import Detail, Title, Why

Secret = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$")]
Quorum = Annotated[int, Field(ge=1, le=30)]


class VoterNamed(Shape):
    """Who is asked, and in which capacity: “business owner”, “IT operations”."""

    user_id: UUID
    role: Annotated[Title, Field(max_length=60)]


class NewPoll(Shape):
    """A question to 1 to 30 people by name; `quorum` answers close it. `stepCode` = the step it is about."""

    question: Title
    detail: Detail = ""
    voters: Annotated[list[VoterNamed], Field(min_length=1, max_length=30)]
    quorum: Quorum
    deadline: Instant | None = None
    step_code: Code | None = None


class GateTerms(Shape):
    """A gate's terms, whole; without voters every approver may answer, without a deadline it waits."""

    voters: list[VoterNamed] = Field(default=[], max_length=30)
    quorum: Quorum
    deadline: Instant | None = None


class SeenRequest(Shape):
    """The version that was seen."""

    version: int | None = None


class ExtendRequest(SeenRequest):
    """A later deadline."""

    deadline: Instant


class WithdrawRequest(SeenRequest):
    """Why the question is not asked any more."""

    reason: Why


class DecisionLinkRequest(Shape):
    """The secret of a personal link."""

    token: Secret


class DecisionLinkAnswer(DecisionLinkRequest):
    """An answer by a personal link, with the reason that goes into the log."""

    answer: Answer
    reason: Why
