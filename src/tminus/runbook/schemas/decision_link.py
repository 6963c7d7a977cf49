"""A decision as its personal link shows it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from tminus.runbook.domain.decision import Answer, Kind
from tminus.runbook.schemas.decisions import DecisionAnswer, DecisionPerson, Status
from tminus.runbook.schemas.shape import Shape


class LinkedDecision(Shape):
    """A decision as a personal link shows it; `dead` = why the link takes no answer, null while it does."""

    kind: Kind
    question: str
    detail: str
    quorum: int
    deadline: datetime | None
    asked_at: datetime
    asked_by: str | None
    step_code: str | None
    step_name: str | None
    asked: list[DecisionPerson]
    answers: list[DecisionAnswer]
    status: Status
    sentence: str
    outcome: Answer | None
    closed_at: datetime | None
    allowed_answers: list[Answer]
    name: str
    role: str = Field(alias="as")
    migration_name: str
    iteration_name: str
    zone: str
    yours: Answer | None
    your_reason: str | None
    dead: str | None
    now: datetime
