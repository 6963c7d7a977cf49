"""Free float: by how much an activity may be later before anything that waits for it is."""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Seconds
from tminus.kernel.schedule.backward import slack_of_edges
from tminus.kernel.schedule.compiled import Compiled
from tminus.kernel.schedule.forward import ByEvent
from tminus.kernel.schedule.network import N


def free_float(compiled: Compiled[N], known: ByEvent, at: Seconds, end: float) -> Seconds:
    """Return the free float of every node in seconds, moved as a whole; what waits for nothing has until `end`.

    Groups are looked through: what counts is who waits for the group.
    """
    slack = slack_of_edges(compiled, at, known.stands)
    free = np.full(compiled.events, np.inf)
    ends = compiled.end[: compiled.activities]
    free[ends] = end - at[ends]
    groups = compiled.group_events()
    _through_groups(compiled, slack, free, groups, at)
    into = np.flatnonzero(groups[compiled.after])
    slack[into] += free[compiled.after[into]]
    out = compiled.out
    if out.events.size:
        least = np.minimum.reduceat(slack[out.edge], out.first[:-1])
        mine = ~groups[out.events]
        free[out.events[mine]] = np.minimum(free[out.events[mine]], least[mine])
    found: Seconds = np.minimum(free[compiled.start], free[compiled.end] + _held(compiled, known, at))
    return found


def _held(compiled: Compiled[N], known: ByEvent, at: Seconds) -> Seconds:
    """Return for how long each node's end is held after its own work is done."""
    return np.maximum(at[compiled.end] - at[compiled.start] - known.durations[compiled.end], 0)


def _through_groups(compiled: Compiled[N], slack: Seconds, free: Seconds, groups: Flags, at: Seconds) -> None:
    """Fill in the free float of the events of groups: at once of those no group waits for, then the last first."""
    out = compiled.out
    if not out.events.size or not groups.any():
        return
    least = np.minimum.reduceat(slack[out.edge], out.first[:-1])
    mine = groups[out.events]
    free[out.events[mine]] = least[mine]
    starts, ends = compiled.start[compiled.activities :], compiled.end[compiled.activities :]
    free[starts] = np.minimum(free[starts], free[ends] + at[ends] - at[starts])
    for event in _chained(compiled, groups):
        _through_one(compiled, slack, free, groups, at, event)


def _chained(compiled: Compiled[N], groups: Flags) -> list[int]:
    """Return the events of groups that a group waits for, and the starts of groups whose ends are such; last first."""
    chained = np.zeros(compiled.events, bool)
    chained[compiled.before[groups[compiled.after]]] = True
    chained &= groups
    starts, ends = compiled.start[compiled.activities :], compiled.end[compiled.activities :]
    chained[starts] |= chained[ends]
    found: list[int] = np.flatnonzero(chained)[::-1].tolist()
    return found


def _through_one(
    compiled: Compiled[N], slack: Seconds, free: Seconds, groups: Flags, at: Seconds, event: int
) -> None:
    out = compiled.out
    run, beyond = out.part[event], out.part[event + 1]
    if run < beyond:
        edges = out.edge[out.first[run] : out.first[beyond]]
        after = compiled.after[edges]
        free[event] = (slack[edges] + np.where(groups[after], free[after], 0.0)).min()
    node = compiled.node_of[event]
    if event == compiled.start[node]:
        end = compiled.end[node]
        free[event] = min(free[event], free[end] + at[end] - at[event])
