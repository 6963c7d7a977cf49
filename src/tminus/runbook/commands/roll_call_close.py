"""Closing a roll-call."""

from __future__ import annotations

from uuid import UUID

from tminus.people.domain.rights import Right
from tminus.platform.unit_of_work import unit_of_work
from tminus.runbook.commands.roll_call import pilots_iteration
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.roll_call import check_open
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import roll_calls


async def close_roll_call(services: Services, caller: Caller, iteration_id: UUID) -> None:
    """Close the roll-call that is open; who is missing then, stays missing. Another may be opened afterwards.

    Raises `NotFound`, `Forbidden` (not a pilot), `Refused` (`roll_call_closed`) and `Unavailable`.
    """
    migration_id = await pilots_iteration(services, caller, iteration_id, "Closing the roll-call")
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
