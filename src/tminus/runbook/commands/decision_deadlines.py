"""Reminding, shortly before a decision's deadline, of whom an answer is missing: the ticker's command."""

from __future__ import annotations

from uuid import UUID

from tminus.kernel.actor import SYSTEM
from tminus.platform.unit_of_work import unit_of_work
from tminus.runbook.commands.deciding import Sitting, code_of
from tminus.runbook.commands.decision_tell import missing, tell_again
from tminus.runbook.commands.services import Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.decision import Decision
from tminus.runbook.store import decisions, reminders


async def remind_before_deadlines(services: Services) -> int:
    """Remind of every decision that ends soon, once; return how many that were."""
    async with services.database.read() as connection:
        due = await reminders.find_decisions(connection)
    told = 0
    for key, migration_id, iteration_id in due:
        told += await _remind(services, key, migration_id, iteration_id)
    return told


async def _remind(services: Services, key: UUID, migration_id: UUID, iteration_id: UUID) -> int:
    async with unit_of_work(services.database, migration_id, SYSTEM) as tx:
        decision = await decisions.load_decision(tx.connection, key)
        if decision is None or not _waits(decision):
            return 0
        sat = Sitting(tx, await load_iteration(tx, iteration_id), decision)
        people = await missing(sat)
        await decisions.update_decision(tx.connection, decision.id, reminded_at=tx.now)
        names = [name for _, name in people]
        sentence = f"Reminded {', '.join(names) or 'nobody, for nobody is missing,'} of “{decision.question}”"
        sat.record("decision.reminded", sentence, await code_of(tx, decision), of=names)
        if people:
            await tell_again(services, sat, [user for user, _ in people])
    return 1


def _waits(decision: Decision) -> bool:
    return decision.closed_at is None and decision.withdrawn_at is None and decision.reminded_at is None
