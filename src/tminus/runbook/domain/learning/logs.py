"""The observations as one table of logarithms, each against its own night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import numpy as np

from tminus.kernel.schedule.arrays import Ints, Seconds
from tminus.runbook.domain.learning.observation import History, PlannedStep
from tminus.runbook.domain.learning.revising import change_of, last_estimates, still_off
from tminus.runbook.domain.learning.robust import mean_of
from tminus.runbook.domain.learning.scaling import log_volume_ratio


@dataclass(frozen=True, slots=True, eq=False)
class Logs:
    """One entry an observation: `step`, `night` and `crew` (a team in a night) by number, `value` = log of its ratio.

    `deviation` = the value less its night's `centre`; `volume` = the log volume ratio of each night.
    """

    codes: tuple[str, ...]
    step: Ints
    night: Ints
    crew: Ints
    value: Seconds
    deviation: Seconds
    centre: Seconds
    volume: Seconds

    @property
    def nights(self) -> int:
        """How many nights there are."""
        return self.centre.size

    def counts(self) -> Ints:
        """Return how often each step was observed."""
        return np.bincount(self.step, minlength=len(self.codes))

    def sums(self, values: Seconds) -> Seconds:
        """Return the sum of values over the observations of each step."""
        sums: Seconds = np.bincount(self.step, values, minlength=len(self.codes)).astype(np.float64)
        return sums

    def agreed(self) -> Seconds:
        """Return by how much all deviations of each step go one way at least; 0 of what was observed once."""
        low, high = np.full(len(self.codes), np.inf), np.full(len(self.codes), -np.inf)
        np.minimum.at(low, self.step, self.deviation)
        np.maximum.at(high, self.step, self.deviation)
        return np.where(self.counts() > 1, np.maximum(low, 0) + np.minimum(high, 0), 0.0)


def logs_of(history: History, steps: Mapping[str, PlannedStep], volume: float | None) -> Logs:
    """Return the observations that count, of steps still in the plan or not."""
    rows: list[tuple[str, int, str | None, float]] = []
    last = last_estimates(history)
    volumes: list[float] = []
    for rehearsal in history:
        counted = rehearsal.counted()
        if not counted:
            continue
        ratio = log_volume_ratio(rehearsal, volume)
        for one in counted:
            scales = one.step not in steps or steps[one.step].scales
            logarithm = log(one.actual / one.estimate) + (ratio if scales else 0.0)
            since = change_of(last[one.step], one.estimate)
            rows.append((one.step, len(volumes), one.team, still_off(logarithm, since)))
        volumes.append(ratio)
    codes = tuple(dict.fromkeys(row[0] for row in rows))
    place = {code: number for number, code in enumerate(codes)}
    crews: dict[tuple[int, str | None], int] = {}
    night = np.array([row[1] for row in rows], np.int64)
    value = np.array([row[3] for row in rows], np.float64)
    centre = np.array([mean_of(value[night == one]) for one in range(len(volumes))])
    return Logs(
        codes,
        np.array([place[row[0]] for row in rows], np.int64),
        night,
        np.array([crews.setdefault((row[1], row[2]), len(crews)) for row in rows], np.int64),
        value,
        value - centre[night] if rows else value,
        centre,
        np.array(volumes, np.float64),
    )
