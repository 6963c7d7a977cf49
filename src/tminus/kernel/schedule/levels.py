"""The generations of events (Kahn's algorithm, a kind of a generation at a time).

In a generation come the starts, then the begins of groups, then the ends: an end may stand in the generation of what
it follows where that is of an earlier kind, so that an activity starts and ends in one.
"""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Ints

UNREACHED = -1


def levels(kind: Ints, kinds: int, before: Ints, after: Ints) -> Ints:
    """Return the generation of each event, from 0; `UNREACHED` for those on or behind a circle.

    `kind` = of each event, from 0 in the order in which they come in a generation, fewer than `kinds`.
    """
    level = np.full(kind.size, UNREACHED, np.int64)
    waiting = np.bincount(after, minlength=kind.size)
    order = np.argsort(before, kind="stable")
    following = after[order]
    first = np.searchsorted(before[order], np.arange(kind.size + 1))
    free = np.flatnonzero(waiting == 0)
    waits = [free[kind[free] == one] for one in range(kinds)]
    generation = 0
    while any(one.size for one in waits):
        for turn in range(kinds):
            now, waits[turn] = waits[turn], waits[turn][:0]
            if now.size:
                level[now] = generation
                freed = _freed(waiting, following[_spans(first[now], first[now + 1])])
                of = kind[freed]
                waits = [np.concatenate((had, freed[of == one])) for one, had in enumerate(waits)]
        generation += 1
    return level


def _freed(waiting: Ints, followed: Ints) -> Ints:
    """Count off what has come; return the events that wait for nothing any more."""
    if followed.size == 1:
        events, times = followed, np.ones(1, np.int64)
    else:
        events, times = np.unique(followed, return_counts=True)
    waiting[events] -= times
    found: Ints = events[waiting[events] == 0]
    return found


def _spans(first: Ints, last: Ints) -> Ints:
    """Return all numbers from each first up to its last."""
    lengths = last - first
    starts = np.repeat(first - np.cumsum(lengths) + lengths, lengths)
    return starts + np.arange(starts.size)
