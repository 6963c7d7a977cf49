"""Moving an iteration: schedule, start, hold, resume, complete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.kernel.instants import instant
from tminus.people.commands import migrations
from tminus.people.domain.rights import Right, require
from tminus.platform.eventlog.record import Entry
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import keep, load_iteration
from tminus.runbook.domain.act import conclude
from tminus.runbook.domain.iteration import Iteration, moved_words, next_state
from tminus.runbook.domain.state import Comms, IterationAction, IterationKind, IterationState
from tminus.runbook.domain.timing import plan_times
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import execution, iterations, lookup


@dataclass(frozen=True, slots=True)
class IterationCommand:
    """A press of one of the iteration's buttons, at the version it was seen (None = whatever it is)."""

    iteration_id: UUID
    action: IterationAction
    version: int | None = None
    reason: str | None = None
    comms: Comms | None = None
    rebase: bool = False
    planned_start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The entries a command on an iteration wrote."""

    entries: tuple[Entry, ...]
    seq: int


async def act_on_iteration(services: Services, caller: Caller, command: IterationCommand) -> Moved:
    """Schedule, start, hold, resume or complete an iteration; one transaction.

    Raises `NotFound`, `Forbidden`, `Invalid`, `Refused` and `Unavailable`; after any of them nothing changed.
    """
    async with services.database.read() as connection:
        migration_id = await lookup.migration_of(connection, command.iteration_id)
    if migration_id is None:
        raise NotFound("There is no such iteration.", hint="Open it from the list of migrations.")
    require(caller.person, Right.SEE, migration_id)
    require(caller.person, Right.ITERATIONS, migration_id)
    async with unit_of_work(
        services.database, migration_id, caller.actor(Right.ITERATIONS, migration_id), caller.key
    ) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        _unchanged(command, iteration)
        await _BUTTONS[command.action](services, tx, iteration, command)
        await tx.defer("audit.write_anchor", stream=str(migration_id))
    return Moved(tuple(tx.entries), tx.seq)


def _unchanged(command: IterationCommand, iteration: Iteration) -> None:
    if command.version is not None and command.version != iteration.version:
        raise Refused(
            f"{iteration.name} has changed since you looked: it is {moved_words(iteration)}. Nothing was done.",
            code="iteration_changed",
            hint="Look at it as it is now, then decide again.",
            version=iteration.version,
        )


async def _schedule(
    services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand
) -> None:
    state = next_state(iteration, command.action)
    moved = replace(await _planned_from(tx, iteration, command.planned_start), state=state)
    await iterations.freeze_baseline(tx.connection, iteration.id)
    await _move(
        tx,
        iteration,
        moved,
        f"{tx.actor.name} scheduled {iteration.name}; its baseline is frozen",
    )


async def _start(
    services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand
) -> None:
    state = next_state(iteration, command.action)
    comms = _comms(iteration, command)
    moved = replace(
        await _planned_from(tx, iteration, tx.now if command.rebase else None),
        state=state,
        comms=comms,
        started_at=tx.now,
        started_by=tx.actor.id,
    )
    told = f"{tx.actor.name} started {iteration.name} with comms {comms.value}"
    await _move(tx, iteration, moved, told)
    await migrations.begin(tx, iteration.name)
    network = await execution.load_network(tx.connection, iteration.id)
    await keep(services, tx, moved, conclude(network, [], moved, tx.now))


async def _planned_from(tx: Transaction, iteration: Iteration, start: datetime | None) -> Iteration:
    """Return the iteration planned from another start on; what the plan fixes by the week's clock stays there."""
    if start is None or start == iteration.planned_start:
        return iteration
    steps, links = await iterations.load_frozen_network(tx.connection, iteration.id)
    times = plan_times(steps, links, start, iteration.zone)
    await iterations.plan_anew(tx.connection, iteration.id, start, times, [step.id for step in steps])
    return replace(iteration, planned_start=start, planned_end=times.end)


def _comms(iteration: Iteration, command: IterationCommand) -> Comms:
    if command.comms:
        return command.comms
    if iteration.kind is IterationKind.CUTOVER:
        raise Invalid(
            f"{iteration.name} is a cutover: choose whether messages go out (on), to you alone (test), or not at all.",
            hint="Send comms: off, test or on.",
        )
    return Comms.OFF


async def _hold(services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand) -> None:
    state = next_state(iteration, command.action)
    reason = (command.reason or "").strip()
    if not reason:
        raise Invalid("To hold takes a reason.", hint="Say why in a sentence; everyone sees it.")
    await _move(
        tx,
        iteration,
        replace(iteration, state=state),
        f"{tx.actor.name} called a hold: {reason}",
        reason=reason,
    )


async def _resume(
    services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand
) -> None:
    moved = replace(iteration, state=next_state(iteration, command.action))
    await _move(tx, iteration, moved, f"{tx.actor.name} resumed {iteration.name}")
    # What was to activate itself during the hold does so now.
    network = await execution.load_network(tx.connection, iteration.id)
    await keep(services, tx, moved, conclude(network, [], moved, tx.now))


async def _complete(
    services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand
) -> None:
    state = next_state(iteration, command.action)
    open_codes = await iterations.open_steps(tx.connection, iteration.id)
    if open_codes:
        some = ", ".join(open_codes[:10]) + (
            f" and {len(open_codes) - 10} more" if len(open_codes) > 10 else ""
        )
        raise Refused(
            f"{iteration.name} has {len(open_codes)} open step{'s' if len(open_codes) > 1 else ''}: {some}.",
            code="open_steps",
            hint="Complete or skip them first; an iteration is complete when every step is.",
            openSteps=open_codes[:100],
        )
    moved = replace(iteration, state=state, ended_at=tx.now)
    await _move(tx, iteration, moved, f"{tx.actor.name} completed {iteration.name}")


_BUTTONS = {
    IterationAction.SCHEDULE: _schedule,
    IterationAction.START: _start,
    IterationAction.HOLD: _hold,
    IterationAction.RESUME: _resume,
    IterationAction.COMPLETE: _complete,
}
_MEMBERS = (
    "state",
    "comms",
    "started_at",
    "started_by",
    "ended_at",
    "state_since",
    "state_by",
    "state_reason",
)
_SHOWN = {
    "state": "state",
    "comms": "comms",
    "planned_start": "plannedStart",
    "planned_end": "plannedEnd",
    "started_at": "startedAt",
    "ended_at": "endedAt",
    "state_since": "stateSince",
    "state_by": "stateBy",
    "state_reason": "stateReason",
}


async def _move(
    tx: Transaction, before: Iteration, moved: Iteration, sentence: str, reason: str | None = None
) -> None:
    after = replace(moved, state_since=tx.now, state_by=tx.actor.name, state_reason=reason)
    values = {
        name: getattr(after, name) for name in _MEMBERS if getattr(before, name) != getattr(after, name)
    }
    await iterations.update_iteration(tx.connection, before.id, values)
    old, new = _shown(before, before.version), _shown(after, before.version + 1)
    changed = [name for name in new if old[name] != new[name]]
    tx.record(
        iteration_fact(
            f"iteration.{_TYPES[(before.state, after.state)]}",
            sentence,
            before.id,
            {name: old[name] for name in changed},
            {name: new[name] for name in changed},
            reload=True,  # every row's actions hang on the iteration's state
        )
    )


_TYPES = {
    (IterationState.PLANNING, IterationState.SCHEDULED): "scheduled",
    (IterationState.SCHEDULED, IterationState.LIVE): "started",
    (IterationState.LIVE, IterationState.ON_HOLD): "held",
    (IterationState.ON_HOLD, IterationState.LIVE): "resumed",
    (IterationState.LIVE, IterationState.COMPLETE): "completed",
    (IterationState.ON_HOLD, IterationState.COMPLETE): "completed",
}


def _shown(iteration: Iteration, version: int) -> dict[str, Any]:
    shown: dict[str, Any] = {"version": version}
    for member, name in _SHOWN.items():
        value = getattr(iteration, member)
        shown[name] = instant(value) if isinstance(value, datetime) else value
    return shown
