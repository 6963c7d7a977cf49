"""A migration ends by somebody's word, once none of its iterations is open; and it can be reopened."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.world import NIGHT, World, insert_plan, plan_of, step
from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Person
from tminus.platform.eventlog.store import read_stream
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.migration_status import MigrationCommand, act_on_migration
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.migration import MigrationAction
from tminus.runbook.domain.state import IterationKind
from tminus.runbook.queries.migrations import migration_view

PLAN = plan_of(step("TRT-1"))


async def say(
    world: World, who: str | Person, action: str, reason: str = "", version: int | None = None
) -> None:
    """Let somebody say something of the migration as a whole."""
    person = world.people[who] if isinstance(who, str) else who
    command = MigrationCommand(world.migration_id, MigrationAction(action), version, reason)
    await act_on_migration(world.services, Caller(person), command)


async def look(world: World, who: str = "Priya") -> dict[str, Any]:
    async with world.database.read() as connection:
        return await migration_view(connection, world.people[who], world.migration_id)


async def ended(world: World, name: str = "CUTOVER") -> None:
    """Run an iteration to its end."""
    i = await world.iteration(PLAN, name)
    await world.press("Priya", i, "TRT-1", "skip", reason="not needed")
    await world.move("Priya", i, "complete")


async def test_it_is_completed_once_nothing_is_open_and_the_log_says_by_whom(world: World) -> None:
    assert (await look(world))["allowedActions"] == []
    with pytest.raises(Refused) as early:
        await say(world, "Priya", "complete")
    assert early.value.code == "wrong_status"
    await ended(world)
    seen = await look(world)
    assert (seen["status"], seen["allowedActions"]) == ("in_progress", ["complete", "fail"])
    assert (await look(world, "Dana"))["allowedActions"] == []
    await say(world, "Priya", "complete", "All is moved.", seen["version"])
    now = await look(world)
    assert (now["status"], now["statusBy"], now["statusReason"]) == ("completed", "Priya", "All is moved.")
    assert now["allowedActions"] == ["reopen"]
    async with world.database.read() as connection:
        entries = await read_stream(connection, world.migration_id, 0, limit=1000)
    (entry,) = [one for one in entries if one.type == "migration.completed"]
    assert entry.sentence == "Priya completed ERP go-live: All is moved."
    assert (entry.detail["before"]["status"], entry.detail["after"]["status"]) == ("in_progress", "completed")
    with pytest.raises(Refused, match="has changed since you looked"):
        await say(world, "Marco", "reopen", "More is to come.", seen["version"])


@pytest.mark.parametrize("how", ["scheduled", "live", "on_hold", "backing_out"])
@pytest.mark.parametrize("action", ["complete", "fail"])
async def test_an_open_iteration_keeps_it_going_and_is_named(world: World, how: str, action: str) -> None:
    await ended(world, "RUN1")
    i = await world.iteration(PLAN, live=how != "scheduled")
    if how == "on_hold":
        await world.move("Priya", i, "hold", reason="Wait")
    if how == "backing_out":
        await world.move("Priya", i, "back-out", reason="Back")
    assert (await look(world))["allowedActions"] == []
    with pytest.raises(Refused, match="CUTOVER is scheduled or running") as still:
        await say(world, "Priya", action, "It is over.")
    assert still.value.code == "iterations_open"


async def test_failed_and_reopened_take_a_reason_and_while_it_is_over_nothing_begins(world: World) -> None:
    await ended(world, "RUN1")
    made = CreateIteration(await insert_plan(world, PLAN), "CUTOVER", IterationKind.CUTOVER, NIGHT)
    priya = Caller(world.people["Priya"])
    planned = await create_iteration(world.services, priya, made)
    for action in ("fail", "reopen"):
        with pytest.raises((Invalid, Refused)):
            await say(world, "Priya", action, " ")
    await say(world, "Marco", "fail", "The vendor is gone.")
    with pytest.raises(Refused, match=r"has failed, by Marco\. Scheduling CUTOVER was not done") as over:
        await world.move("Priya", planned, "schedule")
    assert over.value.code == "migration_over"
    with pytest.raises(Refused, match="Making RUN2 was not done"):
        await create_iteration(world.services, priya, replace(made, name="RUN2"))
    with pytest.raises(Invalid, match="takes a reason"):
        await say(world, "Priya", "reopen")
    await say(world, "Priya", "reopen", "Another vendor.")
    now = await look(world)
    assert (now["status"], now["statusAt"], now["statusReason"]) == ("in_progress", None, None)
    await world.move("Priya", planned, "schedule")


async def test_pilots_and_admins_say_it_and_nobody_else(world: World) -> None:
    await ended(world)
    for who in ("Dana", "Lena", "Arno", "Vera"):
        with pytest.raises(Forbidden, match="Ending or reopening a migration"):
            await say(world, who, "complete")
    await say(world, Person(new_id(), "Ada", is_admin=True), "complete")
    assert (await look(world))["statusBy"] == "Ada"
