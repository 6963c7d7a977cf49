"""Names for the arrays of the schedule: positions of nodes or events, and moments or lengths in seconds."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
"""Positions: of nodes, events or edges."""
Seconds: TypeAlias = NDArray[np.float64]
"""Moments on the caller's axis, or lengths of time; NaN = none. Whole seconds are exact in them."""
Flags: TypeAlias = NDArray[np.bool_]


def runs(sorted_values: Ints) -> Ints:
    """Return where each run of equal values begins: what `ufunc.reduceat` wants."""
    if not sorted_values.size:
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], sorted_values[1:] != sorted_values[:-1])))
