"""The rules of a decision: who may still answer, what the answers come to, and what may be changed of it. Pure.

Each person answers once, always with a reason. The decision closes with the answer that reaches its quorum: the
majority decides, and a tie is no-go. Answers against the outcome are its dissent; they are kept beside it. From the
deadline on nobody answers any more: it has ended without a decision, until its deadline is extended or it is withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.decision import Answer, Decision, Kind, Standing
from tminus.runbook.domain.decision_words import standing_words


def outcome_with(
    decision: Decision, user_id: UUID, answer: Answer, reason: str, now: datetime, zone: str
) -> Answer | None:
    """Return what the decision comes to with one more answer; None while its quorum is not reached.

    Raises `Invalid` without a reason, and `Refused`: `already_answered`, `already_decided` (by whom and when),
    `withdrawn`, `ended`.
    """
    if not reason.strip():
        raise Invalid("A decision takes a reason.", hint="Say why in a sentence; it goes into the log.")
    check_once(decision, user_id, zone)
    check_open(decision, now, zone)
    given = [one.answer for one in decision.answers] + [answer]
    return majority(given) if len(given) >= decision.quorum else None


def majority(answers: Iterable[Answer]) -> Answer:
    """Return what most say; as many for it as against it is no-go."""
    given = list(answers)
    return Answer.GO if given.count(Answer.GO) > given.count(Answer.NO_GO) else Answer.NO_GO


def check_once(decision: Decision, user_id: UUID, zone: str) -> None:
    """Raise `Refused` for who has answered: nobody does so twice, nor takes it back."""
    if given := decision.answer_of(user_id):
        raise Refused(
            f"You have already answered {given.answer.words}, at {wall_time(given.at, zone)}. It stands.",
            code="already_answered",
            hint="Talk to whoever asked; a new question can be asked.",
        )


def check_open(decision: Decision, now: datetime, zone: str) -> None:
    """Raise `Refused` for what takes no answer any more, saying who decided or withdrew what and when."""
    standing = decision.standing(now)
    if standing is not Standing.OPEN:
        raise Refused(
            f"{standing_words(decision, now, zone)} Nothing was changed.",
            code=_CODES[standing],
            hint=_HINTS[standing] if standing is not Standing.DECIDED else _again(decision),
        )


_CODES = {
    Standing.DECIDED: "already_decided",
    Standing.WITHDRAWN: "withdrawn",
    Standing.ENDED: "ended",
}
_HINTS = {
    Standing.WITHDRAWN: "Talk to whoever withdrew it, or ask a new question.",
    Standing.ENDED: "Whoever asked, or a pilot, can extend its deadline.",
}


def _again(decision: Decision) -> str:
    return "A retry of the gate asks again." if decision.kind is Kind.GATE else "Look at what was decided."
