"""Acting on one step: one function for every button, one transaction for every press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Right, require
from tminus.platform.eventlog.record import Entry
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.control_again import controls_again
from tminus.runbook.commands.second_signature import skip_with_second
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.act import Outcome, act, conclude
from tminus.runbook.domain.asking import Ask, takes_two
from tminus.runbook.domain.going_back import GOING_BACK
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Wording
from tminus.runbook.domain.occasions import tellings
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.relation import actor_on, relation
from tminus.runbook.domain.state import StepAction, StepState
from tminus.runbook.domain.state_table import STATE_TABLE
from tminus.runbook.domain.step import Step
from tminus.runbook.domain.telling import facts
from tminus.runbook.store import execution, lookup


@dataclass(frozen=True, slots=True)
class Done:
    """What a command on a step did: the step as it is now, and the entries it wrote."""

    step: Step
    entries: tuple[Entry, ...]
    seq: int


@dataclass(frozen=True, slots=True)
class StepCommand:
    """A press of a button: which step, what, at which version it was seen (None = whatever it is)."""

    iteration_id: UUID
    code: str
    action: StepAction
    version: int | None = None
    reason: str | None = None
    note: str | None = None
    expected_at: datetime | None = None
    happened_at: datetime | None = None
    predecessor: str | None = None
    message: Wording | None = None


async def act_on_step(services: Services, caller: Caller, command: StepCommand) -> Done:
    """Press one of a step's buttons.

    Raises `NotFound`, `Forbidden`, `Invalid`, `Refused` (with the sentence why) and `Unavailable`; after any
    of them nothing has changed.
    """
    migration_id, step_id = await find_step(services, caller, command.iteration_id, command.code)
    network_of = execution.loading_neighbourhood(command.iteration_id, [step_id])
    reading = (execution.loading_iteration(command.iteration_id), *network_of)
    work = unit_of_work(services.database, migration_id, caller.person.actor, caller.key, reading)
    async with work as tx:
        iteration = known(execution.iteration_in(tx.looked[0]))
        network = execution.neighbourhood_in(*tx.looked[1:3])
        if command.action in GOING_BACK:  # whatever came after it is asked about, at every level
            network = await execution.load_network(tx.connection, iteration.id)
        step = network.steps[step_id]
        tx.actor = actor_on(caller.person, migration_id, STATE_TABLE[command.action].who, step.team_id)
        ask = ask_of(tx.actor, caller, command, iteration, step)
        if takes_two(ask.action, step):
            await skip_with_second(services, tx, iteration, ask, step, network)
            return Done(step, tuple(tx.entries), tx.seq)
        outcome = await reached(tx, act(ask, step_id, network, iteration, tx.now), iteration)
        await keep(services, tx, iteration, outcome, command.message or command.note)
    return Done(outcome.after.steps[step_id], tuple(tx.entries), tx.seq)


async def find_step(services: Services, caller: Caller, iteration_id: UUID, code: str) -> tuple[UUID, UUID]:
    """Return (migration, step) of a code, or `NotFound`: for those too who may not see the migration."""
    found = await lookup.step_key(services.database.lookups, iteration_id, code)
    if found is None:
        raise NotFound("There is no such iteration.", hint="Open it from the list of migrations.")
    migration_id, step_id = found
    require(caller.person, Right.SEE, migration_id)
    if step_id is None:
        raise NotFound(
            f"There is no step {code[:80]} in this iteration.", hint="Check the code on the runsheet."
        )
    return migration_id, step_id


async def load_iteration(tx: Transaction, iteration_id: UUID) -> Iteration:
    """Return the iteration, under the lock."""
    return known(await execution.load_iteration(tx.connection, iteration_id))


def known(iteration: Iteration | None) -> Iteration:
    """Return the iteration, or raise `NotFound`."""
    if iteration is None:
        raise NotFound("There is no such iteration.", hint="Open it from the list of migrations.")
    return iteration


def ask_of(actor: Actor, caller: Caller, command: StepCommand, iteration: Iteration, step: Step) -> Ask:
    """State who asks what, in the relation the rights give them."""
    how = relation(caller.person, iteration.migration_id, step.behaviour, step.team_id)
    moments = (command.expected_at, command.happened_at)
    return Ask(command.action, actor, how, command.version, command.reason, *moments, command.predecessor)


async def reached(tx: Transaction, outcome: Outcome, iteration: Iteration) -> Outcome:
    """Return the outcome with all its effects.

    What begins or ends may lead on to chapters and macro-phases, and so to steps that were not loaded: this is
    known only now, and seldom so.
    """
    while beyond := outcome.beyond():
        network = await execution.expand(tx.connection, iteration.id, outcome.before, beyond)
        outcome = conclude(network, list(outcome.asked), iteration, tx.now, outcome.waived)
    return outcome


async def keep(
    services: Services,
    tx: Transaction,
    iteration: Iteration,
    outcome: Outcome,
    said: Wording | str | None = None,
    tasks: list[dict[str, Any]] | None = None,
    also: Mapping[str, Any] | None = None,
) -> None:
    """Save an outcome, record its facts, and tell whom it concerns.

    `said` = the pilot's note to the team of what is activated, or the message in the pilot's own words; `also` = what
    else the first fact holds.
    """
    rows, groups = outcome.rows(), outcome.groups()
    if rows or groups:
        progress = outcome.progress(iteration.progress)
        tx.later(execution.saving(iteration.id, rows, groups, progress, tx.now))
    if outcome.waived:
        why = outcome.asked[0].after.reason
        tx.later(execution.waiving(outcome.waived, tx.actor.name, why, tx.now))
    others = await controls_again(tx, outcome)
    for fact, actor in facts(outcome, iteration, tasks, also, others):
        tx.record(fact, actor)
    await _tell(services, tx, iteration, outcome, said)


async def _tell(
    services: Services, tx: Transaction, iteration: Iteration, outcome: Outcome, said: Wording | str | None
) -> None:
    """Tell the teams of what was activated, approvers of what they are to decide, and all others whom it concerns."""
    activated = [change.after for change in outcome.changes if change.type == "step.activated"]
    asked = [
        change.after
        for change in outcome.changes
        if change.type in ("step.ready", "step.retried", "step.reopened")
        and change.after.behaviour is Behaviour.GATE
        and outcome.after.steps[change.after.id].state is StepState.READY
    ]
    told = tellings(outcome)
    if activated or asked or told:
        await tx.settle()  # a message says where the steps before stand
    if activated:
        note, message = (None, said) if isinstance(said, Wording) else (said, None)
        await services.messages.activated(tx, iteration, activated, note, message)
    if asked:
        await services.messages.asked(tx, iteration, asked)
    if told:
        await services.messages.tell(tx, iteration, told)
