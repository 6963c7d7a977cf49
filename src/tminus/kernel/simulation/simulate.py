"""Draw after draw of a whole network: when it ends, when each activity does, and which of them decide it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Ints, Seconds
from tminus.kernel.schedule.compiled import Compiled
from tminus.kernel.schedule.conditions import Conditions
from tminus.kernel.schedule.network import N
from tminus.kernel.simulation.driving import driving
from tminus.kernel.simulation.known import Known, known_by_event
from tminus.kernel.simulation.passing import Matrix, forward

CHUNK = 256
"""Draws reckoned at a time: what 5,000 steps need for so many stays in a core's cache."""
EXACT = 2.0**24
"""Whole seconds below this, half a year, are exact in single precision, which is twice as fast."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """The durations that differ from draw to draw: `nodes`, and in seconds nodes × draws. All others are as known."""

    nodes: Ints
    seconds: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """`finish` = when the last activity ends in each draw; `ends` = activities × draws, on the axis from `origin`.

    `criticality` = of each activity, the share of draws in which it lies on the way that decides the finish; none
    where it was not asked for.
    """

    finish: Seconds
    origin: float
    ends: Matrix
    criticality: Seconds | None


def simulate(
    compiled: Compiled[N], conditions: Conditions, draws: Draws, *, criticality: bool = True
) -> Outcome:
    """Schedule the network once for each draw. `conditions` say all the rest, as for `schedule.reckon`."""
    outcome = _simulated(compiled, known_by_event(compiled, conditions, np.float32), draws, criticality)
    if outcome.finish.max(initial=0) - outcome.origin >= EXACT:
        outcome = _simulated(compiled, known_by_event(compiled, conditions, np.float64), draws, criticality)
    return outcome


def _simulated(compiled: Compiled[N], known: Known, draws: Draws, criticality: bool) -> Outcome:
    count, precision = draws.seconds.shape[1], known.floors.dtype
    ends = np.empty((compiled.activities, count), precision)
    finish = np.empty(count)
    critical = np.zeros(compiled.activities)
    lasts = _lasts(compiled, known)
    for low in range(0, count, CHUNK):
        part = slice(low, min(low + CHUNK, count))
        at = np.empty((compiled.events, part.stop - part.start), precision)
        at[compiled.end] = known.durations[compiled.end]
        at[compiled.end[draws.nodes]] = draws.seconds[:, part]
        own = forward(compiled, known, at)
        ends[:, part] = at[compiled.end[: compiled.activities]]
        last = lasts[at[lasts].argmax(axis=0)]
        finish[part] = at[last, np.arange(last.size)] + known.origin
        if criticality:
            critical += driving(compiled, known, at, own, last).sum(axis=1)
    return Outcome(finish, known.origin, ends, critical / count if criticality else None)


def _lasts(compiled: Compiled[N], known: Known) -> Ints:
    """Return the ends that may be the last of all, by their place among the events, the last first.

    So of several that end together the one decides that follows others, as in `schedule/chain.py`. What another
    activity follows that has not happened never ends after that.
    """
    follower = np.repeat(np.arange(compiled.events), np.diff(compiled.first))
    follows = (
        (compiled.node_of[follower] < compiled.activities) & ~known.stands[follower] & (compiled.lag >= 0)
    )
    followed = np.zeros(compiled.events, bool)
    followed[compiled.before[follows]] = True
    ends = compiled.end[: compiled.activities]
    return np.sort(ends[~followed[ends]])[::-1]
