"""The forward pass: when every event happens at the earliest (Kelley & Walker 1959, here on events)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tminus.kernel.schedule.arrays import Flags, Seconds
from tminus.kernel.schedule.compiled import Block, Compiled, Kind
from tminus.kernel.schedule.conditions import Conditions
from tminus.kernel.schedule.network import N


@dataclass(frozen=True, slots=True)
class ByEvent:
    """The conditions in the order of the events: floors at starts, work at ends, durations at both.

    `stands` = which events have happened.
    """

    floors: Seconds
    durations: Seconds
    stood: Seconds | None
    stands: Flags | None
    work_from: Seconds | None


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
    return ByEvent(floors, durations, stood, stands, work_from)


def earliest(compiled: Compiled[N], conditions: Conditions) -> Seconds:
    """Return the earliest moment of every event, on the axis of the floors."""
    known = by_event(compiled, conditions)
    at = np.zeros(compiled.events)
    for block in compiled.blocks:
        _START[block.kind](at, block, known, conditions)
    return at


def _starts(at: Seconds, block: Block, known: ByEvent, conditions: Conditions) -> None:
    here = slice(block.low, block.high)
    found = known.floors[here]
    if block.before is not None:
        found = np.maximum(_last(at, block), found)
    if conditions.blackouts is not None:
        works = known.durations[here] > 0
        found = np.where(works, conditions.blackouts.begin(found), found)
    at[here] = found
    _stand(at, here, known)


def _twins(at: Seconds, block: Block, known: ByEvent, conditions: Conditions) -> None:
    _starts(at, block, known, conditions)
    there = _ends_of(block)
    at[there] = finish(at[block.low : block.high], there, known, conditions)
    _stand(at, there, known)


def _ends(at: Seconds, block: Block, known: ByEvent, conditions: Conditions) -> None:
    here = slice(block.low, block.high)
    assert block.starts is not None  # noqa: S101 - of ends alone
    at[here] = np.maximum(_last(at, block), finish(at[block.starts], here, known, conditions))
    _stand(at, here, known)


def _begins(at: Seconds, block: Block, known: ByEvent, conditions: Conditions) -> None:
    assert block.before is not None  # noqa: S101 - a begin follows its members
    first = np.arange(block.before.size) if block.first is None else block.first
    at[block.low : block.high] = np.minimum.reduceat(at[block.before], first)


_START = {Kind.START: _twins, Kind.LONE_START: _starts, Kind.END: _ends, Kind.BEGIN: _begins}


def _ends_of(block: Block) -> slice:
    return slice(block.twin, block.twin + block.high - block.low)


def _last(at: Seconds, block: Block) -> Seconds:
    moments = at[block.before]
    if block.lag is not None:
        moments += block.lag
    return moments if block.first is None else np.maximum.reduceat(moments, block.first)


def finish(start: Seconds, there: slice, known: ByEvent, conditions: Conditions) -> Seconds:
    """Return when the work of the events `there` is done that go on from `start`."""
    if known.work_from is not None:
        start = np.maximum(start, known.work_from[there])
    if conditions.blackouts is not None:
        return conditions.blackouts.finish(start, known.durations[there])
    return start + known.durations[there]


def _stand(at: Seconds, here: slice, known: ByEvent) -> None:
    if known.stands is not None and known.stood is not None:
        np.copyto(at[here], known.stood[here], where=known.stands[here])
