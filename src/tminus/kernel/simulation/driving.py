"""What decides the finish in each draw: one way back from the last end, all draws a step at a time.

The rule is `schedule/chain.py`'s: an end is decided by its own work unless links hold it longer, a start by the last
of what it follows unless its own floor is later, a begin of a group by the first member. What has happened stands.
"""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Ints
from tminus.kernel.schedule.compiled import Compiled, Kind
from tminus.kernel.schedule.network import N
from tminus.kernel.simulation.known import Known
from tminus.kernel.simulation.passing import Matrix

_NOWHERE = -1


def driving(compiled: Compiled[N], known: Known, at: Matrix, own: Matrix, last: Ints) -> Flags:
    """Return the activities on the way back from the event `last` of each draw, as activities × draws."""
    on_the_way = np.zeros((compiled.activities, at.shape[1]), bool)
    place = np.full(compiled.events, _NOWHERE)
    place[known.held] = np.arange(known.held.size)
    draw = np.arange(at.shape[1])
    event = last
    while event.size:
        node = compiled.node_of[event]
        steps = node < compiled.activities
        on_the_way[node[steps], draw[steps]] = True
        goes_on = ~known.stands[event]
        event, draw = event[goes_on], draw[goes_on]
        event = _decider(compiled, known, at, own, place[event], event, draw)
        found = event != _NOWHERE
        event, draw = event[found], draw[found]
    return on_the_way


def _decider(
    compiled: Compiled[N], known: Known, at: Matrix, own: Matrix, held: Ints, event: Ints, draw: Ints
) -> Ints:
    """`held` = the row of `own` of each event, if it is the end of what links hold."""
    mine = compiled.kind[event] == Kind.END
    ends = np.flatnonzero(held != _NOWHERE)
    mine[ends] = own[held[ends], draw[ends]] >= at[event[ends], draw[ends]]
    decider = np.where(mine, compiled.start[compiled.node_of[event]], _NOWHERE)
    others = np.flatnonzero(~mine & (compiled.first[event + 1] > compiled.first[event]))
    if others.size:
        decider[others] = _furthest(compiled, known, at, event[others], draw[others])
    return decider


def _furthest(compiled: Compiled[N], known: Known, at: Matrix, event: Ints, draw: Ints) -> Ints:
    """Return the event each waited for last (a begin: first), the first of several; none where its floor is later."""
    first = compiled.first[event]
    count = compiled.first[event + 1] - first
    offset = np.cumsum(count) - count
    whose = np.repeat(np.arange(event.size), count)
    edge = np.arange(whose.size) + (first - offset)[whose]
    moment = at[compiled.before[edge], draw[whose]] + compiled.lag[edge].astype(at.dtype)
    begins = compiled.kind[event] == Kind.BEGIN
    if begins.any():
        moment = np.where(begins[whose], -moment, moment)
    furthest = np.maximum.reduceat(moment, offset)
    decides = begins | (furthest >= known.floors[event, 0])
    hit = np.flatnonzero((moment == furthest[whose]) & decides[whose])[::-1]
    found = np.full(event.size, _NOWHERE)
    # Of several the last one written stays: backwards, the first.
    found[whose[hit]] = compiled.before[edge[hit]]
    return found
