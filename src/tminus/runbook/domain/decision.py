"""A decision: a question, who may answer it, the answers with their reasons, the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Answer(StrEnum):
    """What can be said to a decision, and what it can come to."""

    GO = "go"
    NO_GO = "no_go"

    @property
    def words(self) -> str:
        """How people write it."""
        return self.value.replace("_", "-")


class Kind(StrEnum):
    """What the answer does: closes a gate, is a poll's, or lets a second person sign what one has asked for."""

    GATE = "gate"
    POLL = "poll"
    SECOND_SIGNATURE = "second_signature"


class Standing(StrEnum):
    """Where a decision stands; `ended` = its deadline came before its quorum."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Voter:
    """Who is asked by name, and in which capacity."""

    user_id: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Given:
    """One person's answer."""

    user_id: UUID
    name: str
    answer: Answer
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it stands. Without voters, everybody of its `role` may answer; `quorum` answers close it."""

    id: UUID
    migration_id: UUID
    iteration_id: UUID
    step_id: UUID | None
    kind: Kind
    question: str
    detail: str
    role: str
    quorum: int
    deadline: datetime | None
    asked_at: datetime
    asked_by_id: UUID | None
    asked_by_name: str | None
    subject: Mapping[str, Any]
    outcome: Answer | None
    closed_at: datetime | None
    decided_on: Mapping[str, Any] | None
    reminded_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    version: int
    voters: tuple[Voter, ...] = ()
    answers: tuple[Given, ...] = ()

    def standing(self, now: datetime) -> Standing:
        """Return where it stands; the deadline's own moment is the first at which nobody answers any more."""
        if self.withdrawn_at:
            return Standing.WITHDRAWN
        if self.outcome:
            return Standing.DECIDED
        return Standing.ENDED if self.deadline and now >= self.deadline else Standing.OPEN

    def answer_of(self, user_id: UUID | None) -> Given | None:
        """Return what this person has answered, if anything."""
        return next((one for one in self.answers if one.user_id == user_id), None)

    def voter(self, user_id: UUID | None) -> Voter | None:
        """Return as what this person is asked by name, if so."""
        return next((one for one in self.voters if one.user_id == user_id), None)

    @property
    def dissent(self) -> tuple[Given, ...]:
        """The answers against the outcome: they stand beside it for good."""
        return tuple(one for one in self.answers if self.outcome and one.answer is not self.outcome)
