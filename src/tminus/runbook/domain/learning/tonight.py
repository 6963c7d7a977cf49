"""What this night has told of itself so far: its own factor and its teams', from what ended and from what runs.

A step that ended in `a` seconds says log(a / expected) = night + team + its own. One that still runs says that it is
more than it has run: left out, a slow night would look quick, as only its quick steps have ended. The posterior is
taken as normal about its mode (Laplace), which Newton's method finds: with ended steps alone it is the exact one.

No step pulls harder than moves the night and its team by `MOST_ALONE` where it is the only one: what is further off
may have gone wrong by itself, and takes others to say that it is the night (Huber 1964).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import numpy as np

from tminus.kernel.schedule.arrays import Ints, Seconds
from tminus.kernel.simulation.normal import mills
from tminus.runbook.domain.learning.learned import Learned, LearnedStep
from tminus.runbook.domain.learning.overrun import LONG

MOST_ALONE = log(4 / 3)
"""One step alone makes the night a third longer at the most, or a quarter shorter."""
_ROUNDS, _NEAR = 50, 1e-6


@dataclass(frozen=True, slots=True)
class Progress:
    """Seconds by step code: `worked` of those that ended in this iteration and count, `running` so far of others."""

    worked: Mapping[str, float]
    running: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Tonight:
    """The factors of this night as logarithms: the first the night's, then one for each team, their means and spread.

    `root` = a square root of their covariance.
    """

    learned: Learned
    teams: tuple[str | None, ...]
    mean: Seconds
    root: Seconds

    def shift(self, step: LearnedStep) -> float:
        """Return the expected logarithm of what this night does to a step."""
        return float(self.mean[0] + self.mean[1 + self.teams.index(step.team)])

    def spread(self, step: LearnedStep) -> float:
        """Return the standard deviation of a step's logarithm, all causes together."""
        row = self.root[0] + self.root[1 + self.teams.index(step.team)]
        return float(np.sqrt((row**2).sum() + step.sigma**2))


def tonight(learned: Learned, progress: Progress) -> Tonight:
    """Return the factors of this night given what has ended and what runs."""
    teams = tuple(dict.fromkeys(step.team for step in learned.steps.values()))
    spread = learned.spread
    prior = np.array([spread.night**2 + spread.plan**2, *[spread.team**2] * len(teams)])
    told = _told(learned, progress.worked, teams, prior), _told(learned, progress.running, teams, prior)
    mean, precision = _mode(prior, *told)
    return Tonight(learned, teams, mean, np.linalg.cholesky(np.linalg.inv(precision)))


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """By step: the place of its team's factor, its log ratio less what was expected, its own spread.

    `far` = so many spreads off it pulls hardest.
    """

    team: Ints
    value: Seconds
    sigma: Seconds
    far: Seconds


def _told(
    learned: Learned, seconds: Mapping[str, float], teams: tuple[str | None, ...], prior: Seconds
) -> _Told:
    steps = [learned.steps[code] for code, took in seconds.items() if took > 0 and code in learned.steps]
    steps = [step for step in steps if step.estimate > 0]
    place = {team: number for number, team in enumerate(teams, 1)}
    team = np.array([place[step.team] for step in steps], np.int64)
    sigma = np.array([step.sigma for step in steps], np.float64)
    return _Told(
        team,
        np.array([log(seconds[step.code] / step.estimate) - step.mu for step in steps], np.float64),
        sigma,
        np.minimum(MOST_ALONE * sigma / (prior[0] + prior[team]), LONG),
    )


def _mode(prior: Seconds, ended: _Told, running: _Told) -> tuple[Seconds, Seconds]:
    """Return the most likely factors, and the precision of the posterior there."""
    factors = np.zeros(prior.size)
    gradient, precision = _slope(prior, ended, running, factors)
    for _ in range(_ROUNDS):
        step = np.linalg.solve(precision, gradient)
        rising = gradient @ step
        gradient, precision = _slope(prior, ended, running, factors + step)
        # The posterior has one mode; where it bends after a straight piece, a step may lead far beyond.
        while gradient @ step < -rising / 2:
            step = step / 2
            gradient, precision = _slope(prior, ended, running, factors + step)
        factors = factors + step
        if np.abs(step).max() < _NEAR:
            break
    return factors, precision


def _slope(prior: Seconds, ended: _Told, running: _Told, factors: Seconds) -> tuple[Seconds, Seconds]:
    """Return the gradient of the logarithm of the posterior, and its precision."""
    gradient, precision = -factors / prior, np.diag(1 / prior)
    _add(gradient, precision, ended, *_pull_of_ended(ended, factors))
    _add(gradient, precision, running, *_pull_of_running(running, factors))
    return gradient, precision


def _pull_of_ended(told: _Told, factors: Seconds) -> tuple[Seconds, Seconds]:
    off = (told.value - factors[0] - factors[told.team]) / told.sigma
    return np.clip(off, -told.far, told.far) / told.sigma, (np.abs(off) <= told.far) / told.sigma**2


def _pull_of_running(told: _Told, factors: Seconds) -> tuple[Seconds, Seconds]:
    off = np.minimum((told.value - factors[0] - factors[told.team]) / told.sigma, LONG)
    rate = np.array([mills(one) for one in off.tolist()])
    pull, free = np.minimum(rate, told.far), (rate < told.far) & (off < LONG)
    return pull / told.sigma, np.where(free, rate * (rate - off), 0) / told.sigma**2


def _add(gradient: Seconds, precision: Seconds, told: _Told, pull: Seconds, weight: Seconds) -> None:
    """Each step pulls at the night's factor and its team's alike."""
    size = gradient.size
    by_team, weights = np.bincount(told.team, pull, size), np.bincount(told.team, weight, size)
    gradient += by_team
    gradient[0] += pull.sum()
    precision[np.diag_indices(size)] += weights
    precision[0, 0] += weights.sum()
    precision[0, 1:] += weights[1:]
    precision[1:, 0] += weights[1:]
