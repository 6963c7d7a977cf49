"""What decides a moment: the chain of activities of which none could be a second later."""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.schedule.compiled import Compiled
from tminus.kernel.schedule.network import N


def driver(compiled: Compiled[N], at: Seconds, event: int) -> int | None:
    """Return the event that one waited for last, the first of several; None where nothing it follows decided it."""
    low, high = np.searchsorted(compiled.after, (event, event + 1))
    reached = at[compiled.before[low:high]] + compiled.lag[low:high] == at[event]
    return int(compiled.before[low + int(reached.argmax())]) if reached.any() else None


def chain_to(compiled: Compiled[N], at: Seconds, durations: Seconds, event: int) -> list[int]:
    """Return the activities that decide when an event happens, first to last, as places among the nodes."""
    chain: list[int] = []
    here: int | None = event
    while here is not None:
        node = int(compiled.node_of[here])
        if node < compiled.activities and (not chain or chain[-1] != node):
            chain.append(node)
        here = _before(compiled, at, durations, here, node)
    return chain[::-1]


def _before(compiled: Compiled[N], at: Seconds, durations: Seconds, event: int, node: int) -> int | None:
    """A node's own start comes first: it decides its end unless links hold that."""
    start = int(compiled.start[node])
    if event == compiled.end[node] and at[start] + durations[node] >= at[event]:
        return start
    return driver(compiled, at, event)


def last_event(compiled: Compiled[N], at: Seconds) -> int | None:
    """Return the end of the activity that ends last, the first of several; None where there is no activity."""
    if not compiled.activities:
        return None
    ends = compiled.end[: compiled.activities]
    return int(ends[int(at[ends].argmax())])
