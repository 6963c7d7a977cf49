"""A network as scheduled: early and late moments, floats, what is critical, and in which wave everything runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic

import numpy as np

from tminus.kernel.network import Span
from tminus.kernel.schedule.arrays import Flags, Ints, Seconds
from tminus.kernel.schedule.backward import latest
from tminus.kernel.schedule.calendar import Blackouts
from tminus.kernel.schedule.chain import chain_to, last_event
from tminus.kernel.schedule.compiled import Compiled
from tminus.kernel.schedule.compiling import compile_network
from tminus.kernel.schedule.conditions import Conditions, planned
from tminus.kernel.schedule.forward import by_event, earliest
from tminus.kernel.schedule.free import free_float
from tminus.kernel.schedule.network import N, Network


@dataclass(frozen=True, slots=True)
class Schedule(Generic[N]):
    """All by node, in seconds on the axis of the conditions; floats are NaN of what is over.

    `total_float` = by how much a node may be later before the whole ends later; of one that has begun, its end.
    `free_float` = before anything that waits for it is later. `finish` = when the last activity ends.
    """

    compiled: Compiled[N]
    conditions: Conditions
    at: Seconds
    start: Seconds
    end: Seconds
    late_start: Seconds
    late_end: Seconds
    total_float: Seconds
    free_float: Seconds
    finish: float

    @property
    def critical(self) -> Flags:
        """What has no float: a second later and the whole ends later."""
        return np.nan_to_num(self.total_float, nan=np.inf) <= 0

    def critical_path(self) -> list[N]:
        """Return the activities that decide the finish, each after what it waits for; one path of several."""
        event = last_event(self.compiled, self.at)
        if event is None:
            return []
        places = chain_to(self.compiled, self.conditions, self.at, event)
        return [self.compiled.nodes[place] for place in places]


def reckon(compiled: Compiled[N], conditions: Conditions) -> Schedule[N]:
    """Schedule a network both ways."""
    known = by_event(compiled, conditions)
    at = earliest(compiled, known)
    start, end = at[compiled.start], at[compiled.end]
    finish = float(end[: compiled.activities].max(initial=-np.inf))
    late = latest(compiled, known, at, finish)
    late_start, late_end = late[compiled.start], late[compiled.end]
    total, free = late_start - start, free_float(compiled, known, at, finish)
    if conditions.started is not None and conditions.ended is not None:
        total = np.where(np.isnan(conditions.started), total, late_end - end)
        over = ~np.isnan(conditions.ended)
        total, free = np.where(over, np.nan, total), np.where(over, np.nan, free)
    return Schedule(compiled, conditions, at, start, end, late_start, late_end, total, free, finish)


def schedule(network: Network[N], start: int = 0, blackouts: Blackouts | None = None) -> dict[N, Span]:
    """Return the earliest start and end of every activity and group, in seconds on the axis of `start`.

    Raises `Cyclic`, its path in nodes.
    """
    compiled = compile_network(network)
    at = earliest(compiled, by_event(compiled, planned(compiled, start, blackouts)))
    starts, ends = (at[events].astype(np.int64).tolist() for events in (compiled.start, compiled.end))
    return {node: Span(*span) for node, *span in zip(compiled.nodes, starts, ends, strict=True)}


def longest_chain(network: Network[N]) -> list[N]:
    """Return the activities that decide when all is over, each after what it waits for: none could be a second later.

    Of several such chains one; none where there is no activity. Raises `Cyclic`.
    """
    compiled = compile_network(network)
    conditions = planned(compiled)
    at = earliest(compiled, by_event(compiled, conditions))
    event = last_event(compiled, at)
    places = [] if event is None else chain_to(compiled, conditions, at, event)
    return [compiled.nodes[place] for place in places]


def waves(compiled: Compiled[N]) -> Ints:
    """Return the wave of every node, from 1: how many activities with a length come before it at least, and one.

    Activities of one wave may run at the same time; a milestone makes no wave of its own.
    """
    blocks = tuple(
        replace(block, into=block.into and replace(block.into, lag=None)) for block in compiled.blocks
    )
    unlagged = replace(compiled, blocks=blocks)
    one_each = (compiled.durations > 0).astype(np.float64)
    at = earliest(unlagged, by_event(unlagged, Conditions(one_each, np.zeros(len(compiled.nodes)))))
    return at[compiled.start].astype(np.int64) + 1
