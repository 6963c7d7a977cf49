"""How long a plan takes and what decides it, and what changes of that from one version to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tminus.kernel.network import Link
from tminus.kernel.schedule import longest_chain, schedule
from tminus.runbook.domain.moment import Offset, parse_moment
from tminus.runbook.domain.placed import network_of_places


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step by its code, with its duration in seconds, what it stands in, and its moments as the plan writes them."""

    code: str
    seconds: int
    chapter: str
    phase: str
    not_before: str | None = None
    fixed_start: str | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """Seconds from the first start to the last end, how many steps, and the longest chain of them."""

    seconds: int
    steps: int
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Two versions' lengths; steps that come onto the longest chain and that leave it, in the order of the chain."""

    before: Length
    after: Length
    joined: tuple[str, ...]
    left: tuple[str, ...]


def length_of(steps: Sequence[PlacedStep], links: Iterable[Link[str]]) -> Length:
    """Return how long the steps take, all of them in scope. Links to or from others are left aside.

    A moment after T-0 is heeded; a weekday's is not, for it depends on when an iteration begins.
    Raises `kernel.network.Cyclic`.
    """
    places = [(step.code, step.seconds, step.chapter, step.phase) for step in steps]
    floors = {step.code: floor for step in steps if (floor := _floor(step))}
    network = network_of_places(places, links, floors)
    spans = schedule(network)
    end = max((spans[step.code].end for step in steps), default=0)
    return Length(end, len(steps), tuple(longest_chain(network)))


def effect(before: Length, after: Length) -> Effect:
    """Return what changes from one to the other."""
    return Effect(
        before,
        after,
        tuple(code for code in after.chain if code not in set(before.chain)),
        tuple(code for code in before.chain if code not in set(after.chain)),
    )


def _floor(step: PlacedStep) -> int:
    moments = [parse_moment(text) for text in (step.not_before, step.fixed_start) if text]
    return max((moment.seconds for moment in moments if isinstance(moment, Offset)), default=0)
