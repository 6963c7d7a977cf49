"""Calling the roll before T-0."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
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
from tminus.runbook.domain.roll_call import check_may_open
from tminus.runbook.domain.roll_call_comms import chosen_comms, told_words
from tminus.runbook.domain.state import Comms
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import roll_calls


@dataclass(frozen=True, slots=True)
class OpenRollCall:
    """Of which iteration; `due_at` = by when every team should have answered.

    `comms` = whom its messages reach, where the iteration has not started and so has none of its own.
    """

    iteration_id: UUID
    due_at: datetime | None = None
    comms: Comms | None = None


async def open_roll_call(services: Services, caller: Caller, command: OpenRollCall) -> UUID:
    """Ask every team at work in the iteration whether it is here, and return the roll-call's key.

    Raises `NotFound`, `Forbidden` (not a pilot), `Invalid` (due in the past, a cutover's comms not chosen),
    `Refused` (`cannot_call_roll`, `roll_call_open`, `comms_chosen`, `no_team`) and `Unavailable`.
    """
    migration_id = await pilots_iteration(services, caller, command.iteration_id, "Calling the roll")
    actor = caller.actor(Right.ITERATIONS, migration_id)
    async with unit_of_work(services.database, migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        newest = await roll_calls.newest_roll_call(tx.connection, iteration.id)
        check_may_open(iteration, newest, command.due_at, tx.now)
        comms = chosen_comms(iteration, command.comms)
        teams = await _teams(tx, iteration)
        row = _row(tx, iteration, command.due_at, comms)
        await roll_calls.insert_roll_call(tx.connection, row, teams)
        key = _say_opened(tx, iteration, row, teams)
        await _tell(services, tx, iteration, comms, command.due_at, teams)
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


def _row(tx: Transaction, iteration: Iteration, due_at: datetime | None, comms: Comms) -> dict[str, Any]:
    return {
        "id": new_id(),
        "migration_id": iteration.migration_id,
        "iteration_id": iteration.id,
        "opened_by": tx.actor.name,
        "opened_at": tx.now,
        "due_at": due_at,
        "comms": comms.value,
    }


def _say_opened(tx: Transaction, iteration: Iteration, row: dict[str, Any], teams: list[UUID]) -> UUID:
    due_at, key = row["due_at"], row["id"]
    until = f" until {wall_time(due_at, iteration.zone)}" if due_at else ""
    asked = f"{len(teams)} team{'s are' if len(teams) > 1 else ' is'} asked{until}"
    told = {
        "id": str(key),
        "dueAt": instant(due_at) if due_at else None,
        "comms": row["comms"],
        "teams": [str(team) for team in teams[:100]],
        "teamCount": len(teams),
    }
    sentence = f"{tx.actor.name} called the roll of {iteration.name}: {asked}; {told_words(row['comms'])}"
    tx.record(iteration_fact("roll_call.opened", sentence, iteration.id, {}, {}, rollCall=told))
    return UUID(str(key))


async def _tell(
    services: Services,
    tx: Transaction,
    iteration: Iteration,
    comms: Comms,
    due_at: datetime | None,
    teams: list[UUID],
) -> None:
    words = {"who": tx.actor.name, "deadline": wall_time(due_at, iteration.zone) if due_at else ""}
    telling = Telling(Occasion.ROLL_CALL, teams=tuple(teams), words=words)
    # Before the start nobody has started it: in a test, whoever calls the roll hears it.
    as_chosen = replace(iteration, comms=comms, started_by=iteration.started_by or tx.actor.id)
    await services.messages.tell(tx, as_chosen, [telling])


async def pilots_iteration(services: Services, caller: Caller, iteration_id: UUID, asked: str) -> UUID:
    """Return the iteration's migration. Raises `NotFound`, and `Forbidden` where it is no pilot that asks."""
    async with services.database.read() as connection:
        place = await seen_place(connection, caller, iteration_id, None)
    require(caller.person, Right.ITERATIONS, place.migration_id, asked=asked)
    return place.migration_id
