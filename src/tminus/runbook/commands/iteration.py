"""Moving an iteration: schedule, start, hold, resume, complete, close; back out, abandon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused
from tminus.kernel.instants import instant
from tminus.people.commands import migrations
from tminus.people.commands.migration_status import check_goes_on
from tminus.people.domain.rights import Right, require
from tminus.platform.eventlog.record import Entry
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.chapter_planning import plan_from
from tminus.runbook.commands.place import seen_migration
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import keep, load_iteration
from tminus.runbook.domain.act import cancelled, conclude
from tminus.runbook.domain.chapters.schedule import moved_along
from tminus.runbook.domain.iteration import Iteration, check_unchanged, next_state
from tminus.runbook.domain.occasion import Occasion, Telling
from tminus.runbook.domain.progress import measure
from tminus.runbook.domain.state import Comms, IterationAction, IterationKind, IterationState
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import execution, iterations, waking
from tminus.runbook.store.chapter_schedules import freeze_chapters, load_schedule


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
    take_seconds: int | None = None
    upcoming_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The entries a command on an iteration wrote."""

    entries: tuple[Entry, ...]
    seq: int


async def act_on_iteration(services: Services, caller: Caller, command: IterationCommand) -> Moved:
    """Press one of the iteration's buttons; one transaction.

    Raises `NotFound`, `Forbidden`, `Invalid`, `Refused` and `Unavailable`; after any of them nothing changed.
    """
    migration_id = await seen_migration(services, caller.person, command.iteration_id)
    require(caller.person, Right.ITERATIONS, migration_id)
    async with unit_of_work(
        services.database, migration_id, caller.actor(Right.ITERATIONS, migration_id), caller.key
    ) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        check_unchanged(iteration, command.version)
        await _BUTTONS[command.action](services, tx, iteration, command)
        await tx.defer("audit.write_anchor", stream=str(migration_id))
    return Moved(tuple(tx.entries), tx.seq)


async def _schedule(
    services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand
) -> None:
    state = next_state(iteration, command.action)
    await check_goes_on(tx, f"Scheduling {iteration.name}")
    scheduled = replace(await _planned_from(tx, iteration, command.planned_start), state=state)
    await iterations.freeze_baseline(tx.connection, iteration.id)
    await freeze_chapters(tx.connection, iteration.id)
    told = f"{tx.actor.name} scheduled {iteration.name}; its baseline is frozen"
    await _move(tx, iteration, scheduled, told)


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
        take_seconds=command.take_seconds or iteration.take_seconds,
        upcoming_seconds=command.upcoming_seconds or iteration.upcoming_seconds,
    )
    told = f"{tx.actor.name} started {iteration.name} with comms {comms.value}"
    await _move(tx, iteration, moved, told)
    await migrations.begin(tx, iteration.name)
    network = await execution.load_network(tx.connection, iteration.id)
    await keep(services, tx, moved, conclude(network, [], moved, tx.now))


async def _planned_from(tx: Transaction, iteration: Iteration, start: datetime | None) -> Iteration:
    """Return the iteration planned from another start on, what is typed of its chapters moved along.

    What the plan fixes by the week's clock stays there.
    """
    if start is None or start == iteration.planned_start:
        return iteration
    schedule = await load_schedule(tx.connection, iteration)
    end, _ = await plan_from(
        tx, iteration, schedule, start, moved_along(schedule.typed, start - schedule.start)
    )
    return replace(iteration, planned_start=start, planned_end=end)


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
    moved = await _with_reason(tx, iteration, command, "hold", f"{tx.actor.name} called a hold")
    await _tell_all(services, tx, moved, Occasion.HOLD, command.reason)


async def _tell_all(
    services: Services, tx: Transaction, iteration: Iteration, occasion: Occasion, reason: str | None
) -> None:
    """Tell everybody who still has something to do in the iteration."""
    words = {"reason": (reason or "").strip(), "who": tx.actor.name}
    await services.messages.tell(tx, iteration, [Telling(occasion, words=words)])


async def _with_reason(
    tx: Transaction, iteration: Iteration, command: IterationCommand, what: str, told: str
) -> Iteration:
    """Move the iteration for a reason that everyone sees; return it as it is then."""
    state = next_state(iteration, command.action)
    reason = (command.reason or "").strip()
    if not reason:
        raise Invalid(f"To {what} takes a reason.", hint="Say why in a sentence; everyone sees it.")
    moved = replace(iteration, state=state)
    await _move(tx, iteration, moved, f"{told}: {reason}", reason=reason)
    return moved


async def _back_out(
    services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand
) -> None:
    """Turn back: what has not started is cancelled, what runs stays, and the rollback chapters wake."""
    called = f"{tx.actor.name} called the back-out of {iteration.name}"
    moved = await _with_reason(tx, iteration, command, "back out", called)
    await waking.wake(tx.connection, iteration.id, tx.actor.name, command.reason or "", tx.now)
    network = await execution.load_network(tx.connection, iteration.id)
    awake = replace(moved, progress=measure(network.steps.values()))
    await waking.recount(tx.connection, awake)
    forward = await waking.forward_steps(tx.connection, iteration.id)
    stopped = [
        cancelled(step, tx.actor, f"Back-out: {command.reason}", tx.now)
        for key, step in network.steps.items()
        if key in forward and not step.begun and not step.over
    ]
    await _tell_all(services, tx, awake, Occasion.BACK_OUT, command.reason)
    await keep(services, tx, awake, conclude(network, stopped, awake, tx.now))


async def _abandon(
    services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand
) -> None:
    await _with_reason(tx, iteration, command, "abandon", f"{tx.actor.name} abandoned {iteration.name}")


async def _close(
    services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand
) -> None:
    moved = replace(iteration, state=next_state(iteration, command.action))
    await _move(tx, iteration, moved, f"{tx.actor.name} closed {iteration.name}")


async def _resume(
    services: Services, tx: Transaction, iteration: Iteration, command: IterationCommand
) -> None:
    moved = replace(iteration, state=next_state(iteration, command.action))
    await _move(tx, iteration, moved, f"{tx.actor.name} resumed {iteration.name}")
    await _tell_all(services, tx, moved, Occasion.RESUME, command.reason)
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
            hint="Complete, skip or cancel them first; an iteration is complete when every step is.",
            openSteps=open_codes[:100],
        )
    moved = replace(iteration, state=state, ended_at=tx.now)
    did = "ended the back-out of" if state is IterationState.BACKED_OUT else "completed"
    await _move(tx, iteration, moved, f"{tx.actor.name} {did} {iteration.name}")


_BUTTONS = {
    IterationAction.SCHEDULE: _schedule,
    IterationAction.START: _start,
    IterationAction.HOLD: _hold,
    IterationAction.RESUME: _resume,
    IterationAction.COMPLETE: _complete,
    IterationAction.BACK_OUT: _back_out,
    IterationAction.ABANDON: _abandon,
    IterationAction.CLOSE: _close,
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
    "take_seconds",
    "upcoming_seconds",
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
    "take_seconds": "takeSeconds",
    "upcoming_seconds": "upcomingSeconds",
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
    (IterationState.LIVE, IterationState.BACKING_OUT): "backing_out",
    (IterationState.ON_HOLD, IterationState.BACKING_OUT): "backing_out",
    (IterationState.BACKING_OUT, IterationState.BACKED_OUT): "backed_out",
    (IterationState.PLANNING, IterationState.ABANDONED): "abandoned",
    (IterationState.SCHEDULED, IterationState.ABANDONED): "abandoned",
    (IterationState.COMPLETE, IterationState.CLOSED): "closed",
    (IterationState.BACKED_OUT, IterationState.CLOSED): "closed",
}


def _shown(iteration: Iteration, version: int) -> dict[str, Any]:
    shown: dict[str, Any] = {"version": version}
    for member, name in _SHOWN.items():
        value = getattr(iteration, member)
        shown[name] = instant(value) if isinstance(value, datetime) else value
    return shown
