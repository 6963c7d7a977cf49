"""Checking a team in: it says that it is here, or a pilot says it for the team."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.instants import instant
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.place import seen_place
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.roll_call import (
    CalledTeam,
    RollCall,
    check_open,
    on_behalf,
    speaks_for,
    team_asked,
)
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import roll_calls


@dataclass(frozen=True, slots=True)
class SayHere:
    """Which team is here, in which iteration's open roll-call, with a word to the pilot perhaps."""

    iteration_id: UUID
    team_id: UUID
    note: str = ""


async def say_here(services: Services, caller: Caller, command: SayHere) -> None:
    """Check a team in. Twice is the same as once: the first one stands.

    Raises `NotFound` (no roll-call, a team that is not asked), `Forbidden` (neither of the team nor a pilot),
    `Refused` (`roll_call_closed`) and `Unavailable`.
    """
    async with services.database.read() as connection:
        place = await seen_place(connection, caller, command.iteration_id, None)
    actor = speaks_for(caller.person, place.migration_id, command.team_id)
    async with unit_of_work(services.database, place.migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        called = check_open(await roll_calls.newest_roll_call(tx.connection, iteration.id), iteration)
        teams = await roll_calls.teams_called(tx.connection, called.id)
        team = team_asked(teams, command.team_id, iteration)
        if team.here_at is None:
            behalf = on_behalf(caller.person, place.migration_id, team.team_id)
            await _keep(tx, called, team, behalf=behalf, note=command.note)


async def _keep(tx: Transaction, called: RollCall, team: CalledTeam, *, behalf: bool, note: str) -> None:
    values = {"here_at": tx.now, "here_by": tx.actor.name, "on_behalf": behalf, "note": note or None}
    await roll_calls.save_here(tx.connection, called.id, team.team_id, values)
    told = {
        "id": str(called.id),
        "teamId": str(team.team_id),
        "team": team.code,
        "before": {"hereAt": None},
        "after": {
            "hereAt": instant(tx.now),
            "hereBy": tx.actor.name,
            "onBehalf": behalf,
            "note": note or None,
        },
    }
    who = f"{tx.actor.name} said for {team.code} that it is here" if behalf else f"{team.code} is here"
    sentence = f"{who if behalf else f'{who}: {tx.actor.name}'}{f' ({note})' if note else ''}"
    tx.record(iteration_fact("roll_call.here", sentence, called.iteration_id, {}, {}, rollCall=told))
