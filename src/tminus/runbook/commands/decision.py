"""Answering a decision: the answer that reaches the quorum closes it, and has its effect at once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.actor import SYSTEM
from tminus.people.domain.rights import Person
from tminus.runbook.commands.deciding import Sitting, Written, code_of, sitting
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.signed import carry_out
from tminus.runbook.commands.step import keep, reached
from tminus.runbook.domain.act import close_gate, conclude
from tminus.runbook.domain.asking import Ask, check
from tminus.runbook.domain.deciding import outcome_with
from tminus.runbook.domain.decision import Answer, Decision, Given, Kind
from tminus.runbook.domain.electorate import answering, check_asks
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state import StepAction
from tminus.runbook.store import decision_voters, decisions, execution


@dataclass(frozen=True, slots=True)
class AnswerCommand:
    """One person's answer, with the reason that goes into the log; `by_link` = not signed in, by a personal link."""

    decision_id: UUID
    answer: Answer
    reason: str
    by_link: bool = False


async def answer_decision(services: Services, caller: Caller, command: AnswerCommand) -> Written:
    """Record an answer; the one that reaches the quorum closes the decision.

    *Go* completes a gate and carries out what a second signature was asked for; *no-go* fails the gate and declines
    the other. Raises `NotFound`, `Forbidden`, `Invalid` and `Refused`, also where what is signed is not possible
    any more; after any of them nothing has changed.
    """
    async with sitting(services, caller, command.decision_id) as sat:
        tx, decision = sat.tx, sat.decision
        tx.actor = answering(caller.person, decision)
        key = caller.person.id
        assert key is not None  # noqa: S101 - answering() let nobody through without one
        given = Given(key, tx.actor.name, command.answer, command.reason.strip(), tx.now)
        result = outcome_with(decision, key, command.answer, command.reason, tx.now, sat.iteration.zone)
        await _check_kind(caller.person, sat, given)
        code = await code_of(tx, decision)
        await decisions.save_answer(tx.connection, decision.id, given)
        if command.by_link:
            await decision_voters.use_link(tx.connection, decision.id, key, tx.now)
        _record_answer(sat, given, code, by_link=command.by_link)
        if result is not None:
            await _close(services, sat, result, given, code)
        return sat.written()


async def _check_kind(person: Person, sat: Sitting, given: Given) -> None:
    if sat.decision.kind is not Kind.GATE:
        check_asks(sat.iteration)
        return
    step_id = _step_of(sat.decision)
    network = await execution.load_neighbourhood(sat.tx.connection, sat.iteration.id, [step_id])
    step = network.steps[step_id]
    how = relation(person, sat.iteration.migration_id, step.behaviour, step.team_id)
    ask = Ask(StepAction.DECIDE, sat.tx.actor, how, None, given.reason)
    check(ask, step, network, sat.iteration, sat.tx.now)


def _step_of(decision: Decision) -> UUID:
    if decision.step_id is None:
        raise AssertionError("a gate's decision without its step")
    return decision.step_id


def _record_answer(sat: Sitting, given: Given, code: str | None, *, by_link: bool) -> None:
    voter = sat.decision.voter(given.user_id)
    role = f" ({voter.role})" if voter else ""
    way = ", by personal link" if by_link else ""
    sentence = (
        f"{given.name}{role} answered {given.answer.words} to “{sat.decision.question}”{way}: {given.reason}"
    )
    said = {"answer": given.answer.value, "reason": given.reason, "byLink": by_link}
    sat.record("decision.answered", sentence, code, **said)


async def _close(services: Services, sat: Sitting, result: Answer, last: Given, code: str | None) -> None:
    """Write the outcome with what it was decided on, the log as it stood; then let it have its effect."""
    tx, decision = sat.tx, sat.decision
    given = (*decision.answers, last)
    basis = {"seq": tx.head.seq, "hash": tx.head.hash.hex()}
    members = {"outcome": result.value, "closed_at": tx.now, "decided_on": basis}
    await decisions.update_decision(tx.connection, decision.id, **members)
    against = [one.name for one in given if one.answer is not result]
    dissent = f"; {' and '.join(against)} said otherwise" if against else ""
    sentence = f"“{decision.question}” was decided: {result.words}{dissent}"
    sat.record("decision.closed", sentence, code, outcome=result.value, dissent=against, decidedOn=basis)
    if decision.kind is Kind.GATE:
        await _close_gate(services, sat, result, given)
    elif decision.kind is Kind.SECOND_SIGNATURE and result is Answer.GO:
        await carry_out(services, tx, sat.iteration, decision, tx.actor)


async def _close_gate(services: Services, sat: Sitting, result: Answer, given: tuple[Given, ...]) -> None:
    """Complete or fail the gate; the reason is one that was given for the outcome, and so is the name."""
    tx, step_id = sat.tx, _step_of(sat.decision)
    agreeing = [one for one in given if one.answer is result][-1]
    by = tx.actor if agreeing is given[-1] else SYSTEM
    network = await execution.load_neighbourhood(tx.connection, sat.iteration.id, [step_id])
    closed = close_gate(network.steps[step_id], by, tx.now, go=result is Answer.GO, reason=agreeing.reason)
    outcome = await reached(tx, conclude(network, closed, sat.iteration, tx.now), sat.iteration)
    await keep(services, tx, sat.iteration, outcome)
