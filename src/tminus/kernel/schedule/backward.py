"""The backward pass: how late every event may happen without the whole ending later; and the slack between events."""

from __future__ import annotations

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Seconds
from tminus.kernel.schedule.compiled import Block, Compiled, Kind, Leaving
from tminus.kernel.schedule.forward import ByEvent
from tminus.kernel.schedule.network import N


def latest(compiled: Compiled[N], known: ByEvent, at: Seconds, end: float) -> Seconds:
    """Return the latest moment of every event by which nothing ends after `end`; inf of what has happened.

    `at` = the earliest moments. A begin of a group holds that member which begins it: any of several. A group that
    nothing waits for holds nobody: all is over when the last activity is.
    """
    late = np.where(compiled.groups.events, np.inf, end)
    if known.stands is not None:
        late[known.stands] = np.inf
    for block in reversed(compiled.blocks):
        if block.out is not None:
            _before_what_follows(late, block.out, block.kind, known, at)
        if block.kind is Kind.END:
            _before_own_end(late, block, known)
    return late


def _before_what_follows(late: Seconds, out: Leaving, kind: Kind, known: ByEvent, at: Seconds) -> None:
    found = out.edges.furthest(reached_back(late, out, at), np.minimum)
    events = out.edges.events
    if kind is Kind.START and known.blackouts is not None:
        # Work that may start inside a blackout at the latest has to be asked for before it: else it starts after.
        asked = known.blackouts.latest_asked(found)
        np.copyto(asked, found, where=known.idle[events])
        found = asked
    if known.stands is not None:
        found[known.stands[events]] = np.inf
    late[events] = np.minimum(late[events], found)


def reached_back(moments: Seconds, out: Leaving, at: Seconds) -> Seconds:
    """Return by when each edge wants what it leads from, what it leads to being at its of `moments`.

    `at` = the earliest moments; inf where by these another member begins the group.
    """
    found: Seconds = moments[out.edges.other]
    if out.edges.lag is not None:
        found -= out.edges.lag
    if out.begins.size:
        later = at[out.before[out.begins]] > at[out.edges.other[out.begins]]
        found[out.begins[later]] = np.inf
    return found


def _before_own_end(late: Seconds, block: Block, known: ByEvent) -> None:
    here = slice(block.low, block.high)
    begun = _begun(late[here], here, known)
    if known.stands is not None:
        # What has begun waits no more for what leads to it.
        begun[known.stands[block.starts]] = np.inf
    late[block.starts] = np.minimum(late[block.starts], begun)


def _begun(ends: Seconds, here: slice, known: ByEvent) -> Seconds:
    if known.blackouts is None:
        return ends - known.durations[here]
    return known.blackouts.latest_begin(ends, known.durations[here], known.idle[here])


def slack_out(compiled: Compiled[N], at: Seconds, stands: Flags | None) -> Seconds:
    """Return by how many seconds what each edge of `out` leads from may be later before what it leads to is.

    inf where that has happened, or where another member begins the group.
    """
    out = compiled.out
    slack = reached_back(at, out, at)
    slack -= at[out.before]
    if stands is not None:
        slack[stands[out.edges.other]] = np.inf
    return slack
