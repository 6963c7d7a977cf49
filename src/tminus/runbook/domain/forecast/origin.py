"""Where an inherited delay comes from: back along what each step waited for last, to those whose own delay it is.

What a step inherits is what its driver handed on. Slack in the plan between the two swallows part of that, the
oldest part first; what is left is shared among those on the way, and the largest share names the origin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tminus.runbook.domain.forecast.delay import Delay

LEAST_SECONDS = 60
"""What is less is not called a delay: the grace of `late`."""
KEPT = 8
"""So many shares are followed; the rest of a long chain of small ones stays unnamed."""


@dataclass(frozen=True, slots=True)
class Driver:
    """What a step waited for last: another step, its end or only its start."""

    step: UUID
    by_end: bool


@dataclass(frozen=True, slots=True)
class Share:
    """So many seconds of a delay are one step's own."""

    step: UUID
    seconds: int


def shares_of(
    order: Sequence[UUID], delays: Mapping[UUID, Delay], drivers: Mapping[UUID, Driver]
) -> dict[UUID, tuple[Share, ...]]:
    """Return, for each step that inherited a delay, whose it is; the oldest first.

    `order` names each step after its driver. What no step is to blame for, as a later start of all, has no share.
    """
    found: dict[UUID, tuple[Share, ...]] = {}
    for step in order:
        delay, driver = delays.get(step), drivers.get(step)
        if delay is None or driver is None or delay.inherited < LEAST_SECONDS:
            continue
        before = delays.get(driver.step)
        handed = found.get(driver.step, ())
        if before is not None:
            own = before.own if driver.by_end else before.waited
            handed = (*handed, Share(driver.step, own))
        found[step] = _swallowed(handed, delay.inherited - sum(one.seconds for one in delay.reasons))
    return found


def _swallowed(shares: Sequence[Share], seconds: int) -> tuple[Share, ...]:
    """Return the shares cut to so many seconds in all, from the oldest on; what caught up counts as swallowed."""
    too_much = sum(share.seconds for share in shares) - max(seconds, 0)
    too_much += sum(-share.seconds for share in shares if share.seconds < 0)
    left = []
    for share in shares:
        if share.seconds <= 0:
            continue
        cut = min(max(too_much, 0), share.seconds)
        too_much -= cut
        if share.seconds - cut >= LEAST_SECONDS:
            left.append(Share(share.step, share.seconds - cut))
    return tuple(sorted(left, key=lambda one: -one.seconds)[:KEPT]) if len(left) > KEPT else tuple(left)


def origin(shares: Sequence[Share]) -> Share | None:
    """Return the largest share, the oldest of equals."""
    return max(shares, key=lambda one: one.seconds, default=None)
