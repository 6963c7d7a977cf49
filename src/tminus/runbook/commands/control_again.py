"""What another attempt of a step makes of its controls: what was passed or failed is pending again."""

from __future__ import annotations

from typing import Any

from tminus.platform.unit_of_work import Transaction
from tminus.runbook.domain.act import Outcome
from tminus.runbook.domain.state import StepState
from tminus.runbook.store import controls


async def controls_again(tx: Transaction, outcome: Outcome) -> dict[str, dict[str, Any]]:
    """Put the controls of steps that begin anew back to pending; return what other steps, tied to them too, show now.

    A step of which only the end was taken back (it is in progress again) keeps what was validated.
    """
    before = outcome.before.steps
    again = [
        step.id
        for step in outcome.rows()
        if step.attempt > before[step.id].attempt and step.state is not StepState.IN_PROGRESS
    ]
    if not again:
        return {}
    tied = await controls.reset_of(tx.connection, again)
    changed = await controls.recount(tx.connection, tied)
    return {str(key): {"controlsOpen": count} for key, count in changed.items() if key not in again}
