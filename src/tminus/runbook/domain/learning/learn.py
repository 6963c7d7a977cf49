"""Learning: the plan's ratio from its nights, and each step's from its own, shrunk while there are few.

    plan      m = Σ w_j c_j / (Σ w_j + 1/PLAN²)      c_j = mean log ratio of night j, w_j = 1 / its variance
    step      μ = m + Σ d / (n + κ)                  d = its log ratios, each less its night's mean
              κ = (step² + team²) / estimate²        so many nights is the estimate worth
    now       less what the estimate was changed by towards it since the step was measured last (`revising`)
    its own   σ² = step² + estimate² κ / (n + κ)     what is left of the doubt about the estimate counts with it

The posterior mean of a normal mean with known variances (Gelman et al., Bayesian Data Analysis, 2.5); a step without
history has n = 0 and takes the plan's ratio.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tminus.runbook.domain.learning.learned import Learned, LearnedStep, Spread
from tminus.runbook.domain.learning.logs import Logs, logs_of
from tminus.runbook.domain.learning.observation import History, PlannedStep
from tminus.runbook.domain.learning.revising import change_of, last_estimates, still_off
from tminus.runbook.domain.learning.robust import CLIP
from tminus.runbook.domain.learning.scaling import scaling_sentence
from tminus.runbook.domain.learning.variances import PLAN, spread_from, weights_of_nights


def learn(history: History, steps: Iterable[PlannedStep], volume: float | None = None) -> Learned:
    """Learn the steps of an iteration that moves so much data from earlier iterations of its plan."""
    planned = {step.code: step for step in steps}
    pressed = sum(one.pressed for night in history for one in night.observations)
    history = [one for one in history if one.counted()]
    logs = logs_of(history, planned, volume)
    spread = spread_from(logs)
    plan = _plan(logs, spread)
    own, last = _own(logs, spread), last_estimates(history)
    return Learned(
        {
            step.code: _step(step, spread, plan, last.get(step.code), *own.get(step.code, (0, 0.0)))
            for step in planned.values()
        },
        spread,
        float(np.exp(plan)) if logs.nights else None,
        tuple(one.name for one in history),
        scaling_sentence(history, volume),
        pressed,
    )


def _plan(logs: Logs, spread: Spread) -> float:
    weights = weights_of_nights(logs, spread.night)
    return float((weights * logs.centre).sum() / (weights.sum() + 1 / PLAN**2))


def worth(spread: Spread) -> float:
    """Return κ, the number of nights that the estimate is worth."""
    return (spread.step**2 + spread.team**2) / spread.estimate**2


def _own(logs: Logs, spread: Spread) -> dict[str, tuple[int, float]]:
    """Return by step how often it was observed, and the sum of its deviations, wild ones clipped.

    What its nights agree on is not wild, however far it is: they are clipped beyond that.
    """
    far = CLIP * float(np.sqrt(spread.estimate**2 + spread.team**2 + spread.step**2))
    agreed = logs.agreed()[logs.step]
    sums = logs.sums(np.clip(logs.deviation, agreed - far, agreed + far))
    return dict(zip(logs.codes, zip(logs.counts().tolist(), sums.tolist(), strict=True), strict=True))


def _step(
    step: PlannedStep, spread: Spread, plan: float, last: float | None, observed: int, deviations: float
) -> LearnedStep:
    kappa = worth(spread)
    variance = spread.step**2 + spread.estimate**2 * kappa / (observed + kappa)
    mu = plan + deviations / (observed + kappa)
    now = still_off(mu, change_of(step.estimate, last))
    return LearnedStep(step.code, step.team, step.estimate, now, float(np.sqrt(variance)), observed)
