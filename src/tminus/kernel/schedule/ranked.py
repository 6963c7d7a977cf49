"""The edges of several events so laid out that the furthest of each event's is a few steps of arithmetic on arrays.

Events stand in the order of how many edges they have. Then the k-th edges are those of the first so many events: one
maximum of neighbours, where `ufunc.reduceat` takes a step for each event, and is several times slower on matrices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Ints, Seconds, runs

WIDE = 16
"""An event with more edges than these is reckoned by itself, so that one end of a long chapter makes no ranks."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Edges of `events`: to `other`, with `lag` seconds between (None: none at all).

    First those of the wide events, one event after the other, each beginning at `wide`; from `narrow` on the first of
    each other event, then the second of those that have two, and so on, as in `ranks`.
    """

    events: Ints
    other: Ints
    lag: Seconds | None
    wide: Ints
    narrow: int
    ranks: tuple[slice, ...]

    def furthest(self, moments: Seconds, of: np.ufunc) -> Seconds:
        """Return the greatest or least of each event's, `moments` being edge by edge; they are overwritten."""
        found = moments[self.ranks[0]] if self.ranks else moments[:0]
        for rank in self.ranks[1:]:
            first = found[: rank.stop - rank.start]
            of(first, moments[rank], out=first)
        if self.wide.size:
            found = np.concatenate((of.reduceat(moments[: self.narrow], self.wide), found))
        return found


@dataclass(frozen=True, slots=True)
class Ranking:
    """Edges in the order of blocks, and in each of ranks: `order` = where each stood before.

    `event` = whose each is; `block`, `rank` = of each, the rank of wide events being 0, of the others' first edges 1.
    """

    order: Ints
    event: Ints
    block: Ints
    rank: Ints


def ranking(event: Ints, block: Ints) -> Ranking:
    """Return the edges of events in ranks. `event` = whose each edge is, in order; `block` = of each event."""
    first = runs(event)
    count = np.diff(np.append(first, event.size))
    mine = np.repeat(np.arange(first.size), count)
    nth = np.arange(event.size) - first[mine]
    rank = np.where(count[mine] > WIDE, 0, nth + 1)
    most_first = np.empty(first.size, np.int64)
    most_first[np.argsort(-count, kind="stable")] = np.arange(first.size)
    order = np.argsort((block[event] * (WIDE + 1) + rank) * first.size + most_first[mine], kind="stable")
    event = event[order]
    return Ranking(order, event, block[event], rank[order])


def ranked(ranking: Ranking, other: Ints, lag: Seconds) -> Iterator[tuple[int, slice, Ranked]]:
    """Yield the number of each block that has edges, where they are, and they. `other` and `lag` as in `ranking`."""
    firsts = runs(ranking.block * (WIDE + 1) + ranking.rank)
    bounds = np.append(firsts, ranking.block.size)
    blocks = runs(ranking.block[firsts])
    alone = _first_of_each(ranking)
    numbers: list[int] = ranking.block[firsts][blocks].tolist()
    spans: list[int] = np.append(blocks, firsts.size).tolist()
    for number, low, high in zip(numbers, spans, spans[1:], strict=False):
        edges = slice(int(bounds[low]), int(bounds[high]))
        inside = (bounds[low : high + 1] - edges.start).tolist()
        begins_wide = not ranking.rank[edges.start]
        narrow = inside[1] if begins_wide else 0
        wide = np.flatnonzero(alone[edges.start : edges.start + narrow])
        ranks = tuple(map(slice, inside[begins_wide:], inside[begins_wide + 1 :]))
        within = lag[edges] if lag[edges].any() else None
        heads = np.append(wide, np.arange(narrow, ranks[0].stop if ranks else narrow))
        yield number, edges, Ranked(ranking.event[edges][heads], other[edges], within, wide, narrow, ranks)


def _first_of_each(ranking: Ranking) -> Flags:
    """Return which edges are the first of an event, among those that stand one event after the other."""
    first = np.zeros(ranking.event.size, bool)
    first[runs(ranking.event)] = True
    return first
