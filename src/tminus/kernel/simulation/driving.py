"""What decides the finish in each draw: one way back from the last end, all draws a step at a time.

The rule is `schedule/chain.py`'s: an end is decided by its own work unless links hold it longer, a start by the last
of what it follows unless its own floor is later, a begin of a group by the first member. What has happened stands.
"""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Ints
from tminus.kernel.simulation.known import Known
from tminus.kernel.simulation.layout import Layout
from tminus.kernel.simulation.passing import Matrix

_NOWHERE = -1


def driving(layout: Layout, known: Known, at: Matrix, own: Matrix, last: Ints) -> Flags:
    """Return the activities on the way back from the row `last` of each draw, as activities × draws."""
    on_the_way = np.zeros((layout.activities, at.shape[1]), bool)
    place = np.cumsum(layout.ends) - 1
    draw = np.arange(at.shape[1])
    row = last
    while row.size:
        node = layout.node_of[row]
        steps = node < layout.activities
        on_the_way[node[steps], draw[steps]] = True
        goes_on = ~known.stands[row]
        row, draw = row[goes_on], draw[goes_on]
        row = _decider(layout, known, at, own, place, row, draw)
        found = row != _NOWHERE
        row, draw = row[found], draw[found]
    return on_the_way


def _decider(
    layout: Layout, known: Known, at: Matrix, own: Matrix, place: Ints, row: Ints, draw: Ints
) -> Ints:
    mine = layout.twins[row]
    ends = np.flatnonzero(layout.ends[row])
    mine[ends] = own[place[row[ends]], draw[ends]] >= at[row[ends], draw[ends]]
    decider = np.where(mine, layout.start[layout.node_of[row]], _NOWHERE)
    others = np.flatnonzero(~mine & (layout.first[row + 1] > layout.first[row]))
    if others.size:
        decider[others] = _furthest(layout, known, at, row[others], draw[others])
    return decider


def _furthest(layout: Layout, known: Known, at: Matrix, row: Ints, draw: Ints) -> Ints:
    """Return the row each waited for last (a begin: first), the first of several; none where its floor is later."""
    first = layout.first[row]
    count = layout.first[row + 1] - first
    offset = np.cumsum(count) - count
    whose = np.repeat(np.arange(row.size), count)
    edge = np.arange(whose.size) + (first - offset)[whose]
    moment = at[layout.before[edge], draw[whose]] + layout.lag[edge].astype(at.dtype)
    begins = layout.begins[row]
    if begins.any():
        moment = np.where(begins[whose], -moment, moment)
    furthest = np.maximum.reduceat(moment, offset)
    decides = begins | (furthest >= known.floors[row, 0])
    hit = np.flatnonzero((moment == furthest[whose]) & decides[whose])[::-1]
    found = np.full(row.size, _NOWHERE)
    # Of several the last one written stays: backwards, the first.
    found[whose[hit]] = layout.before[edge[hit]]
    return found
