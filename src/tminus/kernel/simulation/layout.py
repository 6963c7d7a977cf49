"""A network laid out for many draws at once: the events of a block stand in the order of how many they follow.

Then the k-th predecessors of a block are those of its first so many events: one gather and one maximum on
neighbouring rows, where `reduceat` along the first axis of a matrix is several times slower.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Ints, Seconds
from tminus.kernel.schedule.compiled import Block, Compiled, Kind
from tminus.kernel.schedule.network import N

WIDE = 24
"""An event that follows more than these is reckoned by itself, so that one end of a long chapter makes no ranks."""


@dataclass(frozen=True, slots=True)
class Rank:
    """The k-th predecessors of the first rows of a band: the rows `before`, and the lags as a column."""

    before: Ints
    lag: Seconds | None


@dataclass(frozen=True, slots=True)
class Band:
    """A block, its events in rows `low`…`high`: the first `len(wide)` one by one, the others by rank.

    `starts` = of ends, the rows of their starts; `twin` = the row at which the ends of starts begin.
    """

    kind: Kind
    low: int
    high: int
    twin: int
    starts: Ints | None
    wide: tuple[Rank, ...]
    ranks: tuple[Rank, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """`start`, `end` = the rows of each node; `node_of` = the node of each row; `bands` in the order of reckoning.

    `first`, `before`, `lag` = what each row follows, row by row; `twins` = which rows are ends that nothing but
    their own start decides; `ends`, `begins` = which are other ends, and begins of groups.
    """

    activities: int
    rows: int
    start: Ints
    end: Ints
    node_of: Ints
    bands: tuple[Band, ...]
    first: Ints
    before: Ints
    lag: Seconds
    twins: Flags
    ends: Flags
    begins: Flags


def laid_out(compiled: Compiled[N]) -> Layout:
    """Return the layout of a compiled network; it depends on the links alone."""
    row = _rows(compiled)
    after = row[compiled.after]
    sort = np.argsort(after, kind="stable")
    event_of = np.empty_like(row)
    event_of[row] = np.arange(row.size)
    twins, ends, begins = (_rows_of(compiled, row, kind) for kind in (None, Kind.END, Kind.BEGIN))
    return Layout(
        compiled.activities,
        compiled.events,
        row[compiled.start],
        row[compiled.end],
        compiled.node_of[event_of],
        tuple(_bands(compiled, row)),
        np.searchsorted(after[sort], np.arange(row.size + 1)),
        row[compiled.before[sort]],
        compiled.lag[sort],
        twins,
        ends,
        begins,
    )


def _counts(block: Block) -> tuple[Ints, Ints]:
    """Return where each event's predecessors begin in `block.before`, and how many there are."""
    assert block.before is not None  # noqa: S101 - asked only of blocks that follow something
    size = block.before.size
    first = np.arange(size) if block.first is None else block.first
    return first, np.diff(np.append(first, size))


def _rows(compiled: Compiled[N]) -> Ints:
    """Return the row of each event."""
    row = np.arange(compiled.events)
    for block in compiled.blocks:
        if block.before is not None:
            order = np.argsort(-_counts(block)[1], kind="stable")
            row[block.low + order] = np.arange(block.low, block.high)
            if block.kind is Kind.START:
                row[block.twin + order] = np.arange(block.twin, block.twin + order.size)
    return row


def _rows_of(compiled: Compiled[N], row: Ints, kind: Kind | None) -> Flags:
    """Return which rows are of a kind of block; None: twins."""
    found = np.zeros(compiled.events, bool)
    for block in compiled.blocks:
        low = block.twin if kind is None else block.low
        if block.kind is (Kind.START if kind is None else kind):
            found[row[low : low + block.high - block.low]] = True
    return found


def _bands(compiled: Compiled[N], row: Ints) -> Iterator[Band]:
    for block in compiled.blocks:
        starts = block.starts
        if block.before is None:
            yield Band(block.kind, block.low, block.high, block.twin, starts, (), ())
            continue
        first, count = _counts(block)
        order = np.argsort(-count, kind="stable")
        if starts is not None:
            starts = row[starts[order]]
        wide, ranks = _ranks(block, row, first[order], count[order])
        yield Band(block.kind, block.low, block.high, block.twin, starts, wide, ranks)


def _ranks(block: Block, row: Ints, first: Ints, count: Ints) -> tuple[tuple[Rank, ...], tuple[Rank, ...]]:
    many = int((count > WIDE).sum())
    wide = [_rank(block, row, np.arange(first[n], first[n] + count[n])) for n in range(many)]
    first, count = first[many:], count[many:]
    deepest = int(count.max(initial=0))
    ranks = [_rank(block, row, first[: int((count > k).sum())] + k) for k in range(deepest)]
    return tuple(wide), tuple(ranks)


def _rank(block: Block, row: Ints, edges: Ints) -> Rank:
    assert block.before is not None  # noqa: S101 - asked only of blocks that follow something
    lag = None if block.lag is None else block.lag[edges]
    return Rank(row[block.before[edges]], lag[:, None] if lag is not None and lag.any() else None)
