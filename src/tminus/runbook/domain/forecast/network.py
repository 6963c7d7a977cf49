"""The network of an iteration, ready to be reckoned: its steps that are awake, inside chapters and macro-phases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from tminus.kernel.network import Link
from tminus.kernel.schedule import Network
from tminus.runbook.domain.forecast.situation import Dependence, Situation, Standing
from tminus.runbook.domain.placed import network_of_places


def network_of(situation: Situation) -> Network[UUID]:
    """Return the network of the steps that are awake; what leads to or from others is left aside."""
    return network_of_steps(situation.awake(), situation.links)


def network_of_steps(steps: Sequence[Standing], links: Iterable[Dependence]) -> Network[UUID]:
    """Return the network of these steps, with the groups they are in."""
    places = [(step.id, step.duration_seconds, step.chapter_id, step.macro_phase_id) for step in steps]
    return network_of_places(
        places, (Link(one.predecessor, one.successor, one.lag_seconds, one.kind) for one in links)
    )
