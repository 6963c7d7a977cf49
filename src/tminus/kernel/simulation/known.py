"""The conditions of a network laid along its events, on an axis near nought, where short numbers are exact enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Ints, Seconds
from tminus.kernel.schedule.calendar import Blackouts
from tminus.kernel.schedule.compiled import Compiled, Kind
from tminus.kernel.schedule.conditions import Conditions
from tminus.kernel.schedule.network import N


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """All by event, columns of one. `origin` = the moment that is 0 here; `works` = whose node has a length.

    `stands` = which events have happened, `stood` when; `resumes` = the ends whose work is reckoned from `work_from`
    on; `held` = the ends that links or members hold.
    """

    origin: float
    floors: Seconds
    durations: Seconds
    works: Flags
    stands: Flags
    stood: Seconds
    resumes: Flags
    work_from: Seconds
    held: Ints
    blackouts: Blackouts | None


NEVER = -1e9
"""Seconds from which on backwards a floor says no more than that there is none."""


def known_by_event(compiled: Compiled[N], conditions: Conditions, precision: type) -> Known:
    """Lay the conditions, which are by node, along the events."""
    origin = _origin(conditions)
    stood = np.full(compiled.events, np.nan)
    if conditions.started is not None and conditions.ended is not None:
        stood[compiled.start], stood[compiled.end] = conditions.started, conditions.ended
    work_from = np.full(compiled.events, -np.inf)
    if conditions.work_from is not None:
        work_from[compiled.end] = conditions.work_from
    return Known(
        origin,
        _column(compiled.events, compiled.start, conditions.floors - origin, -np.inf).astype(precision),
        _column(compiled.events, compiled.end, conditions.durations, 0.0).astype(precision),
        conditions.durations[compiled.node_of] > 0,
        ~np.isnan(stood),
        (stood[:, None] - origin).astype(precision),
        np.isfinite(work_from),
        (work_from[:, None] - origin).astype(precision),
        np.flatnonzero((compiled.kind == Kind.END) & (np.diff(compiled.first) > 0)),
        _shifted(conditions.blackouts, origin),
    )


def _origin(conditions: Conditions) -> float:
    """Return a whole second before which nothing begins that has not begun."""
    floors = conditions.floors[conditions.floors > NEVER]
    return float(np.floor(floors.min())) if floors.size else 0.0


def _column(size: int, events: Ints, values: Seconds, otherwise: float) -> Seconds:
    column = np.full((size, 1), otherwise)
    column[events, 0] = values
    return column


def _shifted(blackouts: Blackouts | None, origin: float) -> Blackouts | None:
    if blackouts is None:
        return None
    return Blackouts.of(zip(blackouts.start - origin, blackouts.end - origin, strict=True))
