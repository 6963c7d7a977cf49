"""A decision: a question, who may answer it, the answers with their reasons, the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused


class Answer(StrEnum):
    """What an approver can say to a gate."""

    GO = "go"
    NO_GO = "no_go"


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision a gate waits for; `quorum` answers close it."""

    id: UUID
    question: str
    quorum: int
    outcome: Answer | None
    answers: tuple[tuple[UUID, Answer], ...]


def outcome_with(decision: Decision, user_id: UUID, answer: Answer, reason: str) -> Answer | None:
    """Return what the decision comes to with one more answer; None while the quorum is not reached.

    Any no-go among the answers that reach the quorum makes it a no-go.
    """
    if not reason.strip():
        raise Invalid("A decision takes a reason.", hint="Say why in a sentence; it goes into the log.")
    if decision.outcome is not None:
        raise Refused(
            f"“{decision.question}” is already decided: {decision.outcome.value.replace('_', '-')}.",
            code="already_decided",
            hint="A retry of the gate asks again.",
        )
    if any(who == user_id for who, _ in decision.answers):
        raise Refused("You have already answered this decision.", code="already_answered", hint="")
    answers = [given for _, given in decision.answers] + [answer]
    if len(answers) < decision.quorum:
        return None
    return Answer.NO_GO if Answer.NO_GO in answers else Answer.GO
