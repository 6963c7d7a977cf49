"""The spread of one step by itself: a normal logarithm up to a point, beyond it the long tail of things that go wrong.

Up to `LONG` standard deviations the logarithm is normal; what lies beyond falls off as a power of the time (a
lognormal body with a Pareto tail; Cooray & Ananda 2005). A step's times are never drawn beyond `MOST` times what was
expected, or three times what it has run.
"""

from __future__ import annotations

from math import log

import numpy as np

from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.simulation.normal import from_hazard, hazard, hazard_at

LONG = 2.0
"""One attempt of 44 is that much over."""
MOST = log(10.0)
_MORE = log(3.0)
LONG_HAZARD = hazard_at(LONG)


def cumulative_hazard(value: Seconds, sigma: Seconds, tail: float) -> Seconds:
    """Return -log of the chance that the logarithm is more than each value."""
    standard = value / sigma
    return np.where(
        standard <= LONG, hazard(np.minimum(standard, LONG)), LONG_HAZARD + tail * (value - LONG * sigma)
    )


def at_hazard(hazards: Seconds, sigma: Seconds, tail: float) -> Seconds:
    """Return the logarithm whose cumulative hazard is each."""
    body = from_hazard(np.minimum(hazards, LONG_HAZARD)) * sigma
    return body + np.maximum(hazards - LONG_HAZARD, 0) / tail


def stretch(numbers: np.ndarray, sigma: np.ndarray, tail: float) -> None:
    """Turn standard normals in place into logarithms: steps × draws, rows side by side; `sigma` is a column."""
    flat = numbers.reshape(-1)
    far = np.flatnonzero(flat > LONG)
    limits = LONG * sigma[far // numbers.shape[1], 0]
    beyond = limits + (hazard(flat[far]) - LONG_HAZARD) / tail
    numbers *= sigma
    flat[far] = np.minimum(beyond, np.maximum(limits, MOST))


def beyond(elapsed: Seconds, sigma: Seconds, tail: float, fresh: Seconds) -> Seconds:
    """Return the logarithm given that it is more than `elapsed`; `fresh` = hazards of fresh draws."""
    drawn = at_hazard(cumulative_hazard(elapsed, sigma, tail) + fresh, sigma, tail)
    return np.minimum(drawn, np.maximum(MOST, elapsed + _MORE))
