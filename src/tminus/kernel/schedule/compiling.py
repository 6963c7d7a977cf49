"""From the edges of a network to its blocks: generations first, then everything in their order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from tminus.kernel.network import Cyclic
from tminus.kernel.schedule.arrays import Flags, Ints, Seconds, runs
from tminus.kernel.schedule.circles import circles_of
from tminus.kernel.schedule.compiled import Block, Compiled, Groups, Kind, Leaving
from tminus.kernel.schedule.edges import Edges, edges_of
from tminus.kernel.schedule.levels import UNREACHED, levels
from tminus.kernel.schedule.network import N, Network
from tminus.kernel.schedule.ranked import Ranked, ranked, ranking


def compile_network(network: Network[N]) -> Compiled[N]:
    """Return the network in the order of its events. Raises `Cyclic`, its path in nodes."""
    edges = edges_of(network)
    count = len(edges.nodes)
    kind = np.repeat(np.array([Kind.START, Kind.END, Kind.BEGIN], np.int64), count)
    level, follows = _generations(edges, kind), np.bincount(edges.after, minlength=3 * count)
    order = np.lexsort((-follows, follows > 0, kind, level))
    # There is no begin where nothing waits for it.
    order = order[(kind[order] != Kind.BEGIN) | (follows[order] > 0)]
    place = np.zeros(3 * count, np.int64)
    place[order] = np.arange(order.size)
    before, after = place[edges.before], place[edges.after]
    sort = np.argsort(after, kind="stable")
    before, after, lag = before[sort], after[sort], edges.lag[sort]
    kind, start, end, node_of = kind[order], place[:count], place[count : 2 * count], order % max(count, 1)
    out = _out(before, after, lag, kind)
    return Compiled(
        edges.nodes,
        edges.activities,
        order.size,
        start,
        end,
        np.where(follows[2 * count :] > 0, place[2 * count :], start),
        node_of,
        kind,
        tuple(_blocks(level[order], kind, start[node_of], before, after, lag)),
        before,
        after,
        lag,
        np.searchsorted(after, np.arange(order.size + 1)),
        out,
        _groups(out, node_of >= edges.activities, start, end, node_of),
        np.array([*network.durations.values(), *[0] * (count - edges.activities)], np.float64),
        np.array([network.floors.get(node, -np.inf) for node in edges.nodes], np.float64),
    )


def _generations(edges: Edges[N], kind: Ints) -> Ints:
    own = np.arange(len(edges.nodes))
    before, after = np.concatenate((edges.before, own)), np.concatenate((edges.after, own.size + own))
    level = levels(kind, len(Kind), before, after)
    if (level == UNREACHED).any():
        raise Cyclic(circles_of(edges)[0])
    return level


def _blocks(
    level: Ints, kind: Ints, starts: Ints, before: Ints, after: Ints, lag: Seconds
) -> Iterator[Block]:
    """`level`, `kind` and the event of its start by event, in their order; edges in the order of `after`."""
    bounds = np.append(runs(level * len(Kind) + kind), level.size)
    block = np.repeat(np.arange(bounds.size - 1), np.diff(bounds))
    into = _into(before, after, lag, block)
    out = dict(_leaving(before, after, lag, kind, block))
    lows: list[int] = bounds.tolist()
    kinds: list[int] = kind[bounds[:-1]].tolist()
    for number, (low, high) in enumerate(pairwise(lows)):
        what, edges = Kind(kinds[number]), into.get(number)
        linked = high - edges.events.size if edges else high
        own = starts[low:high] if what is Kind.END else starts[:0]
        yield Block(what, low, high, linked, edges, out.get(number), own)


def _into(before: Ints, after: Ints, lag: Seconds, block: Ints) -> dict[int, Ranked]:
    """Return the edges that lead to each block, by its number."""
    places = ranking(after, block)
    return {number: edges for number, _, edges in ranked(places, before[places.order], lag[places.order])}


def _leaving(
    before: Ints, after: Ints, lag: Seconds, kind: Ints, block: Ints
) -> Iterator[tuple[int, Leaving]]:
    """Yield the number of each block that anything follows, and what does."""
    sort = np.argsort(before, kind="stable")
    places = ranking(before[sort], block)
    edge = sort[places.order]
    other, begins = after[edge], kind[after[edge]] == Kind.BEGIN
    for number, span, edges in ranked(places, other, lag[edge]):
        yield number, Leaving(edges, places.event[span], np.flatnonzero(begins[span]))


def _out(before: Ints, after: Ints, lag: Seconds, kind: Ints) -> Leaving:
    """Return what leaves any event, as if all were one block."""
    nothing = np.zeros(0, np.int64)
    for _, out in _leaving(before, after, lag, kind, np.zeros_like(kind)):
        return out
    return Leaving(Ranked(nothing, nothing, None, nothing, 0, ()), nothing, nothing)


def _groups(out: Leaving, grouped: Flags, start: Ints, end: Ints, node_of: Ints) -> Groups:
    into = np.flatnonzero(grouped[out.edges.other])
    between = into[grouped[out.before[into]]]
    by_event: dict[int, list[int]] = {}
    for edge, event in zip(between.tolist(), out.before[between].tolist(), strict=True):
        by_event.setdefault(event, []).append(edge)
    for event in tuple(by_event):
        if event == end[node_of[event]]:
            by_event.setdefault(int(start[node_of[event]]), [])
    chained = tuple((event, np.array(by_event[event], np.int64)) for event in sorted(by_event, reverse=True))
    return Groups(grouped, into, chained)
