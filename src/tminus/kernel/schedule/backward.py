"""The backward pass: how late every event may happen without the whole ending later; and the slack between events."""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Ints, Seconds
from tminus.kernel.schedule.compiled import Block, Compiled, Kind, Outgoing
from tminus.kernel.schedule.conditions import Conditions
from tminus.kernel.schedule.forward import ByEvent
from tminus.kernel.schedule.network import N


def latest(compiled: Compiled[N], conditions: Conditions, known: ByEvent, at: Seconds, end: float) -> Seconds:
    """Return the latest moment of every event by which nothing ends after `end`; inf of what has happened.

    `at` = the earliest moments. A begin of a group holds that member which begins it: any of several.
    """
    late = np.full(compiled.events, end, np.float64)
    if known.stands is not None:
        late[known.stands] = np.inf
    out = compiled.out
    after, lag = compiled.after[out.edge], _holding(compiled, at)[out.edge]
    for block in reversed(compiled.blocks):
        if block.kind is Kind.START:
            twin = block.twin
            _before_what_follows(late, out, after, lag, twin, twin + block.high - block.low, known)
        _before_what_follows(late, out, after, lag, block.low, block.high, known)
        _before_own_end(late, block, known, conditions)
    return late


def _holding(compiled: Compiled[N], at: Seconds) -> Seconds:
    """Return the lag of each edge; -inf where it leads to the begin of a group that another member begins."""
    later = at[compiled.before] > at[compiled.after]
    return np.where(compiled.begins & later, -np.inf, compiled.lag)


def _before_what_follows(
    late: Seconds, out: Outgoing, after: Ints, lag: Seconds, low: int, high: int, known: ByEvent
) -> None:
    runs_from, runs_to = out.part[low], out.part[high]
    if runs_from == runs_to:
        return
    bounds = out.first[runs_from : runs_to + 1]
    part = slice(bounds[0], bounds[-1])
    found = np.minimum.reduceat(late[after[part]] - lag[part], bounds[:-1] - bounds[0])
    events = out.events[runs_from:runs_to]
    if known.stands is not None:
        found[known.stands[events]] = np.inf
    late[events] = np.minimum(late[events], found)


def _before_own_end(late: Seconds, block: Block, known: ByEvent, conditions: Conditions) -> None:
    if block.kind is Kind.START:
        starts: Ints | slice = slice(block.low, block.high)
        ends = slice(block.twin, block.twin + block.high - block.low)
    elif block.starts is not None:
        starts, ends = block.starts, slice(block.low, block.high)
    else:
        return
    seconds = known.durations[ends]
    if conditions.blackouts is None:
        begun = late[ends] - seconds
    else:
        begun = conditions.blackouts.latest_begin(late[ends], seconds)
    late[starts] = np.minimum(late[starts], begun)


def slack_of_edges(compiled: Compiled[N], at: Seconds, stands: Flags | None) -> Seconds:
    """Return by how many seconds what each edge leads from may be later before what it leads to is.

    inf where that has happened, or where another member begins the group.
    """
    slack = at[compiled.after] - at[compiled.before] - _holding(compiled, at)
    if stands is not None:
        slack[stands[compiled.after]] = np.inf
    return slack
