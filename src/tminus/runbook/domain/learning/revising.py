"""Estimates that were changed after they had been measured: what a correction holds already is not corrected twice."""

from __future__ import annotations

from math import log

from tminus.runbook.domain.learning.observation import History


def still_off(ratio: float, change: float) -> float:
    """Return how far an estimate is still off after a change, all as logarithms.

    `ratio` = of what it should have been to what it was, `change` = of what it is now to what it was. A change
    towards the ratio counts as the correction, all of it at the most; one the other way says that the step is
    another one now, of which the whole ratio holds.
    """
    return ratio - min(max(change, min(ratio, 0.0)), max(ratio, 0.0))


def change_of(now: float, then: float | None) -> float:
    """Return the logarithm of an estimate to an earlier one; 0 where either is none."""
    return log(now / then) if now > 0 and then else 0.0


def last_estimates(history: History) -> dict[str, float]:
    """Return by step what was estimated when it was measured last."""
    return {one.step: one.estimate for night in history for one in night.counted()}
