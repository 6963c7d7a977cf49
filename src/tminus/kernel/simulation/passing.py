"""The forward pass of `schedule/forward.py`, for many draws of the durations at once."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tminus.kernel.schedule.compiled import Block, Compiled, Kind
from tminus.kernel.schedule.network import N
from tminus.kernel.schedule.ranked import Ranked
from tminus.kernel.simulation.known import Known

Matrix: TypeAlias = NDArray[Any]
"""Events × draws, in single or double precision."""


def forward(compiled: Compiled[N], known: Known, at: Matrix) -> Matrix:
    """Fill `at` with the earliest moments; it comes with the durations in the rows of ends.

    Returns when the work of each event of `known.held` was done: links may hold the end longer.
    """
    own = np.empty((known.held.size, at.shape[1]), at.dtype)
    tallest = max((block.high - block.low for block in compiled.blocks), default=0)
    found, buffer = np.empty((2, tallest, at.shape[1]), at.dtype)
    done = 0
    for block in compiled.blocks:
        here = at[block.low : block.high]
        if block.kind is Kind.START:
            _start(at, here, block, known, buffer)
        elif block.kind is Kind.BEGIN:
            _reach(at, here, _edges(block), buffer, np.minimum)
        else:
            done = _end(at, here, block, known, own, done, found, buffer)
    return own


def _start(at: Matrix, here: Matrix, block: Block, known: Known, buffer: Matrix) -> None:
    floors = known.floors[block.low : block.high]
    if block.into is not None:
        _reach(at, here, block.into, buffer, np.maximum)
        np.maximum(here, floors, out=here)
    else:
        here[:] = floors
    _after_blackouts(here, block.low, known)
    _stand(here, block.low, known)


def _end(
    at: Matrix,
    here: Matrix,
    block: Block,
    known: Known,
    own: Matrix,
    done: int,
    found: Matrix,
    buffer: Matrix,
) -> int:
    started = found[: len(here)]
    # `clip` only spares a check of the rows, which are right.
    np.take(at, block.starts, axis=0, out=started, mode="clip")
    _work(started, here, block.low, known)
    if block.into is not None:
        held, upto = at[block.linked : block.high], done + block.high - block.linked
        own[done:upto] = held
        _reach(at, found[: len(held)], block.into, buffer, np.maximum)
        np.maximum(held, found[: len(held)], out=held)
        done = upto
    _stand(here, block.low, known)
    return done


def _edges(block: Block) -> Ranked:
    assert block.into is not None  # noqa: S101 - a begin follows its members
    return block.into


def _reach(at: Matrix, here: Matrix, into: Ranked, buffer: Matrix, furthest: np.ufunc) -> None:
    """Set `here` to the furthest of what each event follows."""
    bounds = [*into.wide.tolist(), into.narrow]
    for row, edges in enumerate(map(slice, bounds, bounds[1:])):
        moments = at[into.other[edges]]
        if into.lag is not None:
            moments += into.lag[edges, None].astype(at.dtype)
        furthest.reduce(moments, axis=0, out=here[row])
    rest = here[into.wide.size :]
    for k, rank in enumerate(into.ranks):
        size = rank.stop - rank.start
        moments = buffer[:size] if k else rest
        np.take(at, into.other[rank], axis=0, out=moments, mode="clip")
        if into.lag is not None:
            moments += into.lag[rank, None].astype(at.dtype)
        if k:
            furthest(rest[:size], moments, out=rest[:size])


def _work(start: Matrix, ends: Matrix, low: int, known: Known) -> None:
    """Turn the durations in `ends` into when the work is done that goes on from `start`."""
    here = slice(low, low + len(ends))
    if known.resumes[here].any():
        np.maximum(start, known.work_from[here], out=start)
    if known.blackouts is None:
        ends += start
        return
    struck = known.blackouts.touch(start.min(axis=1), (start + ends).max(axis=1))
    seconds = ends[struck]
    stopped = known.blackouts.finish(start[struck], seconds, seconds <= 0) if struck.any() else None
    ends += start
    if stopped is not None:
        ends[struck] = stopped


def _after_blackouts(here: Matrix, low: int, known: Known) -> None:
    if known.blackouts is None:
        return
    struck = known.works[low : low + len(here)] & known.blackouts.touch(here.min(axis=1), here.max(axis=1))
    if struck.any():
        here[struck] = known.blackouts.begin(here[struck])


def _stand(here: Matrix, low: int, known: Known) -> None:
    rows = np.flatnonzero(known.stands[low : low + len(here)])
    if rows.size:
        here[rows] = known.stood[low + rows]
