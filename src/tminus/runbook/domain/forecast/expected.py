"""How long steps are expected to take: what a forecast asks of what was learned, or else of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tminus.runbook.domain.forecast.situation import Standing
from tminus.runbook.domain.learning import (
    Learned,
    Progress,
    Tonight,
    expected_seconds,
    remaining_seconds,
    tonight,
)


class Expected(Protocol):
    """Says how long a step takes, in seconds."""

    def seconds(self, step: Standing) -> float:
        """Return how long the step takes, of which nothing is done yet."""
        ...

    def left(self, step: Standing, elapsed: float) -> float:
        """Return how much of it is left once it has run so long; never negative."""
        ...


@dataclass(frozen=True, slots=True)
class AsLearned:
    """What earlier iterations say, to the second: the estimate itself where there are none.

    What this night has shown of itself is not in it: that is the draws' matter, and a step that nobody has begun
    keeps its length on the screen until something happens to it.
    """

    night: Tonight

    @classmethod
    def of(cls, learned: Learned) -> AsLearned:
        """Return what is expected by what was learned."""
        return cls(tonight(learned, Progress({}, {})))

    def seconds(self, step: Standing) -> float:
        """Return the expected duration."""
        known = self.night.learned.steps.get(step.code)
        return float(step.duration_seconds) if known is None else round(expected_seconds(self.night, known))

    def left(self, step: Standing, elapsed: float) -> float:
        """Return the rest of it; of an overdue step what such steps still took, and never nothing."""
        if elapsed < self.seconds(step):
            return self.seconds(step) - elapsed
        known = self.night.learned.steps.get(step.code)
        return 0.0 if known is None else round(remaining_seconds(self.night, known, elapsed))
