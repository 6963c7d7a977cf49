"""What each step waited for last, told from the network as it is reckoned."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import numpy as np

from tminus.kernel.schedule import Compiled, Kind
from tminus.kernel.schedule.arrays import Seconds
from tminus.runbook.domain.forecast.origin import Driver


def drivers_of(compiled: Compiled[UUID], at: Seconds, said: Mapping[UUID, float]) -> dict[UUID, Driver]:
    """Return the driver of every step that waited for another one; groups are looked through.

    `said` = moments by node before which it was not to start: one that came last drives, and is no step.
    """
    return {
        compiled.nodes[place]: driver
        for place in range(compiled.activities)
        if (driver := _driver(compiled, at, int(compiled.start[place]), said))
    }


def let_go_of(compiled: Compiled[UUID], at: Seconds) -> dict[UUID, float]:
    """Return when what holds the end of a step, beyond its own work, lets it go; in seconds on the axis of `at`."""
    found: dict[UUID, float] = {}
    ends = compiled.end[: compiled.activities]
    low, high = compiled.first[ends], compiled.first[ends + 1]
    for place in np.flatnonzero(high > low).tolist():
        into = slice(low[place], high[place])
        found[compiled.nodes[place]] = float((at[compiled.before[into]] + compiled.lag[into]).max())
    return found


def _driver(compiled: Compiled[UUID], at: Seconds, event: int, said: Mapping[UUID, float]) -> Driver | None:
    while True:
        before, moment = _before(compiled, at, event)
        if before is None or said.get(compiled.nodes[int(compiled.node_of[event])], moment) > moment:
            return None
        node = int(compiled.node_of[before])
        if node < compiled.activities:
            return Driver(compiled.nodes[node], before == compiled.end[node])
        event = before


def _before(compiled: Compiled[UUID], at: Seconds, event: int) -> tuple[int | None, float]:
    """Return the event that let this one go, and when: the last of those it follows, the first of a group's members."""
    edges = compiled.edges_into(event)
    if edges.start == edges.stop:
        return None, -np.inf
    moments = at[compiled.before[edges]] + compiled.lag[edges]
    which = int(moments.argmin() if compiled.kind[event] == Kind.BEGIN else moments.argmax())
    return int(compiled.before[edges.start + which]), float(moments[which])
