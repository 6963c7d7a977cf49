"""What decides a moment: the chain of activities of which none could be a second later.

An end is decided by its own work unless links hold it longer; a start by the last of what it follows unless its own
floor is later; a begin of a group by the first of its members. What has happened stands, and nothing decides it.
"""

from __future__ import annotations

from tminus.kernel.schedule.arrays import Seconds
from tminus.kernel.schedule.compiled import Compiled, Kind
from tminus.kernel.schedule.conditions import Conditions
from tminus.kernel.schedule.forward import ByEvent, by_event, finish
from tminus.kernel.schedule.network import N


def chain_to(compiled: Compiled[N], conditions: Conditions, at: Seconds, event: int) -> list[int]:
    """Return the activities that decide when an event happens, first to last, as places among the nodes."""
    known = by_event(compiled, conditions)
    chain: list[int] = []
    here: int | None = event
    while here is not None:
        node = int(compiled.node_of[here])
        if node < compiled.activities and (not chain or chain[-1] != node):
            chain.append(node)
        here = _before(compiled, known, at, here)
    return chain[::-1]


def _before(compiled: Compiled[N], known: ByEvent, at: Seconds, event: int) -> int | None:
    if known.stands is not None and known.stands[event]:
        return None
    node = int(compiled.node_of[event])
    start = int(compiled.start[node])
    if event == compiled.end[node]:
        done = finish(at[[start]], slice(event, event + 1), known)
        if done[0] >= at[event]:
            return start
    return _driver(compiled, known, at, event)


def _driver(compiled: Compiled[N], known: ByEvent, at: Seconds, event: int) -> int | None:
    """Return the event that one waited for last, the first of several; None where its floor is later."""
    edges = compiled.edges_into(event)
    if edges.start == edges.stop:
        return None
    moments, begins = at[compiled.before[edges]] + compiled.lag[edges], compiled.kind[event] == Kind.BEGIN
    place = int(moments.argmin() if begins else moments.argmax())
    # A begin is reckoned from its members alone.
    if not begins and moments[place] < known.floors[event]:
        return None
    return int(compiled.before[edges.start + place])


def last_event(compiled: Compiled[N], at: Seconds) -> int | None:
    """Return the end of the activity that ends last; None where there is no activity.

    Of several that which stands last among the events, and so follows others: a milestone, not the work before it.
    """
    if not compiled.activities:
        return None
    ends = compiled.end[: compiled.activities]
    last = at[ends]
    return int(ends[last == last.max()].max())
