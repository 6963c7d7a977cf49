"""What the draws say: percentiles of the finish, the chance of the window, and what each step has to do with it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.simulation import Outcome, percentile, percentiles
from tminus.runbook.domain.learning import Learned
from tminus.runbook.domain.uncertainty.drawn import draw
from tminus.runbook.domain.uncertainty.histogram import Histogram, histogram
from tminus.runbook.domain.uncertainty.request import SimulationRequest


@dataclass(frozen=True, slots=True)
class StepChance:
    """Of one step: the share of draws in which it decides the finish, and when it is over in 80 of 100."""

    criticality: float
    p80_end: float


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """Moments on the axis of the request. `chance` = the share of draws that end inside the window, None without one.

    `steps` by activity of the network; `method` = how it was made, in a sentence.
    """

    draws: int
    seed: int
    p50: float
    p80: float
    p95: float
    chance: float | None
    histogram: Histogram
    steps: Mapping[Hashable, StepChance]
    method: str


def simulate(request: SimulationRequest) -> SimulationResult | None:
    """Draw a request's network and sum it up; None where it has no step. Pure: a child process may run it."""
    if not request.compiled.activities:
        return None
    drawn = draw(request)
    outcome = drawn.run()
    p50, p80, p95 = percentiles(outcome.finish, (0.5, 0.8, 0.95))
    return SimulationResult(
        request.draws,
        request.seed,
        p50,
        p80,
        p95,
        chance_of(outcome.finish, request.window_end),
        histogram(outcome.finish),
        _steps(request, outcome),
        method(request.draws, request.learned),
    )


def chance_of(finishes: Seconds, window_end: float | None) -> float | None:
    """Return the share of draws that end inside the window, its last second included."""
    return None if window_end is None else float((finishes <= window_end).mean())


def _steps(request: SimulationRequest, outcome: Outcome) -> dict[Hashable, StepChance]:
    ends = percentile(outcome.ends, 0.8) + outcome.origin
    shares = [] if outcome.criticality is None else outcome.criticality.tolist()
    return {
        node: StepChance(share, end)
        for node, share, end in zip(request.nodes(), shares, ends.tolist(), strict=True)
    }


def method(draws: int, learned: Learned) -> str:
    """Say how the figures were made."""
    nights = len(learned.iterations)
    if not nights:
        source = "the plan's estimates alone: nothing has been measured yet"
    else:
        source = f"{nights} earlier {'iteration' if nights == 1 else 'iterations'} and what this one has shown so far"
    told = f"{draws:,} draws of the network from now on; lengths, and how far nights and teams stray, from {source}."
    if not learned.pressed:
        return told
    attempts = "1 earlier attempt" if learned.pressed == 1 else f"{learned.pressed:,} earlier attempts"
    return (
        f"{told} Left out: {attempts} that ended within seconds, far sooner than estimated: taken as pressed"
        " afterwards."
    )
