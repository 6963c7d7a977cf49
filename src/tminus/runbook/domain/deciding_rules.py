"""What may be asked, and what may be changed of a decision: quorum, deadline, withdrawal, versions. Pure."""

from __future__ import annotations

from datetime import datetime

from tminus.kernel.errors import Invalid, Refused
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.deciding import check_open
from tminus.runbook.domain.decision import Decision, Kind, Standing


def check_quorum(quorum: int, able: int) -> None:
    """Raise `Invalid` where more answers are asked for than there are people who can give one."""
    if quorum > able:
        people = "person" if able == 1 else "people"
        raise Invalid(
            f"{quorum} answers are asked for, and only {able} {people} can give one. Nothing was asked or changed.",
            hint="Ask for fewer answers, or ask more people.",
            field="quorum",
        )


def check_deadline(deadline: datetime | None, now: datetime, zone: str) -> None:
    """Raise `Invalid` for a deadline that has passed."""
    if deadline and deadline <= now:
        raise Invalid(
            f"A deadline lies ahead; {wall_time(deadline, zone)} has passed. Nothing was asked or changed.",
            hint=f"It is {wall_time(now, zone)} now.",
            field="deadline",
        )


def check_unsettled(decision: Decision, now: datetime, zone: str) -> None:
    """Raise `Refused` for what is decided or withdrawn: only what is open, or ended, is changed."""
    if decision.standing(now) in (Standing.DECIDED, Standing.WITHDRAWN):
        check_open(decision, now, zone)


def check_withdrawing(decision: Decision, now: datetime, zone: str) -> None:
    """Raise `Refused` for a gate's decision, which nobody withdraws, and for what is settled."""
    if decision.kind is Kind.GATE:
        raise Refused(
            "A gate's decision is not withdrawn: the gate waits for it. Nothing was changed.",
            code="gate_decision",
            hint="Extend its deadline, or ask for a second signature to skip the gate.",
        )
    check_unsettled(decision, now, zone)


def check_version(decision: Decision, seen: int | None) -> None:
    """Raise `Refused` where a decision is no longer as it was seen."""
    if seen is not None and seen != decision.version:
        raise Refused(
            "This decision has changed since you looked. Nothing was done.",
            code="decision_changed",
            hint="Look at it as it is now, then decide again.",
            version=decision.version,
        )
