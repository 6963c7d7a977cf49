"""Blackout windows: spans in which nobody works. Work stops when one begins and goes on when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Seconds


@dataclass(frozen=True, slots=True, eq=False)
class Blackouts:
    """Blackout windows on the axis of the schedule: `start` and `end` of each, in order, none touching another.

    Working time is the clock with these cut out: `worked` = working time at the start of each, `lost` = seconds
    lost in the first so many of them. `bounds` = starts and ends in turn: among so many of them as lie at or before
    a moment, an odd number means that it lies inside a window. By that number: `over` = when that window is over,
    `begun` = when it began, `cut` = the seconds lost before.
    """

    start: Seconds
    end: Seconds
    worked: Seconds
    lost: Seconds
    bounds: Seconds
    over: Seconds
    begun: Seconds
    cut: Seconds

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
        return cls._laid_out(np.array(merged, np.float64)) if merged else None

    @classmethod
    def _laid_out(cls, windows: Seconds) -> Blackouts:
        starts, ends = windows.T
        lost = np.concatenate(([0.0], np.cumsum(ends - starts)))
        over, begun = np.full(2 * starts.size + 1, -np.inf), np.full(2 * starts.size + 1, np.inf)
        over[1::2], begun[1::2] = ends, starts
        cut = np.repeat(lost, 2)[:-1]
        return cls(starts, ends, starts - lost[:-1], lost, windows.ravel(), over, begun, cut)

    def begin(self, moment: Seconds) -> Seconds:
        """Return when work asked for at each moment begins: at once, or when the blackout is over."""
        return np.maximum(moment, self.over[self.bounds.searchsorted(moment, "right")])

    def latest_asked(self, moment: Seconds) -> Seconds:
        """Return the latest whole second at which work may be asked for that is to begin by each moment."""
        return np.minimum(moment, self.begun[self.bounds.searchsorted(moment, "right")] - 1)

    def touch(self, first: Seconds, last: Seconds) -> Flags:
        """Return whether any blackout lies within each span, its ends included."""
        found: Flags = self.start.searchsorted(last, "right") > self.end.searchsorted(first, "left")
        return found

    def finish(self, moment: Seconds, seconds: Seconds, idle: Flags) -> Seconds:
        """Return when so many seconds of work from each moment on are done; where `idle`, the moment itself."""
        done = self._worked(moment)
        done += seconds
        done += self.lost[self.worked.searchsorted(done, "left")]
        np.copyto(done, moment, where=idle)
        return done

    def latest_begin(self, moment: Seconds, seconds: Seconds, idle: Flags) -> Seconds:
        """Return the latest moment from which so many seconds of work are done by each; where `idle`, that moment."""
        begun = self._worked(moment)
        begun -= seconds
        begun += self.lost[self.worked.searchsorted(begun, "right")]
        np.copyto(begun, moment, where=idle)
        return begun

    def _worked(self, moment: Seconds) -> Seconds:
        place = self.bounds.searchsorted(moment, "right")
        worked = np.minimum(moment, self.begun[place])
        worked -= self.cut[place]
        return worked
