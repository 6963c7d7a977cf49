"""Shapes of a decision and its answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from tminus.runbook.domain.decision import Answer, Kind
from tminus.runbook.schemas.shape import Shape

Status = Literal["open", "decided", "withdrawn", "ended", "set_aside"]


class DecisionAnswer(Shape):
    """One answer to a decision; `role` = as what they were asked by name; `dissent` = against the outcome."""

    user_id: UUID
    user: str
    role: str | None
    answer: Answer
    reason: str
    at: datetime
    dissent: bool


class DecisionPerson(Shape):
    """Who could answer, as what, and whether they have."""

    user_id: UUID
    name: str
    role: str
    answered: bool


class Decision(Shape):
    """A question, who may answer it, the answers, the outcome.

    `named` = asked of people by name; else of all who have the role. `status`: *ended* = its deadline came before its
    quorum; *set_aside* = its gate waits for it no more. `decidedOn` = number and hash of the log's entry it rests on.
    `action` = what a second signature carries out.
    """

    id: UUID
    kind: Kind
    iteration_id: UUID
    step_code: str | None
    step_name: str | None
    question: str
    detail: str
    role: str
    quorum: int
    deadline: datetime | None
    asked_at: datetime
    asked_by: str | None
    action: str | None
    named: bool
    asked: list[DecisionPerson]
    answers: list[DecisionAnswer]
    status: Status
    sentence: str
    outcome: Answer | None
    closed_at: datetime | None
    decided_on: dict[str, Any] | None
    reminded_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    version: int
    allowed_answers: list[Answer]
    allowed_actions: list[Literal["remind", "extend", "withdraw", "terms"]]


class DecisionList(Shape):
    """An iteration's decisions, open ones first, and whether this person may ask for one."""

    items: list[Decision]
    allowed_actions: list[Literal["ask"]]
    next: str | None = None
