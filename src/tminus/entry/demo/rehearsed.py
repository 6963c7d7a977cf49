"""Rehearsals that the demo has behind it: a run and a dress rehearsal, played from their first step to their last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from tminus.entry.bootstrap import Parts
from tminus.entry.demo.night import Actors, Night, set_clock
from tminus.entry.demo.script import Script
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.iteration import IterationCommand, act_on_iteration
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.domain.state import Comms, IterationAction, IterationKind

LONGEST = timedelta(days=6)
"""No rehearsal of the demo goes on for longer; the next one begins later than that."""
_DUE = text("SELECT min(opens_at) FROM iteration_steps WHERE iteration_id = :iteration")
_THERE = text("SELECT id FROM iterations WHERE migration_id = :migration AND name = :name")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One rehearsal: what it is called, when it began, and what went otherwise in it."""

    name: str
    kind: IterationKind
    begin: datetime
    script: Script
    seed: int


async def rehearse(
    parts: Parts, migration_id: UUID, version_id: UUID, actors: Actors, one: Rehearsal
) -> None:
    """Make a rehearsal with its whole night, unless there is one of that name; the clock stays where it ended."""
    async with parts.database.read() as connection:
        wanted = {"migration": migration_id, "name": one.name}
        if (await connection.execute(_THERE, wanted)).first():
            return
    await set_clock(parts, one.begin - timedelta(days=2))
    pilot = Caller(actors.pilot)
    new = CreateIteration(version_id, one.name, one.kind, one.begin)
    iteration = await create_iteration(parts.runbook, pilot, new)
    await act_on_iteration(parts.runbook, pilot, IterationCommand(iteration, IterationAction.SCHEDULE))
    await set_clock(parts, one.begin)
    start = IterationCommand(iteration, IterationAction.START, comms=Comms.OFF)
    await act_on_iteration(parts.runbook, pilot, start)
    await _to_the_end(parts, Night(parts, iteration, actors, one.seed, one.script), one.begin)
    await act_on_iteration(parts.runbook, pilot, IterationCommand(iteration, IterationAction.COMPLETE))


async def _to_the_end(parts: Parts, night: Night, begin: datetime) -> None:
    """Play while anybody has something to do, and where nobody has, go on to the next step that time opens."""
    now: datetime | None = begin
    while now is not None:
        await night.play(now, begin + LONGEST)
        async with parts.database.read() as connection:
            due = await connection.execute(_DUE, {"iteration": night.iteration_id})
        now = due.scalar_one()
        if now is not None:
            await set_clock(parts, now)
            await open_due_steps(parts.runbook)
