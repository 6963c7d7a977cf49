"""The same network a thousand times over, with other durations each time: when it ends, and what decides it."""

from tminus.kernel.simulation.percentiles import percentile, percentiles
from tminus.kernel.simulation.simulate import Draws, Outcome, simulate
from tminus.kernel.simulation.streams import standard_normals

__all__ = [
    "Draws",
    "Outcome",
    "percentile",
    "percentiles",
    "simulate",
    "standard_normals",
]
