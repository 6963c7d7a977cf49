"""The normal distribution by its cumulative hazard, H(z) = -log P(Z > z), which stays exact far out in the tail.

H of a draw is exponential. So a value drawn given that it is beyond some point has the point's H and a fresh draw's
added, whatever the distribution (inverse of the cumulative hazard; Devroye 1986, ch. VI.2).
"""

from __future__ import annotations

from functools import lru_cache
from math import erfc, log, log1p, sqrt

import numpy as np

from tminus.kernel.schedule.arrays import Seconds

_LOWEST, _HIGHEST, _STEPS = -8.0, 37.0, 256


@lru_cache(maxsize=1)
def _table() -> tuple[Seconds, Seconds]:
    places = np.arange(_LOWEST, _HIGHEST, 1 / _STEPS)
    return places, np.array([hazard_at(z) for z in places.tolist()])


def hazard_at(z: float) -> float:
    """Return H of one value, which is below 38."""
    if z < 0:
        return -log1p(-erfc(-z / sqrt(2)) / 2)
    return -log(erfc(z / sqrt(2)) / 2)


def hazard(z: Seconds) -> Seconds:
    """Return H of each value, to some six digits."""
    _, hazards = _table()
    place = np.clip((z - _LOWEST) * _STEPS, 0, hazards.size - 2)
    low = place.astype(np.int64)
    below: Seconds = hazards[low]
    return below + (place - low) * (hazards[low + 1] - below)


def from_hazard(hazards: Seconds) -> Seconds:
    """Return the value whose H is each."""
    places, known = _table()
    return np.interp(hazards, known, places)


def mills(z: float) -> float:
    """Return the hazard rate of the standard normal at z, its density over P(Z > z)."""
    return (
        float(np.exp(hazard_at(min(z, _HIGHEST - 1)) - z * z / 2)) / sqrt(2 * np.pi)
        if z < _HIGHEST - 1
        else z
    )
