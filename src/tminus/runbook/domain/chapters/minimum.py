"""How long a chapter takes at the least: the longest way through its own steps, whatever stands around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from tminus.runbook.domain.timing import PlannedLink, PlannedStep, plan_times

_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
"""Where the axis begins: only differences are asked for."""
_FROM_START, _TO_START = frozenset({"SS", "SF"}), frozenset({"FS", "SS"})


@dataclass(frozen=True, slots=True)
class Minimum:
    """Seconds, and the steps that decide them, in order."""

    seconds: int
    chain: tuple[UUID, ...]


def minima(steps: Sequence[PlannedStep], links: Sequence[PlannedLink]) -> dict[UUID, Minimum]:
    """Return the least that each chapter takes, by its key; moments of the plan are left aside.

    Raises `kernel.network.Cyclic`.
    """
    bare = [replace(one, dormant=False, not_before=None, fixed_start=None) for one in steps if one.in_scope]
    home = {one.id: one.chapter_id for one in bare}
    within = [
        one for one in links if one.predecessor in home and home[one.predecessor] == home.get(one.successor)
    ]
    spans = plan_times(bare, within, _ZERO, "UTC").spans
    last: dict[UUID, UUID] = {}
    for one in bare:
        known = last.get(one.chapter_id)
        if known is None or spans[one.id][1] > spans[known][1]:
            last[one.chapter_id] = one.id
    into: dict[UUID, list[PlannedLink]] = {}
    for link in within:
        into.setdefault(link.successor, []).append(link)
    return {
        chapter: Minimum(round((spans[key][1] - _ZERO).total_seconds()), _chain(key, spans, into))
        for chapter, key in last.items()
    }


def _chain(
    last: UUID, spans: Mapping[UUID, tuple[datetime, datetime]], into: Mapping[UUID, Sequence[PlannedLink]]
) -> tuple[UUID, ...]:
    """Go back from the last step by links that leave no room; of several the first."""
    chain, here = [last], last
    while True:
        before = next((link for link in into.get(here, ()) if _tight(link, spans)), None)
        if before is None or before.predecessor in chain:
            return tuple(reversed(chain))
        here = before.predecessor
        chain.append(here)


def _tight(link: PlannedLink, spans: Mapping[UUID, tuple[datetime, datetime]]) -> bool:
    source = spans[link.predecessor][link.kind not in _FROM_START]
    target = spans[link.successor][link.kind not in _TO_START]
    return (target - source).total_seconds() == link.lag_seconds
