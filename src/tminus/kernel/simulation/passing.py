"""The forward pass of `schedule/forward.py`, for many draws of the durations at once."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tminus.kernel.schedule.compiled import Kind
from tminus.kernel.simulation.known import Known
from tminus.kernel.simulation.layout import Band, Layout, Rank

Matrix: TypeAlias = NDArray[Any]
"""Rows × draws, in single or double precision."""


def forward(layout: Layout, known: Known, at: Matrix) -> Matrix:
    """Fill `at` with the earliest moments; it comes with the durations in the rows of ends.

    Returns when the work of each row of `layout.ends` was done, in their order: links may hold the end longer.
    """
    own = np.empty((int(layout.ends.sum()), at.shape[1]), at.dtype)
    tallest = max((band.high - band.low for band in layout.bands), default=0)
    found, buffer = np.empty((2, tallest, at.shape[1]), at.dtype)
    done = 0
    for band in layout.bands:
        here = at[band.low : band.high]
        if band.kind is Kind.BEGIN:
            _reach(at, here, band, buffer, np.minimum)
        elif band.kind is Kind.END:
            done = _end(at, here, band, known, own, done, found, buffer)
        else:
            _start(at, here, band, known, buffer)
    return own


def _start(at: Matrix, here: Matrix, band: Band, known: Known, buffer: Matrix) -> None:
    floors = known.floors[band.low : band.high]
    if band.ranks or band.wide:
        _reach(at, here, band, buffer, np.maximum)
        np.maximum(here, floors, out=here)
    else:
        here[:] = floors
    _after_blackouts(here, band.low, known)
    _stand(here, band.low, known)
    if band.kind is Kind.START:
        ends = at[band.twin : band.twin + len(here)]
        _work(here, ends, band.twin, known)
        _stand(ends, band.twin, known)


def _end(
    at: Matrix, here: Matrix, band: Band, known: Known, own: Matrix, done: int, found: Matrix, buffer: Matrix
) -> int:
    assert band.starts is not None  # noqa: S101 - of ends alone
    upto = done + len(here)
    _work(at[band.starts], here, band.low, known)
    own[done:upto] = here
    _reach(at, found[: len(here)], band, buffer, np.maximum)
    np.maximum(here, found[: len(here)], out=here)
    _stand(here, band.low, known)
    return upto


def _reach(at: Matrix, here: Matrix, band: Band, buffer: Matrix, furthest: np.ufunc) -> None:
    """Set `here` to the furthest of what each event follows."""
    for row, one in enumerate(band.wide):
        furthest.reduce(
            at[one.before] if one.lag is None else at[one.before] + _as(one, at), axis=0, out=here[row]
        )
    rest = here[len(band.wide) :]
    for k, one in enumerate(band.ranks):
        size = one.before.size
        into = buffer[:size] if k else rest
        # `clip` only spares a check of the rows, which are right.
        np.take(at, one.before, axis=0, out=into, mode="clip")
        if one.lag is not None:
            into += _as(one, at)
        if k:
            furthest(rest[:size], into, out=rest[:size])


def _as(one: Rank, at: Matrix) -> Matrix:
    assert one.lag is not None  # noqa: S101 - asked where there is one
    return one.lag.astype(at.dtype)


def _work(start: Matrix, ends: Matrix, low: int, known: Known) -> None:
    """Turn the durations in `ends` into when the work is done that goes on from `start`."""
    here = slice(low, low + len(ends))
    if known.resumes[here].any():
        start = np.maximum(start, known.work_from[here])
    if known.blackouts is None:
        ends += start
        return
    struck = known.blackouts.touch(start.min(axis=1), (start + ends).max(axis=1))
    stopped = known.blackouts.finish(start[struck], ends[struck]) if struck.any() else None
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
