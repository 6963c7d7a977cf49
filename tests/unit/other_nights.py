"""Plans and nights made by another model than the forecast's, to see whether its figures keep what they promise.

Nothing here is lognormal: planners are off by a gamma factor a step, a night is quick or slow by a shifted one, some
nights a team is ill-staffed, every step has a gamma factor of its own and interruptions in minutes, and a few take
ten times as long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tminus.kernel.network import Link
from tminus.kernel.schedule import Compiled, Conditions, Network, compile_network, planned, reckon
from tminus.runbook.domain.learning import (
    Began,
    Learned,
    Observation,
    PlannedStep,
    Progress,
    Rehearsal,
    learn,
)
from tminus.runbook.domain.uncertainty import SimulationRequest


@dataclass(frozen=True, slots=True)
class World:
    """How nights are: coefficients of variation, chances, and how many steps and rehearsals there are."""

    steps: int = 120
    teams: int = 6
    rehearsals: tuple[int, ...] = (1, 2, 3, 4)
    optimism: tuple[float, float] = (0.9, 1.3)
    planner: float = 0.35
    night: float = 0.2
    ill_staffed: float = 0.25
    slowdown: float = 1.5
    own: float = 0.3
    interruption: float = 2.0
    ten_times: float = 0.01
    measured: float = 0.85


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A plan with what it takes on the night that is forecast, and what is known before it."""

    compiled: Compiled[str]
    steps: tuple[PlannedStep, ...]
    truth: np.ndarray
    history: tuple[Rehearsal, ...]
    volume: float


def case(world: World, seed: int) -> Case:
    rng = np.random.default_rng(seed)
    count = world.steps
    teams = [f"T{n}" for n in rng.integers(world.teams, size=count)]
    estimates = np.maximum(np.round(rng.gamma(2.0, 15.0, count) / 5), 1) * 300.0
    codes = [f"S{n}" for n in range(count)]
    # Every other step goes with the data.
    steps = tuple(
        PlannedStep(code, team, estimate, scales=n % 2 == 0)
        for n, (code, team, estimate) in enumerate(zip(codes, teams, estimates, strict=True))
    )
    network = Network(
        {code: int(estimate) for code, estimate in zip(codes, estimates, strict=True)},
        links=links(rng, codes),
    )
    usual = estimates * _gamma(rng, world.planner, count) * rng.uniform(*world.optimism)
    nights = [one_night(world, rng, usual, teams) for _ in range(1 + int(rng.choice(world.rehearsals)))]
    volume = 100.0
    history = tuple(
        rehearsal(world, rng, steps, number, seconds) for number, seconds in enumerate(nights[1:], 1)
    )
    return Case(compile_network(network), steps, nights[0], history, volume)


def links(rng: np.random.Generator, codes: list[str]) -> list[Link[str]]:
    """A few steps side by side, each after one or two of the six or so before it."""
    return [
        Link(codes[before], codes[n])
        for n in range(3, len(codes))
        for before in {int(rng.integers(max(0, n - 7), n - 1)) for _ in range(int(rng.integers(1, 3)))}
    ]


def _gamma(rng: np.random.Generator, variation: float, size: int | None = None) -> np.ndarray:
    shape = 1 / variation**2
    return np.asarray(rng.gamma(shape, 1 / shape, size))


def one_night(world: World, rng: np.random.Generator, usual: np.ndarray, teams: list[str]) -> np.ndarray:
    night = 0.85 + _gamma(rng, world.night / 0.15, None) * 0.15
    names = sorted(set(teams))
    staffed = dict(
        zip(names, np.where(rng.random(len(names)) < world.ill_staffed, world.slowdown, 1), strict=True)
    )
    seconds = usual * night * np.array([staffed[team] for team in teams]) * _gamma(rng, world.own, usual.size)
    seconds += rng.exponential(60 * world.interruption, usual.size)
    return np.asarray(
        np.maximum(np.round(np.where(rng.random(usual.size) < world.ten_times, 10, 1) * seconds), 1)
    )


def rehearsal(
    world: World, rng: np.random.Generator, steps: tuple[PlannedStep, ...], number: int, seconds: np.ndarray
) -> Rehearsal:
    """Half of the rehearsals move a part of the data; some steps are not measured, some only guessed."""
    share = float(rng.choice([1.0, 1.0, 0.5, 0.8]))
    seen = rng.random(len(steps)) < world.measured
    observations = [
        Observation(
            step.code,
            step.team,
            step.estimate,
            float(took * (share if step.scales else 1)) if measured else step.estimate,
            Began.PRESSED if measured else Began.ASSUMED,
        )
        for step, took, measured in zip(steps, seconds, seen.tolist(), strict=True)
    ]
    return Rehearsal(f"RUN{number}", 100.0 * share, observations)


def truth(one: Case) -> tuple[np.ndarray, np.ndarray, float]:
    """When each step really starts and ends, and the whole."""
    conditions = Conditions(one.truth.astype(np.float64), np.zeros(len(one.steps)))
    happened = reckon(one.compiled, conditions)
    return happened.start, happened.end, happened.finish


class Factors(StrEnum):
    """What is done with the factors that the steps of a night, and of a team in it, share."""

    SHARED = "shared"
    EACH_ITS_OWN = "each its own"
    """Every step strays by itself, by just as much."""
    NONE = "none"


def asked(
    one: Case, share: float, draws: int, factors: Factors = Factors.SHARED
) -> tuple[SimulationRequest, float]:
    """The request when so large a share of the planned time is over, and when all really ends, on the same axis."""
    learned = without(learn(one.history, one.steps, one.volume), factors)
    start, end, finish = truth(one)
    now = share * reckon(one.compiled, planned(one.compiled)).finish
    over, running = end <= now, (start < now) & (end > now)
    progress = Progress(
        {step.code: took for step, took, done in zip(one.steps, one.truth, over, strict=True) if done},
        {step.code: now - begun for step, begun, runs in zip(one.steps, start, running, strict=True) if runs},
    )
    conditions = Conditions(
        np.where(over, 0.0, 1.0),
        np.zeros(len(one.steps)),
        np.where(over | running, start - now, np.nan),
        np.where(over, end - now, np.nan),
        np.where(running, 0.0, -np.inf),
    )
    codes = tuple(step.code for step in one.steps)
    return SimulationRequest(one.compiled, conditions, codes, learned, progress, draws=draws), finish - now


def without(learned: Learned, factors: Factors) -> Learned:
    """The same without what nights and teams share."""
    if factors is Factors.SHARED:
        return learned
    spread = learned.spread
    shared = spread.plan**2 + spread.night**2 + spread.team**2 if factors is Factors.EACH_ITS_OWN else 0.0
    steps = {
        code: replace(step, sigma=float(np.sqrt(step.sigma**2 + shared)))
        for code, step in learned.steps.items()
    }
    return replace(learned, steps=steps, spread=replace(spread, plan=1e-6, night=1e-6, team=1e-6))
