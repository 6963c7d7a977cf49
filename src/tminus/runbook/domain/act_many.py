"""Acting on several steps at once: one after the other on the network as the one before left it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import TminusError
from tminus.runbook.domain.act import Outcome, act
from tminus.runbook.domain.asking import Ask
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Neighbourhood
from tminus.runbook.domain.readiness import waiting_changes


def act_many(
    asks: Sequence[tuple[UUID, Ask]], network: Neighbourhood, iteration: Iteration, now: datetime
) -> tuple[Outcome, dict[UUID, TminusError]]:
    """Return what all of it comes to, and the refusals by step; with one refusal, none of it may be kept.

    `network` must be whole: what an action leads to is looked for nowhere else.
    """
    before, refused, outcomes = network, dict[UUID, TminusError](), list[Outcome]()
    for key, ask in asks:
        try:
            outcome = act(ask, key, network, iteration, now)
        except TminusError as refusal:
            refused[key] = refusal
            continue
        outcomes.append(outcome)
        network = outcome.after
    return _summed(before, network, outcomes, now), refused


def _summed(
    before: Neighbourhood, after: Neighbourhood, outcomes: Sequence[Outcome], now: datetime
) -> Outcome:
    return Outcome(
        before,
        after,
        tuple(change for outcome in outcomes for change in outcome.asked),
        tuple(change for outcome in outcomes for change in outcome.changes),
        waiting_changes(before, after, now),
        tuple(link for outcome in outcomes for link in outcome.waived),
    )
