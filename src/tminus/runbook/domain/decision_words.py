"""Where a decision stands, in a sentence."""

from __future__ import annotations

from datetime import datetime

from tminus.kernel.instants import wall_time
from tminus.runbook.domain.decision import Answer, Decision, Standing


def standing_words(decision: Decision, now: datetime, zone: str) -> str:
    """Say in a sentence where a decision stands."""
    asked = f"“{decision.question}”"
    match decision.standing(now):
        case Standing.DECIDED:
            return f"{asked} {_decided_words(decision, zone)}"
        case Standing.WITHDRAWN:
            at = wall_time(decision.withdrawn_at, zone) if decision.withdrawn_at else ""
            return f"{asked} was withdrawn by {decision.withdrawn_by} at {at}: {decision.withdrawn_reason}."
        case Standing.ENDED:
            at = wall_time(decision.deadline, zone) if decision.deadline else ""
            count = f"{len(decision.answers)} of {decision.quorum} answers"
            return f"{asked} ended without a decision at {at}, with {count}."
        case Standing.OPEN:
            return f"{asked} is open: {len(decision.answers)} of {decision.quorum} answers are in."


def _decided_words(decision: Decision, zone: str) -> str:
    outcome = decision.outcome or Answer.NO_GO
    at = wall_time(decision.closed_at, zone) if decision.closed_at else ""
    for_it = " and ".join(one.name for one in decision.answers if one.answer is outcome)
    against = " and ".join(one.name for one in decision.dissent)
    tie = 2 * len(decision.dissent) == len(decision.answers)
    dissent = f"; {against} said otherwise{', and a tie is no-go' if tie else ''}" if against else ""
    return f"is already decided: {outcome.words} at {at} by {for_it}{dissent}."
