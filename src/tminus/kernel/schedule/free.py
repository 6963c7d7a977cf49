"""Free float: by how much an activity may be later before anything that waits for it is."""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.schedule.backward import slack_out
from tminus.kernel.schedule.compiled import Compiled
from tminus.kernel.schedule.forward import ByEvent
from tminus.kernel.schedule.network import N


def free_float(compiled: Compiled[N], known: ByEvent, at: Seconds, end: float) -> Seconds:
    """Return the free float of every node in seconds, moved as a whole; what waits for nothing has until `end`.

    Groups are looked through: what counts is who waits for the group.
    """
    out, groups = compiled.out.edges, compiled.groups
    slack = slack_out(compiled, at, known.stands)
    free = np.full(compiled.events, np.inf)
    ends = compiled.end[: compiled.activities]
    free[ends] = end - at[ends]
    if groups.into.size:
        _of_groups(compiled, slack, free, at)
        slack[groups.into] += free[out.other[groups.into]]
    least = out.furthest(slack, np.minimum)
    free[out.events] = np.where(
        groups.events[out.events], free[out.events], np.minimum(free[out.events], least)
    )
    found: Seconds = np.minimum(free[compiled.start], free[compiled.end] + _held(compiled, known, at))
    return found


def _held(compiled: Compiled[N], known: ByEvent, at: Seconds) -> Seconds:
    """Return for how long each node's end is held after its own work is done."""
    return np.maximum(at[compiled.end] - at[compiled.start] - known.durations[compiled.end], 0)


def _of_groups(compiled: Compiled[N], slack: Seconds, free: Seconds, at: Seconds) -> None:
    """Fill in the free float of the events of groups: at once of those no group waits for, then the last first."""
    out, groups = compiled.out.edges, compiled.groups
    to_steps = slack.copy()
    to_steps[groups.into] = np.inf
    least = out.furthest(to_steps, np.minimum)
    mine = groups.events[out.events]
    free[out.events[mine]] = least[mine]
    starts, ends = compiled.start[compiled.activities :], compiled.end[compiled.activities :]
    free[starts] = np.minimum(free[starts], free[ends] + at[ends] - at[starts])
    for event, edges in groups.chained:
        if edges.size:
            free[event] = min(free[event], (slack[edges] + free[out.other[edges]]).min())
        node = compiled.node_of[event]
        if event == compiled.start[node]:
            end = compiled.end[node]
            free[event] = min(free[event], free[end] + at[end] - at[event])
