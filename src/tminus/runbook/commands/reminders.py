"""What is told because of the time: the ticker's commands, each exactly once whatever crashes.

The mark on the row, the fact and the messages are one transaction under the head's lock: after a crash all of them
are there, or none, and of two workers the second finds the mark.
"""

from __future__ import annotations

from uuid import UUID

from tminus.kernel.actor import SYSTEM
from tminus.kernel.durations import format_duration
from tminus.kernel.instants import instant
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Occasion, Telling
from tminus.runbook.events import iteration_fact, step_fact
from tminus.runbook.store import reminders
from tminus.runbook.store.reminders import Due, Marked

MOST_NAMED = 40
"""So many steps are named in a fact; the rest is counted."""


async def tell_in_time(services: Services) -> int:
    """Tell of what nobody took and of what comes soon; return how many steps that were."""
    async with services.database.read() as connection:
        due = await reminders.find_due(connection)
    told = 0
    for one in due:
        told += await _tell(services, one)
    return told


async def _tell(services: Services, due: Due) -> int:
    async with unit_of_work(services.database, due.migration_id, SYSTEM) as tx:
        iteration = await load_iteration(tx, due.iteration_id)
        if due.what == "untaken":
            marked = await _untaken(tx, iteration, due.steps)
            occasion = Occasion.NOT_TAKEN
        else:
            marked = await _upcoming(tx, iteration, due.steps)
            occasion = Occasion.UPCOMING
        tellings = [Telling(occasion, step.id) for step in marked]
        await services.messages.tell(tx, iteration, tellings)
    return len(marked)


async def _untaken(tx: Transaction, iteration: Iteration, steps: tuple[UUID, ...]) -> list[Marked]:
    marked = await reminders.mark_untaken(tx.connection, steps, tx.now)
    for step in marked:
        waited = format_duration(int((tx.now - step.since).total_seconds()))
        sentence = f"Nobody has taken {step.code} “{step.name}” for {waited}"
        after = {"notTakenAt": instant(tx.now)}
        key = (step.id, step.code)
        tx.record(step_fact("step.not_taken", sentence, iteration.id, key, {"notTakenAt": None}, after))
    return marked


async def _upcoming(tx: Transaction, iteration: Iteration, steps: tuple[UUID, ...]) -> list[Marked]:
    marked = await reminders.mark_upcoming(tx.connection, steps, tx.now)
    if marked:
        codes = [step.code for step in marked]
        named = ", ".join(codes[:MOST_NAMED])
        more = f" and {len(codes) - MOST_NAMED} more" if len(codes) > MOST_NAMED else ""
        sentence = f"Told the teams of {named}{more} that it comes soon"
        told = {"steps": codes[:MOST_NAMED], "count": len(codes)}
        tx.record(iteration_fact("message.upcoming_told", sentence, iteration.id, {}, {}, **told))
    return marked
