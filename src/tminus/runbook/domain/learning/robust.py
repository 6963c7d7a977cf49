"""Means and spreads that a few wild values hardly move."""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Seconds

CLIP = 2.0
"""Values further out than so many standard deviations count as if they were there (winsorised; Huber 1964)."""


def spread_of(values: Seconds) -> float:
    """Return the standard deviation a normal would have whose middle 68 % lie as these do; 0 for fewer than two."""
    if values.size < 2:
        return 0.0
    low, high = np.quantile(values, (0.1587, 0.8413))
    return float(high - low) / 2


def clipped(values: Seconds, spread: float) -> Seconds:
    """Return the values no further from their median than `CLIP` spreads."""
    middle = float(np.median(values))
    return np.clip(values, middle - CLIP * spread, middle + CLIP * spread)


def mean_of(values: Seconds) -> float:
    """Return the mean of the clipped values."""
    return float(clipped(values, spread_of(values)).mean())


def pooled(prior: float, weight: float, found: float, count: float) -> float:
    """Return a standard deviation between a prior one, worth `weight` values, and one found from `count` of them.

    The mean of the scaled inverse chi-squared posterior of a variance (Gelman et al., Bayesian Data Analysis, 2.6).
    """
    return float(np.sqrt((weight * prior**2 + count * found**2) / (weight + count)))
