"""Ticking a task of a step, reopening it, saying that it failed or does not apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.kernel.errors import NotFound
from tminus.kernel.instants import instant
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import Done, find_step, keep, load_iteration, reached
from tminus.runbook.domain.act import conclude
from tminus.runbook.domain.change import moved
from tminus.runbook.domain.relation import actor_on, relation
from tminus.runbook.domain.state import Relation
from tminus.runbook.domain.state_table import PEOPLE_AT_WORK
from tminus.runbook.domain.step import Step
from tminus.runbook.domain.task import FACTS, LEADS_TO, TaskMark, TaskNow, check_task, counted
from tminus.runbook.store import execution, tasks


@dataclass(frozen=True, slots=True)
class TaskCommand:
    """Which task, what is said of it, at which version it was seen (None = whatever it is), and why."""

    iteration_id: UUID
    step_code: str
    task_code: str
    mark: TaskMark
    version: int | None = None
    reason: str | None = None


async def tick_task(services: Services, caller: Caller, command: TaskCommand) -> Done:
    """Bring a task into another state; the last required one completes a step that is being verified.

    Raises as `act_on_step` does.
    """
    migration_id, step_id = await find_step(services, caller, command.iteration_id, command.step_code)
    async with unit_of_work(services.database, migration_id, caller.person.actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        network = await execution.load_neighbourhood(tx.connection, iteration.id, [step_id])
        step = network.steps[step_id]
        task = await _task(tx, step, command.task_code)
        tx.actor = actor_on(caller.person, migration_id, PEOPLE_AT_WORK, step.team_id, task.team_id)
        how = _relation(caller, migration_id, step, task)
        check_task(task, step, iteration, how, command.version, command.mark, command.reason)
        type_, counts = FACTS[command.mark], counted(step, task, command.mark)
        changes = [moved(step, step.state, tx.now, tx.actor, type_, **counts)]
        outcome = await reached(tx, conclude(network, changes, iteration, tx.now), iteration)
        shown = await _save(tx, step, task, command)
        await keep(services, tx, iteration, outcome, tasks=[shown])
    return Done(outcome.after.steps[step_id], tuple(tx.entries), tx.seq)


async def _task(tx: Transaction, step: Step, code: str) -> TaskNow:
    task = await tasks.load_task(tx.connection, step.id, code)
    if task is None:
        raise NotFound(f"{step.code} has no task {code[:80]}.", hint="Reload the step.")
    return task


def _relation(caller: Caller, migration_id: UUID, step: Step, task: TaskNow) -> Relation:
    """A task may belong to another team than its step: members of either may tick it."""
    own = relation(caller.person, migration_id, step.behaviour, step.team_id)
    if own in PEOPLE_AT_WORK or task.team_id is None:
        return own
    return relation(caller.person, migration_id, step.behaviour, task.team_id)


async def _save(tx: Transaction, step: Step, task: TaskNow, command: TaskCommand) -> dict[str, Any]:
    state = LEADS_TO[command.mark]
    who: str | None = None if state == "open" else tx.actor.name
    at: datetime | None = None if state == "open" else tx.now
    reason = None if state == "open" else (command.reason or "").strip() or None
    await tasks.save_task(tx.connection, task.id, state, who, at, reason)
    return {
        "id": str(task.id),
        "stepId": str(step.id),
        "code": task.code,
        "state": state,
        "doneBy": who,
        "doneAt": instant(at) if at else None,
        "reason": reason,
        "version": task.version + 1,
    }
