"""Shapes of a decision and its answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tminus.runbook.domain.decision import Answer
from tminus.runbook.schemas.shape import Shape


class DecisionAnswer(Shape):
    """One answer to a decision."""

    user: str
    answer: Answer
    reason: str
    at: datetime


class Decision(Shape):
    """The decision a gate asks for."""

    id: UUID
    question: str
    role: str
    quorum: int
    asked_at: datetime
    answers: list[DecisionAnswer]
    outcome: Answer | None
    closed_at: datetime | None
    allowed_answers: list[Answer]
