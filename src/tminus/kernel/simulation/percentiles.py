"""Percentiles of draws: the least value by which so large a share of them is over, itself one of the draws."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np

from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.simulation.passing import Matrix


def percentile(draws: Matrix, share: float) -> Seconds:
    """Return the percentile along the last axis; `share` in 0…1."""
    place = rank(share, draws.shape[-1])
    return np.partition(draws, place, axis=-1)[..., place].astype(np.float64)


def percentiles(draws: Seconds, shares: Sequence[float]) -> tuple[float, ...]:
    """Return several percentiles of one row of draws."""
    ordered = np.sort(draws)
    return tuple(float(ordered[rank(share, draws.size)]) for share in shares)


def rank(share: float, count: int) -> int:
    """Return the place, from 0, of a percentile among so many values in order."""
    return min(max(ceil(round(share * count, 6)) - 1, 0), count - 1)
