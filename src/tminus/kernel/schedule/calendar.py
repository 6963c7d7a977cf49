"""Blackout windows: spans in which nobody works. Work stops when one begins and goes on when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Seconds


@dataclass(frozen=True, slots=True)
class Blackouts:
    """Blackout windows on the axis of the schedule: `start` and `end` of each, in order, none touching another.

    Working time is the clock with these cut out: `worked` = working time at the start of each, `lost` = seconds
    lost in the first so many of them.
    """

    start: Seconds
    end: Seconds
    worked: Seconds
    lost: Seconds

    @classmethod
    def of(cls, windows: Iterable[tuple[float, float]]) -> Blackouts | None:
        """Return the windows merged and in order; None where there are none. Raises `ValueError`: one that is empty."""
        merged: list[list[float]] = []
        for start, end in sorted(windows):
            if end <= start:
                raise ValueError("a blackout ends after it starts")
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(end, merged[-1][1])
            else:
                merged.append([start, end])
        if not merged:
            return None
        starts, ends = np.array(merged, np.float64).T
        lost = np.concatenate(([0.0], np.cumsum(ends - starts)))
        return cls(starts, ends, starts - lost[:-1], lost)

    def begin(self, moment: Seconds) -> Seconds:
        """Return when work asked for at each moment begins: at once, or when the blackout is over."""
        place = np.searchsorted(self.start, moment, side="right") - 1
        inside = (place >= 0) & (moment < self.end[place])
        return np.where(inside, self.end[place], moment)

    def finish(self, moment: Seconds, seconds: Seconds) -> Seconds:
        """Return when so many seconds of work from each moment on are done; no work is done at its moment."""
        worked = self._worked(moment) + seconds
        done = worked + self.lost[np.searchsorted(self.worked, worked, side="left")]
        return np.where(seconds > 0, done, moment)

    def latest_begin(self, moment: Seconds, seconds: Seconds) -> Seconds:
        """Return the latest moment from which so many seconds of work are done by each moment."""
        worked = self._worked(moment) - seconds
        begun = worked + self.lost[np.searchsorted(self.worked, worked, side="right")]
        return np.where(seconds > 0, begun, moment)

    def _worked(self, moment: Seconds) -> Seconds:
        passed = np.searchsorted(self.end, moment, side="right")
        inside = np.minimum(moment, np.concatenate((self.start, [np.inf]))[passed])
        return inside - self.lost[passed]
