"""Withdrawing evidence: it is kept, and no longer counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Right, may, require
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import keep, load_iteration, reached
from tminus.runbook.domain.act import conclude
from tminus.runbook.domain.change import moved
from tminus.runbook.domain.evidence import EvidenceNow, check_withdrawal, counts
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import evidence, execution


@dataclass(frozen=True, slots=True)
class WithdrawEvidence:
    """Which evidence, and why."""

    evidence_id: UUID
    reason: str


async def withdraw_evidence(services: Services, caller: Caller, command: WithdrawEvidence) -> None:
    """Withdraw one's own evidence, or as a pilot anybody's.

    Raises `NotFound`, `Forbidden`, `Invalid` (no reason), `Refused` (withdrawn already; a step is complete by it).
    """
    async with services.database.read() as connection:
        migration_id = found(await evidence.load_evidence(connection, command.evidence_id)).migration_id
    require(caller.person, Right.SEE, migration_id)
    actor = caller.actor(Right.ANY_STEP, migration_id)
    async with unit_of_work(services.database, migration_id, actor, caller.key) as tx:
        one = found(await evidence.load_evidence(tx.connection, command.evidence_id))
        iteration = await load_iteration(tx, one.iteration_id)
        own = one.by_id is not None and one.by_id == caller.person.id
        if own:
            tx.actor = caller.person.actor
        network = (
            await execution.load_neighbourhood(tx.connection, iteration.id, [one.step_id])
            if one.step_id
            else None
        )
        step = network.steps[one.step_id] if network and one.step_id else None
        pilot = may(caller.person, Right.ANY_STEP, migration_id)
        check_withdrawal(one, step, iteration, command.reason, own=own, pilot=pilot)
        reason = command.reason.strip()
        await evidence.withdraw(tx.connection, one.id, tx.actor.name, tx.now, reason)
        told = {"id": str(one.id), "kind": one.kind.value, "reason": reason, "fileName": one.file_name}
        if network and step:
            less = {"evidence_count": step.evidence_count - 1} if counts(one, step) else {}
            change = moved(step, step.state, tx.now, tx.actor, "step.evidence_withdrawn", **less)
            outcome = await reached(tx, conclude(network, [change], iteration, tx.now), iteration)
            await keep(services, tx, iteration, outcome, also={"evidence": told})
        else:
            _say(tx, iteration, told)


def found(one: EvidenceNow | None) -> EvidenceNow:
    """Return the evidence, or raise `NotFound`."""
    if one is None:
        raise NotFound("There is no such evidence.", hint="Reload the page.")
    return one


def _say(tx: Transaction, iteration: Iteration, told: dict[str, Any]) -> None:
    sentence = f"{tx.actor.name} withdrew evidence of a control: {told['reason']}"
    tx.record(iteration_fact("control.evidence_withdrawn", sentence, iteration.id, {}, {}, evidence=told))
