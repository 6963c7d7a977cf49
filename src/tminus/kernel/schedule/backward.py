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

    `at` = the earliest moments. A begin of a group holds that member which begins it: any of several. A group that
    nothing waits for holds nobody: all is over when the last activity is.
    """
    late = np.where(compiled.group_events(), np.inf, end)
    if known.stands is not None:
        late[known.stands] = np.inf
    out = compiled.out
    after, lag = compiled.after[out.edge], _holding(compiled, at)[out.edge]
    for block, runs, edges in zip(reversed(compiled.blocks), *_spans(compiled), strict=True):
        if edges.start < edges.stop:
            _before_what_follows(late, out, after, lag, runs, edges, known)
        _before_own_end(late, block, known, conditions)
        _outside_blackouts(late, block, known, conditions)
    return late


def _spans(compiled: Compiled[N]) -> tuple[list[slice], list[slice]]:
    """Return for each block, the last first, its runs among the outgoing edges, and those edges."""
    out, blocks = compiled.out, compiled.blocks[::-1]
    # A twin stands right behind its starts, and follows nothing but these.
    ends = [one.twin + one.high - one.low if one.kind is Kind.START else one.high for one in blocks]
    runs = out.part[np.array([[one.low for one in blocks], ends], np.int64)]
    return [slice(*one) for one in runs.T.tolist()], [slice(*one) for one in out.first[runs].T.tolist()]


def _holding(compiled: Compiled[N], at: Seconds) -> Seconds:
    """Return the lag of each edge; -inf where it leads to the begin of a group that another member begins."""
    into = np.flatnonzero(compiled.begins)
    later = into[at[compiled.before[into]] > at[compiled.after[into]]]
    lag = compiled.lag.copy()
    lag[later] = -np.inf
    return lag


def _before_what_follows(
    late: Seconds, out: Outgoing, after: Ints, lag: Seconds, runs: slice, edges: slice, known: ByEvent
) -> None:
    moments = late[after[edges]]
    moments -= lag[edges]
    found = np.minimum.reduceat(moments, out.first[runs] - edges.start)
    events = out.events[runs]
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


def _outside_blackouts(late: Seconds, block: Block, known: ByEvent, conditions: Conditions) -> None:
    """Work that may start inside a blackout at the latest has to be asked for before it: else it starts after."""
    if conditions.blackouts is None or block.kind not in (Kind.START, Kind.LONE_START):
        return
    here = slice(block.low, block.high)
    works = known.durations[here] > 0
    late[here] = np.where(works, conditions.blackouts.latest_asked(late[here]), late[here])


def slack_of_edges(compiled: Compiled[N], at: Seconds, stands: Flags | None) -> Seconds:
    """Return by how many seconds what each edge leads from may be later before what it leads to is.

    inf where that has happened, or where another member begins the group.
    """
    slack = at[compiled.after] - at[compiled.before] - _holding(compiled, at)
    if stands is not None:
        slack[stands[compiled.after]] = np.inf
    return slack
