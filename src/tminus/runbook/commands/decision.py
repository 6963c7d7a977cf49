"""Answering a decision; a gate closes by it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Forbidden, NotFound
from tminus.people.domain.rights import Right, require
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import Done, keep, load_iteration, reached
from tminus.runbook.domain.act import close_gate, conclude
from tminus.runbook.domain.asking import Ask, check
from tminus.runbook.domain.decision import Answer, Decision, outcome_with
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Neighbourhood
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state import StepAction
from tminus.runbook.domain.step import Step
from tminus.runbook.events import step_fact
from tminus.runbook.store import decisions, execution, lookup


@dataclass(frozen=True, slots=True)
class AnswerCommand:
    """One person's answer to a decision, with the reason that goes into the log."""

    decision_id: UUID
    answer: Answer
    reason: str


async def answer_decision(services: Services, caller: Caller, command: AnswerCommand) -> Done:
    """Record an answer; the one that reaches the quorum closes the gate: go completes it, no-go fails it."""
    migration_id, iteration_id, step_id = await _place(services, caller, command.decision_id)
    user_id = caller.person.id
    if user_id is None:
        raise Forbidden("A decision is given by a person, signed in by name.", hint="Sign in on the page.")
    async with unit_of_work(
        services.database, migration_id, caller.actor(Right.DECIDE, migration_id), caller.key
    ) as tx:
        iteration = await load_iteration(tx, iteration_id)
        network = await execution.load_neighbourhood(tx.connection, iteration.id, [step_id])
        step = network.steps[step_id]
        decision = await _decision(tx, command.decision_id)
        result = outcome_with(decision, user_id, command.answer, command.reason)
        _check(caller, command, iteration, step, network, tx)
        who = (user_id, caller.person.name)
        await decisions.save_answer(tx.connection, decision.id, who, command.answer, command.reason, tx.now)
        _record(tx, iteration, step, decision, command)
        if result is not None:
            await decisions.close_decision(tx.connection, decision.id, result, tx.now, _basis(tx))
            closed = close_gate(step, tx.actor, tx.now, go=result is Answer.GO, reason=command.reason)
            outcome = await reached(tx, conclude(network, closed, iteration, tx.now), iteration)
            await keep(services, tx, iteration, outcome)
            step = outcome.after.steps[step_id]
    return Done(step, tuple(tx.entries), tx.seq)


async def _place(services: Services, caller: Caller, decision_id: UUID) -> tuple[UUID, UUID, UUID]:
    async with services.database.read() as connection:
        place = await lookup.decision_place(connection, decision_id)
    if place is None:
        raise NotFound("There is no such decision.", hint="Open the gate from the runsheet.")
    require(caller.person, Right.SEE, place[0])
    return place


async def _decision(tx: Transaction, decision_id: UUID) -> Decision:
    decision = await decisions.load_decision(tx.connection, decision_id)
    if decision is None:
        raise NotFound("There is no such decision.", hint="Open the gate from the runsheet.")
    return decision


def _check(
    caller: Caller,
    command: AnswerCommand,
    iteration: Iteration,
    step: Step,
    network: Neighbourhood,
    tx: Transaction,
) -> None:
    how = relation(caller.person, iteration.migration_id, step.behaviour, step.team_id)
    ask = Ask(StepAction.DECIDE, tx.actor, how, None, command.reason)
    check(ask, step, network, iteration, tx.now)


def _record(
    tx: Transaction, iteration: Iteration, step: Step, decision: Decision, command: AnswerCommand
) -> None:
    said = command.answer.value.replace("_", "-")
    tx.record(
        step_fact(
            "decision.answered",
            f"{tx.actor.name} answered {said} to “{decision.question}”: {command.reason}",
            iteration.id,
            (step.id, step.code),
            {},
            {},
            decisionId=str(decision.id),
            answer=command.answer.value,
            reason=command.reason,
        )
    )


def _basis(tx: Transaction) -> dict[str, object]:
    """What the decision was taken on: the log as it stood, named by its number and hash."""
    return {"seq": tx.head.seq, "hash": tx.head.hash.hex()}
