"""The events of a network as numbers, and which of them follows which.

With n nodes (activities, then groups): event `i` = node i starts, `n + i` = it ends, `2n + i` = its first member
starts (of groups alone, and where anything waits for it). A node's end after its own start is not among the edges:
its duration may change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic

import numpy as np

from tminus.kernel.network import Link
from tminus.kernel.schedule.arrays import Flags, Ints, Seconds
from tminus.kernel.schedule.network import N, Network

_FROM_BEGIN = frozenset({"SS", "SF"})
_TO_START = frozenset({"FS", "SS"})


@dataclass(frozen=True, slots=True)
class Edges(Generic[N]):
    """`nodes` = activities, then groups; of each edge, the event before, the event after and the seconds between."""

    nodes: tuple[N, ...]
    activities: int
    before: Ints
    after: Ints
    lag: Seconds

    def node_of(self, event: int) -> N:
        """Return the node whose event it is."""
        return self.nodes[event % len(self.nodes)]


def edges_of(network: Network[N]) -> Edges[N]:
    """Return the events that follow each other."""
    nodes = (*network.durations, *network.groups)
    index = {node: place for place, node in enumerate(nodes)}
    pairs = [(index[node], index[group]) for node, group in network.inside.items()]
    inside = np.array(pairs, np.int64).reshape(-1, 2)
    linked = _linked(network.links, index)
    begins = _begins(linked, inside, len(nodes))
    points = np.zeros(len(nodes), bool)
    points[: len(network.durations)] = [not seconds for seconds in network.durations.values()]
    parts = [_containment(inside, begins, len(nodes)), _links(linked, begins, points)]
    before, after, lag = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Edges(nodes, len(network.durations), before, after, lag)


def _linked(links: Iterable[Link[N]], index: dict[N, int]) -> Ints:
    """Return each link as a row: predecessor, successor, from its begin, to its start, lag."""
    rows = [
        (
            index[one.predecessor],
            index[one.successor],
            one.kind in _FROM_BEGIN,
            one.kind in _TO_START,
            one.lag,
        )
        for one in links
    ]
    return np.array(rows, np.int64).reshape(-1, 5)


def _begins(linked: Ints, inside: Ints, count: int) -> Flags:
    """Return which groups have a begin of their own: those whose begin something waits for, and groups in these."""
    asked = np.zeros(count, bool)
    asked[linked[linked[:, 2] == 1, 0]] = True
    member, group = inside.T
    while (asked[group] & ~asked[member]).any():
        asked[member[asked[group]]] = True
    has_members = np.zeros(count, bool)
    has_members[group] = True
    return asked & has_members


def _links(linked: Ints, begins: Flags, points: Flags) -> tuple[Ints, Ints, Seconds]:
    count = len(begins)
    predecessor, successor, from_begin, to_start, lag = linked.T
    begin = np.where(begins[predecessor], 2 * count + predecessor, predecessor)
    before = np.where(from_begin, begin, count + predecessor)
    # What has no length starts when it ends, so that every link holds its start.
    after = np.where(to_start.astype(bool) | points[successor], successor, count + successor)
    return before, after, lag.astype(np.float64)


def _containment(inside: Ints, begins: Flags, count: int) -> tuple[Ints, Ints, Seconds]:
    """Members start after their group may, it ends after the last of them, and begins with the first."""
    member, group = inside.T
    beginning, begun = inside[begins[group]].T
    first = np.where(begins[beginning], 2 * count + beginning, beginning)
    before = np.concatenate((group, count + member, first))
    after = np.concatenate((member, count + group, 2 * count + begun))
    return before, after, np.zeros(len(before))
