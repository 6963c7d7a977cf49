"""A network made ready to be scheduled again and again: its events in an order in which each follows earlier ones.

Events of one generation and kind form a block, and stand side by side, so that a block is one step of arithmetic
on arrays. The end of an activity that only its own duration decides stands in a twin of its start's block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic

import numpy as np

from tminus.kernel.network import Cyclic
from tminus.kernel.schedule.arrays import Flags, Ints, Seconds, runs
from tminus.kernel.schedule.circles import circles_of
from tminus.kernel.schedule.edges import Edges, edges_of
from tminus.kernel.schedule.levels import UNREACHED, levels
from tminus.kernel.schedule.network import N, Network


class Kind(IntEnum):
    """What the events of a block are."""

    START = 0
    """Starts whose ends stand in the twin."""
    LONE_START = 1
    """Starts of what may end later than its duration says: links hold its end, or it is a group."""
    END = 2
    """The ends of those."""
    BEGIN = 3
    """Begins of groups: the first of their members' starts."""


@dataclass(frozen=True, slots=True)
class Block:
    """The events `low`…`high`; `twin` = where the twin begins; `starts` = of ends, the events of their starts.

    `before` = for one event after the other, what it follows, with `lag` seconds between (None: none at all), and
    `first` = where each event's begin there (None: each has one). No `before` at all: they follow nothing.
    """

    kind: Kind
    low: int
    high: int
    twin: int = 0
    starts: Ints | None = None
    before: Ints | None = None
    lag: Seconds | None = None
    first: Ints | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """All edges in the order of `before`: its runs begin at `first`, and `events` is whose each run is.

    `edge` = the place of each in the order of the compiled network; `part` = of each event, its run's number at or
    after it, so that the events `low`…`high` have the runs `part[low]`…`part[high]`.
    """

    edge: Ints
    first: Ints
    events: Ints
    part: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Compiled(Generic[N]):
    """`start`, `end` = the events of each node, `begin` = of each group whose begin something waits for,
    else its start.

    `before`, `after`, `lag` = all edges, in the order of `after`; a node's end after its own start is not among them.
    `out` = the same by what they lead from; `begins` = which of them lead to the begin of a group: there the first
    decides, not the last. `durations` and `floors` = as the network says, by node.
    """

    nodes: tuple[N, ...]
    activities: int
    events: int
    start: Ints
    end: Ints
    begin: Ints
    node_of: Ints
    blocks: tuple[Block, ...]
    before: Ints
    after: Ints
    lag: Seconds
    out: Outgoing
    begins: Flags
    durations: Seconds
    floors: Seconds

    def group_events(self) -> Flags:
        """Return which events are of groups."""
        return self.node_of >= self.activities


def compile_network(network: Network[N]) -> Compiled[N]:
    """Return the network in the order of its events. Raises `Cyclic`, its path in nodes."""
    edges = edges_of(network)
    level, kind = _generations(edges)
    order = _order(level, kind)
    place = np.empty(len(level), np.int64)
    place[order] = np.arange(len(order))
    before, after = place[edges.before], place[edges.after]
    sort = np.argsort(after, kind="stable")
    before, after, lag = before[sort], after[sort], edges.lag[sort]
    count, events = len(edges.nodes), int((kind != _NONE).sum())
    begin = np.where(kind[2 * count :] == Kind.BEGIN, place[2 * count :], place[:count])
    return Compiled(
        edges.nodes,
        edges.activities,
        events,
        place[:count],
        place[count : 2 * count],
        begin,
        (order % max(count, 1))[:events],
        tuple(_blocks(level[order], kind[order], place, count, order, before, after, lag)),
        before,
        after,
        lag,
        _outgoing(before, events),
        kind[order][after] == Kind.BEGIN,
        np.array([*network.durations.values(), *[0] * (count - edges.activities)], np.float64),
        np.array([network.floors.get(node, -np.inf) for node in edges.nodes], np.float64),
    )


def _outgoing(before: Ints, events: int) -> Outgoing:
    edge = np.argsort(before, kind="stable")
    first = runs(before[edge])
    whose = before[edge][first]
    return Outgoing(edge, np.append(first, before.size), whose, np.searchsorted(whose, np.arange(events + 1)))


_TWIN, _NONE = 4, 5
"""Ends beside their starts, and begins that there are not: kinds without a block of their own."""


def _generations(edges: Edges[N]) -> tuple[Ints, Ints]:
    """Return the generation and the kind of every event; a twin has its start's generation."""
    count = len(edges.nodes)
    followed = np.bincount(edges.after, minlength=3 * count) > 0
    lone = np.flatnonzero(followed[count : 2 * count])
    stands_for = np.arange(3 * count)
    stands_for[count : 2 * count] = np.where(
        followed[count : 2 * count], stands_for[count : 2 * count], np.arange(count)
    )
    before = np.concatenate((stands_for[edges.before], lone))
    after = np.concatenate((edges.after, count + lone))
    level = levels(3 * count, before, after)
    if (level == UNREACHED).any():
        raise Cyclic(circles_of(edges)[0])
    kind = np.full(3 * count, Kind.START, np.int64)
    kind[lone] = Kind.LONE_START
    kind[count : 2 * count] = np.where(followed[count : 2 * count], Kind.END, _TWIN)
    kind[2 * count :] = np.where(followed[2 * count :], Kind.BEGIN, _NONE)
    return level[stands_for], kind


def _order(level: Ints, kind: Ints) -> Ints:
    """Return the events by generation and kind, twins right after their starts, what there is not last."""
    within = np.array([0, 2, 3, 4, 1, 5])[kind]
    generation = np.where(kind == _NONE, level.max(initial=0) + 1, level)
    return np.lexsort((within, generation))


def _blocks(
    level: Ints, kind: Ints, place: Ints, count: int, order: Ints, before: Ints, after: Ints, lag: Seconds
) -> Iterator[Block]:
    """`level` and `kind` in the order of the events; edges in the order of `after`."""
    firsts = runs(level * (_NONE + 1) + kind)
    edge_of = np.searchsorted(after, np.append(firsts, len(level)))
    bounds = [*firsts.tolist(), len(level)]
    for number, low in enumerate(bounds[:-1]):
        what, high = int(kind[low]), bounds[number + 1]
        if what in (_TWIN, _NONE):
            continue
        twin = high if what == Kind.START else 0
        starts = place[order[low:high] - count] if what == Kind.END else None
        part = slice(edge_of[number], edge_of[number + 1])
        yield Block(Kind(what), low, high, twin, starts, *_into(before[part], after[part], lag[part]))


def _into(before: Ints, after: Ints, lag: Seconds) -> tuple[Ints | None, Seconds | None, Ints | None]:
    if not before.size:
        return None, None, None
    first = runs(after)
    return before, lag if lag.any() else None, first if first.size < before.size else None
