"""Acting on several steps at once: all in one transaction, or each in its own. One answer a step, always."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from tminus.kernel.errors import Forbidden, NotFound, Refused, TminusError
from tminus.platform.eventlog.record import Entry
from tminus.platform.idempotency import Replayed
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.place import seen_migration
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import StepCommand, act_on_step, ask_of, keep, load_iteration
from tminus.runbook.domain.act_many import act_many
from tminus.runbook.domain.asking import Ask
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Neighbourhood
from tminus.runbook.domain.relation import actor_on
from tminus.runbook.domain.state import StepAction
from tminus.runbook.domain.state_table import STATE_TABLE
from tminus.runbook.store import execution


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the steps, at the version it was seen (None = whatever it is)."""

    code: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class BulkCommand:
    """One action on several steps; `together` = all of them or none."""

    iteration_id: UUID
    action: StepAction
    steps: tuple[Chosen, ...]
    together: bool
    reason: str | None = None
    note: str | None = None

    def of(self, chosen: Chosen) -> StepCommand:
        """Return the command on one of the steps."""
        return StepCommand(
            self.iteration_id, chosen.code, self.action, chosen.version, self.reason, self.note
        )


@dataclass(frozen=True, slots=True)
class BulkDone:
    """What became of each step by its code (None = done), the entries written, and the newest number."""

    refused: dict[str, TminusError | None]
    entries: tuple[Entry, ...]
    seq: int


async def act_on_steps(services: Services, caller: Caller, command: BulkCommand) -> BulkDone:
    """Do one thing to several steps.

    Together: the first refusal lets none of it happen, and every refusal is named (`Refused`, its `results`;
    `Forbidden` where the rights for all of them are missing).
    Each on its own: a refused step leaves the others alone, and the answer says which.
    """
    return await (_together if command.together else _each)(services, caller, command)


async def _together(services: Services, caller: Caller, command: BulkCommand) -> BulkDone:
    migration_id = await seen_migration(services, caller.person, command.iteration_id)
    async with unit_of_work(services.database, migration_id, caller.person.actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        network = await execution.load_network(tx.connection, iteration.id)
        asks = _asks(tx, caller, command, iteration, network)
        outcome, refused = act_many(asks, network, iteration, tx.now)
        if refused:
            raise _none_of_it(command, {network.steps[key].code: one for key, one in refused.items()})
        tx.actor = asks[0][1].actor
        await keep(services, tx, iteration, outcome, command.note)
    return BulkDone({one.code: None for one in command.steps}, tuple(tx.entries), tx.seq)


def _asks(
    tx: Transaction, caller: Caller, command: BulkCommand, iteration: Iteration, network: Neighbourhood
) -> list[tuple[UUID, Ask]]:
    by_code = {step.code: step for step in network.steps.values()}
    unknown = [one.code for one in command.steps if one.code not in by_code]
    if unknown:
        raise NotFound(
            f"There is no step {unknown[0][:80]} in this iteration. Nothing was done.",
            hint="Check the codes on the runsheet.",
        )
    asks = []
    for chosen in command.steps:
        step = by_code[chosen.code]
        actor = actor_on(caller.person, tx.stream, STATE_TABLE[command.action].who, step.team_id)
        asks.append((step.id, ask_of(actor, caller, command.of(chosen), iteration, step)))
    return asks


def _none_of_it(command: BulkCommand, refused: dict[str, TminusError]) -> TminusError:
    first = next(iter(refused.values()))
    if all(isinstance(one, Forbidden) for one in refused.values()):
        return first
    count = f"{len(refused)} of {len(command.steps)} steps"
    return Refused(
        f"Nothing was done: {count} could not be. The first: {first.sentence}",
        code="bulk_refused",
        hint="Leave those out, or let each step go on its own.",
        results=[
            {"code": code, "problem": one.code, "detail": one.sentence} for code, one in refused.items()
        ],
    )


async def _each(services: Services, caller: Caller, command: BulkCommand) -> BulkDone:
    results: dict[str, TminusError | None] = {}
    entries: list[Entry] = []
    seq = 0
    for chosen in command.steps:
        try:
            done = await act_on_step(services, _keyed(caller, chosen.code), command.of(chosen))
        except Replayed as replayed:  # a lost answer: this one had been carried out
            results[chosen.code], seq = None, max(seq, replayed.seq)
        except TminusError as refusal:
            results[chosen.code] = refusal
        else:
            results[chosen.code] = None
            entries += done.entries
            seq = max(seq, done.seq)
    return BulkDone(results, tuple(entries), seq)


def _keyed(caller: Caller, code: str) -> Caller:
    """The request's key, made each step's own: a request sent twice acts on each step once."""
    return replace(caller, key=replace(caller.key, key=f"{caller.key.key}:{code}")) if caller.key else caller
