"""What every command on a decision begins with: where it is, who asks, how it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Forbidden, NotFound
from tminus.kernel.facts import Fact
from tminus.people.domain.rights import Right, actor_for, may, require
from tminus.platform.eventlog.record import Entry
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.decision import Decision
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.events import iteration_fact, step_fact
from tminus.runbook.store import decision_lookup, decisions


@dataclass(frozen=True, slots=True)
class Written:
    """The entries a command on a decision wrote."""

    decision_id: UUID
    entries: tuple[Entry, ...]
    seq: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """A decision under the lock, with the transaction and the iteration it belongs to."""

    tx: Transaction
    iteration: Iteration
    decision: Decision

    def record(self, type_: str, sentence: str, code: str | None, **more: Any) -> None:
        """State a fact about the decision: of its step, where it has one."""
        self.tx.record(fact_of(type_, sentence, self.decision, code, **more))

    def written(self) -> Written:
        """Return what the command wrote."""
        return Written(self.decision.id, tuple(self.tx.entries), self.tx.seq)


def fact_of(type_: str, sentence: str, decision: Decision, code: str | None, **more: Any) -> Fact:
    """Return a fact about a decision.

    `before` and `after` of such a fact are empty, for no step or iteration changes by it; what changed of the
    decision is in `more`, as `was` and `now`.
    """
    told = {"decisionId": str(decision.id), "kind": decision.kind.value, **more}
    if decision.step_id and code:
        return step_fact(type_, sentence, decision.iteration_id, (decision.step_id, code), {}, {}, **told)
    return iteration_fact(type_, sentence, decision.iteration_id, {}, {}, **told)


@asynccontextmanager
async def sitting(services: Services, caller: Caller, decision_id: UUID) -> AsyncIterator[Sitting]:
    """Yield a decision under the lock, for whoever may see it; raises `NotFound` and `Forbidden`."""
    async with services.database.read() as connection:
        place = await decision_lookup.decision_place(connection, decision_id)
    if place is None:
        raise no_such()
    migration_id, iteration_id, _ = place
    require(caller.person, Right.SEE, migration_id)
    actor = caller.person.actor
    async with unit_of_work(services.database, migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, iteration_id)
        decision = await decisions.load_decision(tx.connection, decision_id)
        if decision is None:
            raise no_such()
        yield Sitting(tx, iteration, decision)


def no_such() -> NotFound:
    """Return the refusal of a key that nothing has."""
    return NotFound("There is no such decision.", hint="Open it from the list of decisions.")


def keeper(caller: Caller, decision: Decision) -> Actor:
    """Return how the log names who may keep a decision: whoever asked, or a pilot. Raises `Forbidden`."""
    if caller.person.id is not None and caller.person.id == decision.asked_by_id:
        return caller.person.actor
    if may(caller.person, Right.ANY_STEP, decision.migration_id):
        return actor_for(caller.person, Right.ANY_STEP, decision.migration_id)
    raise Forbidden(
        f"Only whoever asked ({decision.asked_by_name or 'the plan'}) or a pilot may do this to a decision."
        " Nothing was changed.",
        hint="Ask a pilot.",
    )


async def code_of(tx: Transaction, decision: Decision) -> str | None:
    """Return the code of the step a decision is about, if it is about one."""
    return (await decision_lookup.step_code(tx.connection, decision.step_id))[0] if decision.step_id else None
