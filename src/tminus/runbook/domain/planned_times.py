"""Planned times of a whole iteration: its network scheduled, and laid on the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tminus.kernel.network import Link
from tminus.kernel.schedule import Blackouts, schedule
from tminus.runbook.domain.placed import Place, network_of_places


def planned_times(
    steps: Sequence[Place[UUID]],
    links: Iterable[tuple[UUID, UUID, str, int]],
    floors: Mapping[UUID, datetime],
    start: datetime,
    blackouts: Iterable[tuple[datetime, datetime]] = (),
) -> dict[UUID, tuple[datetime, datetime]]:
    """Return planned (start, end) of each step, chapter and macro-phase.

    `steps` are those that will run, `links` (predecessor, successor, kind, lag in seconds) at any level; what leads
    to or from others (dormant ones) is left aside. `floors` = moments before which a step does not start. Nobody works
    in `blackouts` (from, until).
    Raises `kernel.network.Cyclic`.
    """
    seconds = {key: round((moment - start).total_seconds()) for key, moment in floors.items()}
    network = network_of_places(steps, (Link(p, s, lag, kind) for p, s, kind, lag in links), seconds)
    dark = Blackouts.of(
        ((low - start).total_seconds(), (high - start).total_seconds()) for low, high in blackouts
    )
    return {
        key: (start + timedelta(seconds=span.start), start + timedelta(seconds=span.end))
        for key, span in schedule(network, blackouts=dark).items()
    }
