"""The draws of a request, to be run through its network, whole or in part, as often as wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from tminus.kernel.schedule import Conditions
from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.simulation import Draws, Outcome, percentile
from tminus.kernel.simulation import simulate as run
from tminus.runbook.domain.learning import Tonight, drawn_seconds, tonight
from tminus.runbook.domain.uncertainty.request import SimulationRequest


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A request, what the night has told of itself, and its draws."""

    request: SimulationRequest
    tonight: Tonight
    draws: Draws

    def run(self, *, criticality: bool = True) -> Outcome:
        """Schedule the network once for each draw."""
        return run(self.request.compiled, self.request.conditions, self.draws, criticality=criticality)


def draw(request: SimulationRequest) -> Drawn:
    """Draw the durations of a request. The same request gives the same numbers, and so does each step in another."""
    night = tonight(request.learned, request.progress)
    nodes = [place for place, code in enumerate(request.codes) if _is_open(request, place, code)]
    codes = [request.codes[place] for place in nodes]
    seconds = drawn_seconds(night, codes, request.progress.running, request.seed, request.draws)
    for row, code in enumerate(codes):
        if more := request.adjusted.get(code):
            seconds[row] = np.rint(seconds[row] * more.factor + more.extra_seconds)
    return Drawn(request, night, Draws(np.array(nodes, np.int64), seconds))


def _is_open(request: SimulationRequest, place: int, code: str) -> bool:
    step = request.learned.steps.get(code)
    if step is None or not step.estimate:
        return False
    return request.conditions.durations[place] > 0 or code in request.progress.running


def finishes(drawn: Drawn, only: Collection[str] | None = None) -> Seconds:
    """Return when all is over in each draw, in draw order; with `only`, all other steps take no time."""
    part = drawn if only is None else _part(drawn, only)
    return part.run(criticality=False).finish


def _part(drawn: Drawn, only: Collection[str]) -> Drawn:
    codes = drawn.request.codes
    kept = np.array([codes[node] in only for node in drawn.draws.nodes.tolist()], bool)
    out = np.array([place for place, code in enumerate(codes) if code not in only], np.int64)
    conditions = _without(drawn.request.conditions, out)
    draws = Draws(drawn.draws.nodes[kept], drawn.draws.seconds[kept])
    return replace(drawn, request=replace(drawn.request, conditions=conditions), draws=draws)


def _without(conditions: Conditions, places: np.ndarray) -> Conditions:
    durations = conditions.durations.copy()
    durations[places] = 0
    return replace(conditions, durations=durations)


def percentile_finish(request: SimulationRequest, share: float, only: Collection[str] | None = None) -> float:
    """Return the moment by which all is over in so large a share of the draws."""
    return float(percentile(finishes(draw(request), only), share))
