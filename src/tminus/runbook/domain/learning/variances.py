"""How far nights, teams, estimates and single steps stray: moments of the history, and priors while there is little.

    log(actual / estimated) = plan + estimate of the step + night + team in the night + the step that night

Every term is normal with mean 0 but the last, which has a long upper tail (`overrun`). Each variance found counts
for as many values as it was found from, each prior for the few named here.
"""

from __future__ import annotations

from math import log

import numpy as np

from tminus.kernel.schedule.arrays import Seconds
from tminus.runbook.domain.learning.learned import Spread
from tminus.runbook.domain.learning.logs import Logs
from tminus.runbook.domain.learning.overrun import LONG, LONG_HAZARD
from tminus.runbook.domain.learning.robust import clipped, pooled, spread_of

PLAN = 0.30
"""Before any night: two plans of three take between 0.74 and 1.35 times what they say."""
NIGHT = 0.18
TEAM = 0.18
ESTIMATE = 0.30
STEP = 0.30
"""Before much history: the spread of nights, of teams in them, of single estimates, of single steps."""
FEW_NIGHTS, FEW_CREWS, FEW_STEPS = 3.0, 4.0, 20.0
"""How many nights, teams in nights, and observations of steps those priors are worth."""
FAR, FAR_SHARE, FEW_ATTEMPTS = log(5.0), 0.012, 100.0
"""Before much history one attempt of 80 takes more than five times what was expected; worth a hundred attempts."""
HEAVIEST, LIGHTEST = 0.3, 3.0
"""Between these the tail's power is held: below the first nearly all that is long would be endless."""
VOLUME_DOUBT = 0.25
"""That times go with the power one of the data is itself doubtful: the power's standard deviation."""


def spread_from(logs: Logs) -> Spread:
    """Return the spreads; of an empty history the priors."""
    if not logs.value.size:
        return Spread(PLAN, NIGHT, TEAM, ESTIMATE, STEP, tail_of(FAR_SHARE, float(np.hypot(ESTIMATE, STEP))))
    both = pooled(float(np.hypot(ESTIMATE, STEP)), FEW_STEPS, spread_of(logs.deviation), logs.deviation.size)
    team = _team(logs, both)
    step = min(_step(logs, both, team), both)
    estimate = max(float(np.sqrt(max(both**2 - step**2 - team**2, 0.0))), 0.05)
    night = _night(logs, both)
    return Spread(
        plan_knowledge(logs, night),
        night,
        team,
        estimate,
        step,
        _tail(logs, float(np.hypot(step, estimate / 2))),
    )


def plan_knowledge(logs: Logs, night: float) -> float:
    """Return the standard deviation that is left of the plan's ratio."""
    return float(1 / np.sqrt(1 / PLAN**2 + weights_of_nights(logs, night).sum()))


def weights_of_nights(logs: Logs, night: float) -> Seconds:
    """Return what each night's mean is worth as a measure of the plan: one over its variance."""
    return 1 / (night**2 + (VOLUME_DOUBT * logs.volume) ** 2)


def _night(logs: Logs, both: float) -> float:
    """The spread of the nights' means, less what that of their steps makes of it."""
    if logs.nights < 2:
        return NIGHT
    noise = both**2 / np.bincount(logs.night)
    doubt = (VOLUME_DOUBT * (logs.volume - logs.volume.mean())) ** 2
    found = logs.centre.var(ddof=1) - noise.mean() - doubt.mean()
    return pooled(NIGHT, FEW_NIGHTS, float(np.sqrt(max(found, 0.0))), logs.nights - 1)


def _team(logs: Logs, both: float) -> float:
    """The same of teams within their nights; one team alone is its night."""
    count = np.bincount(logs.crew)
    means = np.bincount(logs.crew, clipped(logs.deviation, both)) / count
    free = count.size - logs.nights
    if free <= 0:
        return TEAM
    found = (
        float((means**2 * count).sum() / count.sum()) * count.size / free - both**2 * count.size / count.sum()
    )
    return pooled(TEAM, FEW_CREWS, float(np.sqrt(max(found, 0.0))), free)


def _step(logs: Logs, both: float, team: float) -> float:
    """From steps seen in several nights, how they differ from themselves; of others the prior's share."""
    count = logs.counts()
    prior = both * STEP / float(np.hypot(ESTIMATE, STEP))
    free = int((count - 1).clip(0).sum())
    if not free:
        return prior
    own = logs.deviation - (logs.sums(logs.deviation) / count)[logs.step]
    repeated = count[logs.step] > 1
    scale = np.sqrt(count / np.maximum(count - 1, 1))[logs.step]
    found = spread_of((own * scale)[repeated])
    return pooled(prior, FEW_STEPS, float(np.sqrt(max(found**2 - team**2, 0.05**2))), free)


def tail_of(share: float, sigma: float) -> float:
    """Return the power by which such a share of attempts lies beyond `FAR`, where the tail begins at `LONG` sigma."""
    length = max(FAR - LONG * sigma, 0.1)
    return float(np.clip((log(1 / share) - LONG_HAZARD) / length, HEAVIEST, LIGHTEST))


def _tail(logs: Logs, sigma: float) -> float:
    """Counts the attempts that took far too long (the mean of a beta posterior)."""
    far = float((logs.deviation > FAR).sum())
    share = (FAR_SHARE * FEW_ATTEMPTS + far) / (FEW_ATTEMPTS + logs.deviation.size)
    return tail_of(share, sigma)
