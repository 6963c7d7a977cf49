"""The axis of the macro-plan's page: from when to when it goes, and where a moment lies on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tminus.runbook.domain.macro_plan import MacroPlan

_ROOM = 0.02
_SHORTEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time, drawn over the whole width."""

    start: datetime
    end: datetime

    def place(self, at: datetime) -> str:
        """Return where a moment lies, as a share of the width; what is outside lies at the edge."""
        share = (at - self.start) / (self.end - self.start)
        return f"{min(1.0, max(0.0, share)) * 100:.3f}%"

    def width(self, start: datetime, end: datetime) -> str:
        """Return how wide a bar is."""
        first, last = max(start, self.start), min(end, self.end)
        share = max(timedelta(), last - first) / (self.end - self.start)
        return f"{share * 100:.3f}%"

    def share(self, at: datetime) -> float:
        """Return where a moment lies, from 0 to 1 on the axis."""
        return (at - self.start) / (self.end - self.start)


def axis_of(plan: MacroPlan) -> Axis:
    """Return an axis that holds all that is planned or happened, with some room at both ends.

    The moment it was made is on it while the iteration runs; months before or after, it would squeeze everything.
    """
    told = [*plan.planned, *(plan.baseline or ())]
    told += [one for one in (plan.begun, plan.ended, plan.window_start, plan.window_end) if one]
    if plan.begun and not plan.ended:
        told.append(plan.made)
    for part in plan.parts:
        told += [*(part.planned or ()), *(part.baseline or ()), *(part.forecast or ())]
        told += [one for one in (part.begun, part.ended) if one]
    start, end = min(told), max(told)
    length = max(end - start, _SHORTEST)
    return Axis(start - length * _ROOM, start + length * (1 + _ROOM))
