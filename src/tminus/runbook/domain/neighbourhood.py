"""The part of an iteration's network that one command can touch.

`reach` = the steps acted on, their successors, and on through steps that complete themselves; `steps` holds
these and every direct predecessor of theirs, so that each one's readiness can be told from here alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency into a step: on whom, of which kind, how many seconds later (or earlier)."""

    predecessor: UUID
    kind: LinkKind
    lag_seconds: int


@dataclass(frozen=True, slots=True)
class Guard:
    """Something besides other steps that holds a step until it opens."""

    source: str
    open: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Steps by key, links into each step of `reach`, and its guards."""

    steps: Mapping[UUID, Step]
    reach: tuple[UUID, ...]
    links: Mapping[UUID, tuple[Link, ...]]
    guards: Mapping[UUID, tuple[Guard, ...]]


def opens_at(link: Link, predecessor: Step, now: datetime) -> datetime | None:
    """Return when a finish-to-start link opens; None while that depends on the predecessor, not on time.

    A done predecessor frees its successor `lag` after its end. With a negative lag a running one does so
    already that much before its expected end, max(now, actual start + frozen duration) + lag: reckoned here,
    never from a forecast.
    """
    lag = timedelta(seconds=link.lag_seconds)
    if predecessor.done and predecessor.ended_at:
        return predecessor.ended_at + lag
    running = predecessor.state is StepState.IN_PROGRESS
    if link.lag_seconds < 0 and running and predecessor.started_at:
        expected = predecessor.started_at + timedelta(seconds=predecessor.duration_seconds)
        return max(now, expected) + lag
    return None


def waits_for(network: Neighbourhood, step: Step, now: datetime) -> tuple[Step, ...]:
    """Return the predecessors that hold a step which is not ready, in the links' order.

    A link that only time still holds names nobody: the step's opening time says when it opens.
    """
    if step.state is not StepState.NOT_READY or step.dormant:
        return ()
    held_by = (network.steps[link.predecessor] for link in holding(network, step, now))
    return tuple(held_by)


def holding(network: Neighbourhood, step: Step, now: datetime) -> list[Link]:
    """Return the links into `step` that wait for something their predecessor has to do."""
    return [
        link
        for link in network.links.get(step.id, ())
        if opens_at(link, network.steps[link.predecessor], now) is None
    ]


def opening_time(network: Neighbourhood, step: Step, now: datetime) -> datetime | None:
    """Return when time alone will open the step; None while a predecessor or a guard holds it."""
    if any(not guard.open for guard in network.guards.get(step.id, ())):
        return None
    latest = now
    for link in network.links.get(step.id, ()):
        opening = opens_at(link, network.steps[link.predecessor], now)
        if opening is None:
            return None
        latest = max(latest, opening)
    return latest
