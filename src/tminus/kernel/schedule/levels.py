"""The generations of events: each follows only events of earlier ones (Kahn's algorithm, a generation at a time)."""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Ints

UNREACHED = -1


def levels(count: int, before: Ints, after: Ints) -> Ints:
    """Return the generation of each of `count` events, from 0; `UNREACHED` for those on or behind a circle."""
    level = np.full(count, UNREACHED, np.int64)
    waiting = np.bincount(after, minlength=count)
    order = np.argsort(before, kind="stable")
    following = after[order]
    first = np.searchsorted(before[order], np.arange(count + 1))
    free, generation = np.flatnonzero(waiting == 0), 0
    while free.size:
        level[free] = generation
        freed = following[_spans(first[free], first[free + 1])]
        if freed.size == 1:
            waiting[freed] -= 1
            free = freed[waiting[freed] == 0]
        else:
            events, times = np.unique(freed, return_counts=True)
            waiting[events] -= times
            free = events[waiting[events] == 0]
        generation += 1
    return level


def _spans(first: Ints, last: Ints) -> Ints:
    """Return all numbers from each first up to its last."""
    lengths = last - first
    starts = np.repeat(first - np.cumsum(lengths) + lengths, lengths)
    return starts + np.arange(starts.size)
