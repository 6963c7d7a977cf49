"""Withdrawing a question; by whoever asked, or a pilot."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Invalid
from tminus.runbook.commands.deciding import Written, code_of, keeper, sitting
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.deciding_rules import (
    check_version,
    check_withdrawing,
)
from tminus.runbook.store import decisions


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The question is not asked any more, and why."""

    decision_id: UUID
    reason: str
    version: int | None = None


async def withdraw(services: Services, caller: Caller, command: Withdraw) -> Written:
    """Withdraw a poll or a second signature that is not decided; its answers are kept, its links are dead."""
    reason = command.reason.strip()
    if not reason:
        raise Invalid("To withdraw a question takes a reason. Nothing was changed.", hint="Say why.")
    async with sitting(services, caller, command.decision_id) as sat:
        tx, decision = sat.tx, sat.decision
        tx.actor = keeper(caller, decision)
        check_version(decision, command.version)
        check_withdrawing(decision, tx.now, sat.iteration.zone)
        members = {"withdrawn_at": tx.now, "withdrawn_by": tx.actor.name, "withdrawn_reason": reason}
        await decisions.update_decision(tx.connection, decision.id, **members)
        sentence = f"{tx.actor.name} withdrew “{decision.question}”: {reason}"
        sat.record("decision.withdrawn", sentence, await code_of(tx, decision), reason=reason)
        return sat.written()
