"""What becomes of a message after an attempt: its status, and how long it waits for the next one."""

from __future__ import annotations

from typing import NamedTuple

from tminus.platform.outbox.ports import Delivery, Outcome

FIRST_WAIT_SECONDS = 5
LONGEST_WAIT_SECONDS = 600


class Written(NamedTuple):
    """What a row says of an attempt: its new status, and the reason where it is not *sent*."""

    status: str
    reason: str | None


def written_of(delivery: Delivery, attempt: int, attempts: int) -> Written:
    """Return what a row says after its attempt number `attempt` of at most `attempts`."""
    return Written(status_after(delivery.outcome, attempt, attempts), delivery.reason)


def status_after(outcome: Outcome, attempt: int, attempts: int) -> str:
    """Return the status a row has after its attempt number `attempt` of at most `attempts`."""
    if outcome is Outcome.TEMPORARY:
        return "queued" if attempt < attempts else "failed"
    return {Outcome.SENT: "sent", Outcome.PERMANENT: "failed", Outcome.UNCERTAIN: "uncertain"}[outcome]


def wait_seconds(attempt: int) -> int:
    """Return how long to wait after attempt number `attempt`: 5 s, doubling up to 10 min."""
    return int(min(FIRST_WAIT_SECONDS * 2 ** min(attempt - 1, 20), LONGEST_WAIT_SECONDS))
