"""How far an iteration is: kept by each change, never recounted on a read.

Percentage = baseline-duration-weighted share of complete and skipped steps; dormant steps and those out of
scope do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tminus.runbook.domain.change import Change
from tminus.runbook.domain.state import DONE, OVER
from tminus.runbook.domain.step import Step


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of steps, their baseline seconds as weights, and steps by state."""

    total_count: int
    done_count: int
    total_seconds: int
    done_seconds: int
    counts: Mapping[str, int]

    @property
    def percent(self) -> float | None:
        """Weighted percentage, cut (not rounded) to one decimal: 99.96 is not 100. None = nothing to weigh."""
        if self.total_seconds == 0:
            return None
        return self.done_seconds * 1000 // self.total_seconds / 10

    @property
    def open_count(self) -> int:
        """Steps somebody still has to do something about."""
        return self.total_count - sum(self.counts.get(state, 0) for state in OVER)

    def shown(self) -> dict[str, Any]:
        """Return the progress as the API prints it."""
        return {
            "percent": self.percent,
            "done": self.done_count,
            "total": self.total_count,
            "counts": {state: count for state, count in sorted(self.counts.items()) if count},
        }


def measure(steps: Iterable[Step]) -> Progress:
    """Count from scratch: how an iteration begins, and what the kept numbers are checked against."""
    counted = [step for step in steps if step.counts]
    counts: dict[str, int] = {}
    for step in counted:
        counts[step.state.value] = counts.get(step.state.value, 0) + 1
    done = [step for step in counted if step.done]
    return Progress(
        len(counted),
        len(done),
        sum(step.duration_seconds for step in counted),
        sum(step.duration_seconds for step in done),
        counts,
    )


def after_change(progress: Progress, change: Change) -> Progress:
    """Return the progress after one step moved."""
    before, after = change.before, change.after
    if not before.counts or before.state is after.state:
        return progress
    counts = dict(progress.counts)
    counts[before.state.value] = counts.get(before.state.value, 0) - 1
    counts[after.state.value] = counts.get(after.state.value, 0) + 1
    direction = (after.state in DONE) - (before.state in DONE)
    return replace(
        progress,
        done_count=progress.done_count + direction,
        done_seconds=progress.done_seconds + direction * after.duration_seconds,
        counts=counts,
    )
