"""How long a step was worked at: the clock less the time it was blocked, and less the blackouts it passed through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tminus.runbook.domain.forecast.situation import Hold, Situation, Standing
from tminus.runbook.domain.state import StepState

Spans = Sequence[tuple[datetime, datetime]]


def worked_seconds(situation: Situation, step: Standing, start: datetime, end: datetime) -> float:
    """Return for how many seconds a step was worked at between two moments."""
    return worked(start, end, situation.blocked.get(step.id, ()), situation.terms.blackouts)


def worked_so_far(situation: Situation, step: Standing, now: datetime) -> float:
    """Return for how many seconds a step has been worked at that has begun and not ended; 0 without a start."""
    if step.started_at is None:
        return 0.0
    blocked_since = step.since if step.state is StepState.BLOCKED else None
    return worked_seconds(situation, step, step.started_at, blocked_since or now)


def worked(start: datetime, end: datetime, blocked: Sequence[Hold] = (), blackouts: Spans = ()) -> float:
    """Return the seconds from start to end without those in which nothing was done.

    A blackout in which the work began was none for it.
    """
    idle, free = 0.0, start
    if blocked or blackouts:
        spans = [(one.start, one.end or end) for one in blocked]
        spans += [one for one in blackouts if not one[0] <= start < one[1]]
        for low, high in sorted(spans):
            low, high = max(low, free), min(high, end)
            if high > low:
                idle += (high - low).total_seconds()
                free = high
    return max((end - start).total_seconds() - idle, 0.0)
