"""The one length a forecast without draws reckons with: the median, of what runs given that it has run so long."""

from __future__ import annotations

from math import exp, log

import numpy as np

from tminus.runbook.domain.learning.learned import LearnedStep
from tminus.runbook.domain.learning.overrun import beyond
from tminus.runbook.domain.learning.tonight import Tonight

LEAST = 1.0
"""What has not ended takes a second more at least."""
_MEDIAN = np.array([log(2.0)])


def expected_seconds(night: Tonight, step: LearnedStep) -> float:
    """Return how long a step takes of which nothing is done: too long as often as too short."""
    return step.estimate * exp(step.mu + night.shift(step))


def remaining_seconds(night: Tonight, step: LearnedStep, elapsed: float) -> float:
    """Return how much longer a step takes that has run so many seconds; 0 of one without a length."""
    expected = expected_seconds(night, step)
    if not expected:
        return 0.0
    if elapsed <= 0:
        return max(expected, LEAST)
    run = np.array([log(elapsed / expected)])
    total = beyond(run, np.array([night.spread(step)]), night.learned.spread.tail, _MEDIAN)
    return max(expected * exp(float(total[0])) - elapsed, LEAST)
