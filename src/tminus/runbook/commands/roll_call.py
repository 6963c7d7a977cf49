"""Calling the roll before T-0: opening it, and closing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import Refused
from tminus.kernel.ids import new_id
from tminus.kernel.instants import instant, wall_time
from tminus.people.domain.rights import Right, require
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.place import seen_place
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Occasion, Telling
from tminus.runbook.domain.roll_call import check_may_open, check_open
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import roll_calls


@dataclass(frozen=True, slots=True)
class OpenRollCall:
    """Of which iteration; `due_at` = by when every team should have answered."""

    iteration_id: UUID
    due_at: datetime | None = None


async def open_roll_call(services: Services, caller: Caller, command: OpenRollCall) -> UUID:
    """Ask every team at work in the iteration whether it is here, and return the roll-call's key.

    Raises `NotFound`, `Forbidden` (not a pilot), `Invalid` (due in the past), `Refused` (`cannot_call_roll`,
    `roll_call_open`, `no_team`) and `Unavailable`.
    """
    migration_id = await _pilots(services, caller, command.iteration_id, "Calling the roll")
    actor = caller.actor(Right.ITERATIONS, migration_id)
    async with unit_of_work(services.database, migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        newest = await roll_calls.newest_roll_call(tx.connection, iteration.id)
        check_may_open(iteration, newest, command.due_at, tx.now)
        teams = await _teams(tx, iteration)
        key = new_id()
        await roll_calls.insert_roll_call(tx.connection, _row(tx, key, iteration, command), teams)
        await _say_opened(services, tx, iteration, key, command.due_at, teams)
    return key


async def _teams(tx: Transaction, iteration: Iteration) -> list[UUID]:
    teams = await roll_calls.teams_at_work(tx.connection, iteration.id)
    if not teams:
        raise Refused(
            f"No team owns a step or a task of {iteration.name}: there is nobody to ask. Nothing was done.",
            code="no_team",
            hint="Name the steps' teams in the plan, and make the iteration from that.",
        )
    return teams


def _row(tx: Transaction, key: UUID, iteration: Iteration, command: OpenRollCall) -> dict[str, object]:
    return {
        "id": key,
        "migration_id": iteration.migration_id,
        "iteration_id": iteration.id,
        "opened_by": tx.actor.name,
        "opened_at": tx.now,
        "due_at": command.due_at,
    }


async def _say_opened(
    services: Services,
    tx: Transaction,
    iteration: Iteration,
    key: UUID,
    due_at: datetime | None,
    teams: list[UUID],
) -> None:
    until = wall_time(due_at, iteration.zone) if due_at else ""
    asked = (
        f"{len(teams)} team{'s are' if len(teams) > 1 else ' is'} asked{f' until {until}' if until else ''}"
    )
    told = {
        "id": str(key),
        "dueAt": instant(due_at) if due_at else None,
        "teams": [str(team) for team in teams[:100]],
        "teamCount": len(teams),
    }
    sentence = f"{tx.actor.name} called the roll of {iteration.name}: {asked}"
    tx.record(iteration_fact("roll_call.opened", sentence, iteration.id, {}, {}, rollCall=told))
    words = {"who": tx.actor.name, "deadline": until}
    telling = Telling(Occasion.ROLL_CALL, teams=tuple(teams), words=words)
    await services.messages.tell(tx, iteration, [telling])


async def close_roll_call(services: Services, caller: Caller, iteration_id: UUID) -> None:
    """Close the roll-call that is open; who is missing then, stays missing. Another may be opened afterwards.

    Raises `NotFound`, `Forbidden` (not a pilot), `Refused` (`roll_call_closed`) and `Unavailable`.
    """
    migration_id = await _pilots(services, caller, iteration_id, "Closing the roll-call")
    actor = caller.actor(Right.ITERATIONS, migration_id)
    async with unit_of_work(services.database, migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, iteration_id)
        called = check_open(await roll_calls.newest_roll_call(tx.connection, iteration.id), iteration)
        teams = (await roll_calls.teams_called(tx.connection, called.id)).values()
        missing = [team.code for team in teams if team.here_at is None]
        values = {"closed_by": tx.actor.name, "closed_at": tx.now}
        await roll_calls.close_roll_call(tx.connection, called.id, values)
        told = {"id": str(called.id), "here": len(teams) - len(missing), "missing": missing[:100]}
        sentence = f"{tx.actor.name} closed the roll-call: {told['here']} of {len(teams)} teams here"
        tx.record(iteration_fact("roll_call.closed", sentence, iteration.id, {}, {}, rollCall=told))


async def _pilots(services: Services, caller: Caller, iteration_id: UUID, asked: str) -> UUID:
    """Return the iteration's migration, if a pilot asks."""
    async with services.database.read() as connection:
        place = await seen_place(connection, caller, iteration_id, None)
    require(caller.person, Right.ITERATIONS, place.migration_id, asked=asked)
    return place.migration_id
