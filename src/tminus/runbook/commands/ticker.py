"""What time opens: the ticker's command.

Any number of tickers may run: each looks under the lock, where a step that another one opened is no longer due.
"""

from __future__ import annotations

from uuid import UUID

from tminus.kernel.actor import SYSTEM
from tminus.platform.unit_of_work import unit_of_work
from tminus.runbook.commands.services import Services
from tminus.runbook.commands.step import keep, load_iteration, reached
from tminus.runbook.domain.act import conclude
from tminus.runbook.store import execution
from tminus.runbook.store.due import due_steps


async def open_due_steps(services: Services) -> int:
    """Let every step turn ready whose time has come; return how many changes that made."""
    async with services.database.read() as connection:
        due = await due_steps(connection)
    opened = 0
    for migration_id, iteration_id, steps in due:
        opened += await _open(services, migration_id, iteration_id, steps)
    return opened


async def _open(services: Services, migration_id: UUID, iteration_id: UUID, steps: list[UUID]) -> int:
    async with unit_of_work(services.database, migration_id, SYSTEM) as tx:
        iteration = await load_iteration(tx, iteration_id)
        network = await execution.load_neighbourhood(tx.connection, iteration_id, steps)
        outcome = await reached(tx, conclude(network, [], iteration, tx.now), iteration)
        await keep(services, tx, iteration, outcome)
    return len(outcome.changes)
