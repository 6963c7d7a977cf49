"""When an iteration will end, and how surely: the network drawn a thousand times from now on."""

from tminus.runbook.domain.uncertainty.drawn import Drawn, draw, finishes, percentile_finish
from tminus.runbook.domain.uncertainty.histogram import Histogram, histogram
from tminus.runbook.domain.uncertainty.request import SimulationRequest
from tminus.runbook.domain.uncertainty.result import SimulationResult, StepChance, simulate

__all__ = [
    "Drawn",
    "Histogram",
    "SimulationRequest",
    "SimulationResult",
    "StepChance",
    "draw",
    "finishes",
    "histogram",
    "percentile_finish",
    "simulate",
]
