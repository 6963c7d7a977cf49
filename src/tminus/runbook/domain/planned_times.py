"""Planned times of a whole iteration: the forward pass over its network, laid on the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tminus.kernel.network import Link, forward_pass, topological_order


def planned_times(
    steps: Sequence[tuple[UUID, int]], links: Sequence[tuple[UUID, UUID, str, int]], start: datetime
) -> dict[UUID, tuple[datetime, datetime]]:
    """Return planned (start, end) of each step.

    `steps` are (key, duration in seconds) of those that will run, `links` (predecessor, successor, kind, lag
    in seconds); links from or to others (dormant ones) are left aside. Raises `kernel.network.Cyclic`.
    """
    durations = dict(steps)
    inside = [link for link in links if link[0] in durations and link[1] in durations]
    order = topological_order(
        durations, [(predecessor, successor) for predecessor, successor, _, _ in inside]
    )
    network = [Link(predecessor, successor, lag, kind) for predecessor, successor, kind, lag in inside]
    spans = forward_pass(order, durations, network)
    return {
        key: (start + timedelta(seconds=span.start), start + timedelta(seconds=span.end))
        for key, span in spans.items()
    }
