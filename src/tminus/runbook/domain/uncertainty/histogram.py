"""Finishes in bins of a length that people read off a clock."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.simulation import percentiles

MOST_BINS = 60
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_LENGTHS = (
    *(n * _MINUTE for n in (1, 2, 5, 10, 15, 30)),
    *(n * _HOUR for n in (1, 2, 4, 6, 12)),
    *(n * _DAY for n in (1, 2, 7, 14, 28, 91, 182, 365, 3_650)),
)


@dataclass(frozen=True, slots=True)
class Histogram:
    """`counts` of draws in bins of so many seconds from `start` on; the last also holds all that ends later."""

    start: float
    bin_seconds: int
    counts: tuple[int, ...]


def histogram(finishes: Seconds) -> Histogram:
    """Return finishes counted: bins after Freedman & Diaconis (1981), rounded up to a readable length.

    One draw of a hundred may lie beyond the last bin's end, so that one wild night does not flatten all others.
    """
    first, low, high, last = percentiles(finishes, (0.0, 0.25, 0.75, 0.99))
    wanted = max(2 * (high - low) / np.cbrt(finishes.size), (last - first) / (MOST_BINS - 1))
    length = next((one for one in _LENGTHS if one >= wanted), _LENGTHS[-1])
    start = floor(first / length) * length
    bins = max(ceil((last - start) / length), 1)
    place = np.minimum((finishes - start) // length, bins - 1).astype(np.int64)
    return Histogram(float(start), length, tuple(np.bincount(place, minlength=bins).tolist()))
