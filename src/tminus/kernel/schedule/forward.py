"""The forward pass: when every event happens at the earliest (Kelley & Walker 1959, here on events)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Seconds
from tminus.kernel.schedule.calendar import Blackouts
from tminus.kernel.schedule.compiled import Block, Compiled, Kind
from tminus.kernel.schedule.conditions import Conditions
from tminus.kernel.schedule.network import N
from tminus.kernel.schedule.ranked import Ranked


@dataclass(frozen=True, slots=True)
class ByEvent:
    """The conditions in the order of the events: floors at starts, work at ends, durations at both.

    `stands` = which events have happened; `idle` = which are of nodes without a length, whom no blackout stops.
    """

    floors: Seconds
    durations: Seconds
    stood: Seconds | None
    stands: Flags | None
    work_from: Seconds | None
    blackouts: Blackouts | None
    idle: Flags


def by_event(compiled: Compiled[N], conditions: Conditions) -> ByEvent:
    """Lay the conditions, which are by node, along the events."""
    floors = np.full(compiled.events, -np.inf)
    floors[compiled.start] = conditions.floors
    durations = np.zeros(compiled.events)
    durations[compiled.start] = durations[compiled.end] = conditions.durations
    stood = stands = work_from = None
    if conditions.started is not None and conditions.ended is not None:
        stood = np.full(compiled.events, np.nan)
        stood[compiled.start], stood[compiled.end] = conditions.started, conditions.ended
        stands = ~np.isnan(stood)
    if conditions.work_from is not None:
        work_from = np.full(compiled.events, -np.inf)
        work_from[compiled.end] = conditions.work_from
    return ByEvent(floors, durations, stood, stands, work_from, conditions.blackouts, durations <= 0)


def earliest(compiled: Compiled[N], known: ByEvent) -> Seconds:
    """Return the earliest moment of every event, on the axis of the floors."""
    at = np.zeros(compiled.events)
    for block in compiled.blocks:
        _MOMENTS[block.kind](at, block, known)
        if known.stands is not None and known.stood is not None:
            here = slice(block.low, block.high)
            np.copyto(at[here], known.stood[here], where=known.stands[here])
    return at


def _starts(at: Seconds, block: Block, known: ByEvent) -> None:
    here = slice(block.low, block.high)
    found = known.floors[here]
    if block.into is not None:
        found = np.maximum(_reached(at, block.into, np.maximum), found)
    if known.blackouts is None:
        at[here] = found
    else:
        at[here] = known.blackouts.begin(found)
        np.copyto(at[here], found, where=known.idle[here])


def _begins(at: Seconds, block: Block, known: ByEvent) -> None:
    assert block.into is not None  # noqa: S101 - a begin follows its members
    at[block.low : block.high] = _reached(at, block.into, np.minimum)


def _ends(at: Seconds, block: Block, known: ByEvent) -> None:
    at[block.low : block.high] = finish(at[block.starts], slice(block.low, block.high), known)
    if block.into is not None:
        held = at[block.linked : block.high]
        np.maximum(held, _reached(at, block.into, np.maximum), out=held)


_MOMENTS = {Kind.START: _starts, Kind.BEGIN: _begins, Kind.END: _ends}


def _reached(at: Seconds, into: Ranked, furthest: np.ufunc) -> Seconds:
    moments: Seconds = at[into.other]
    if into.lag is not None:
        moments += into.lag
    return into.furthest(moments, furthest)


def finish(start: Seconds, there: slice, known: ByEvent) -> Seconds:
    """Return when the work of the ends `there` is done that goes on from `start`, which is overwritten."""
    if known.work_from is not None:
        np.maximum(start, known.work_from[there], out=start)
    if known.blackouts is None:
        start += known.durations[there]
        return start
    return known.blackouts.finish(start, known.durations[there], known.idle[there])
