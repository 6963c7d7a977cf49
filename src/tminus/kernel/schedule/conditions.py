"""What is so when a network is scheduled: durations, the earliest moments, what has happened, blackout windows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.schedule.calendar import Blackouts
from tminus.kernel.schedule.compiled import Compiled
from tminus.kernel.schedule.network import N


@dataclass(frozen=True, slots=True)
class Conditions:
    """All by node. `durations` in seconds; `floors` = moments before which a node does not start.

    `started`, `ended` = the moments at which it has, NaN where not: these stand, whatever leads to them.
    `work_from` = the moment from which the duration of what has started is reckoned (-inf: its start): of a running
    activity now, its duration then being what is left.
    """

    durations: Seconds
    floors: Seconds
    started: Seconds | None = None
    ended: Seconds | None = None
    work_from: Seconds | None = None
    blackouts: Blackouts | None = None


def planned(compiled: Compiled[N], start: float = 0, blackouts: Blackouts | None = None) -> Conditions:
    """Return the conditions of a plan that begins at `start`, of which nothing has happened."""
    return Conditions(compiled.durations, np.maximum(compiled.floors, start), blackouts=blackouts)
