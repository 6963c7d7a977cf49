"""Draws of how long steps will take: tonight's factor, their team's, and their own; each from numbers of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.simulation.normal import from_hazard, hazard
from tminus.kernel.simulation.streams import standard_normals
from tminus.runbook.domain.learning.expecting import LEAST
from tminus.runbook.domain.learning.learned import LearnedStep
from tminus.runbook.domain.learning.overrun import beyond, stretch
from tminus.runbook.domain.learning.tonight import Tonight

_ROWS = 64


def drawn_seconds(
    night: Tonight, codes: Sequence[str], running: Mapping[str, float], seed: int, draws: int
) -> NDArray[np.float32]:
    """Return steps × draws: the seconds each step takes, or of a running one (seconds so far) what is left of it."""
    steps = [night.learned.steps[code] for code in codes]
    numbers = standard_normals(seed, [f"step {code}" for code in codes], draws)
    shared = _shared(night, steps, seed, draws)
    late = [(row, running[step.code]) for row, step in enumerate(steps) if running.get(step.code, 0) > 0]
    left = [_left(night, steps[row], shared, numbers[row], seconds) for row, seconds in late]
    _whole(night, steps, shared, numbers)
    for (row, _), seconds in zip(late, left, strict=True):
        numbers[row] = np.maximum(seconds, LEAST)
    return numbers


def _shared(night: Tonight, steps: Sequence[LearnedStep], seed: int, draws: int) -> NDArray[np.float32]:
    """Return factors × draws: for each team tonight's factor and its own together."""
    names = ["night", *(f"team {team}" for team in night.teams)]
    numbers = standard_normals(seed, names, draws).astype(np.float64)
    numbers[0] = _even(numbers[0])
    factors = night.mean[:, None] + night.root @ numbers
    shared: NDArray[np.float32] = (factors[1:] + factors[0]).astype(np.float32)
    return shared


def _even(numbers: Seconds) -> Seconds:
    """Return normals in the same order, spread evenly: the night's factor decides most, so chance is kept out of it."""
    order = np.argsort(np.argsort(numbers))
    return from_hazard(-np.log1p(-(order + 0.5) / numbers.size))


def _whole(
    night: Tonight, steps: Sequence[LearnedStep], shared: NDArray[np.float32], numbers: NDArray[np.float32]
) -> None:
    """Turn numbers in place into the seconds of whole steps, so many rows at a time as a core's cache holds."""
    sigma = np.array([step.sigma for step in steps], np.float32)[:, None]
    usual = np.array([step.mu + log(step.estimate) for step in steps], np.float32)[:, None]
    team = np.array([night.teams.index(step.team) for step in steps], np.int64)
    for low in range(0, len(steps), _ROWS):
        rows = slice(low, low + _ROWS)
        some = numbers[rows]
        stretch(some, sigma[rows], night.learned.spread.tail)
        some += shared[team[rows]]
        some += usual[rows]
        np.exp(some, out=some)
        np.rint(some, out=some)
        np.maximum(some, np.float32(LEAST), out=some)


def _left(
    night: Tonight,
    step: LearnedStep,
    shared: NDArray[np.float32],
    numbers: NDArray[np.float32],
    elapsed: float,
) -> Seconds:
    """Return what is left of a running step, drawn given that it has run so long."""
    usual = step.mu + shared[night.teams.index(step.team)].astype(np.float64)
    run = np.log(elapsed / step.estimate) - usual
    own = beyond(
        run, np.full_like(run, step.sigma), night.learned.spread.tail, hazard(numbers.astype(np.float64))
    )
    left: Seconds = np.rint(step.estimate * np.exp(usual + own) - elapsed)
    return left
