"""The conditions of a network laid along its rows, on an axis near nought, where short numbers are exact enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Ints, Seconds
from tminus.kernel.schedule.calendar import Blackouts
from tminus.kernel.schedule.conditions import Conditions
from tminus.kernel.simulation.layout import Layout


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """All by row, columns of one. `origin` = the moment that is 0 here; `works` = whose node has a length.

    `stands` = which rows have happened, `stood` when; `resumes` = the rows of ends whose work is reckoned from
    `work_from` on.
    """

    origin: float
    floors: Seconds
    durations: Seconds
    works: Flags
    stands: Flags
    stood: Seconds
    resumes: Flags
    work_from: Seconds
    blackouts: Blackouts | None


NEVER = -1e9
"""Seconds from which on backwards a floor says no more than that there is none."""


def known_by_row(layout: Layout, conditions: Conditions, precision: type) -> Known:
    """Lay the conditions, which are by node, along the rows."""
    origin = _origin(conditions)
    stood = np.full(layout.rows, np.nan)
    if conditions.started is not None and conditions.ended is not None:
        stood[layout.start], stood[layout.end] = conditions.started, conditions.ended
    work_from = np.full(layout.rows, -np.inf)
    if conditions.work_from is not None:
        work_from[layout.end] = conditions.work_from
    return Known(
        origin,
        _column(layout, layout.start, conditions.floors - origin, -np.inf).astype(precision),
        _column(layout, layout.end, conditions.durations, 0.0).astype(precision),
        conditions.durations[layout.node_of] > 0,
        ~np.isnan(stood),
        (stood[:, None] - origin).astype(precision),
        np.isfinite(work_from),
        (work_from[:, None] - origin).astype(precision),
        _shifted(conditions.blackouts, origin),
    )


def _origin(conditions: Conditions) -> float:
    """Return a whole second before which nothing begins that has not begun."""
    floors = conditions.floors[conditions.floors > NEVER]
    return float(np.floor(floors.min())) if floors.size else 0.0


def _column(layout: Layout, rows: Ints, values: Seconds, otherwise: float) -> Seconds:
    column = np.full((layout.rows, 1), otherwise)
    column[rows, 0] = values
    return column


def _shifted(blackouts: Blackouts | None, origin: float) -> Blackouts | None:
    if blackouts is None:
        return None
    return Blackouts.of(zip(blackouts.start - origin, blackouts.end - origin, strict=True))
