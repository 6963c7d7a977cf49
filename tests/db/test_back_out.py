"""Turning back: what has not started is cancelled, what runs stays, and the rollback chapters wake."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.db.test_levels import chapter, chapters, detail, done, states
from tests.world import World, plan_of, step
from tminus.kernel.errors import Invalid, Refused
from tminus.runbook.domain.plan import Chapter, Dependency, Plan
from tminus.runbook.domain.state import Comms
from tminus.runbook.queries.iteration import iteration_view
from tminus.runbook.queries.migrations import migration_view
from tminus.runbook.queries.rollup import rollup
from tminus.runbook.store.forecasts import save_forecast


def with_rollback() -> Plan:
    forward = chapter("A1", step("TRT-1"), step("TRT-2", "TRT-1"), step("TRT-3", "TRT-2"))
    back = Chapter(
        "R1",
        "Back",
        rollback=True,
        steps=(step("TRT-8", "TRT-1"), step("TRT-9", "TRT-8")),
        after=(Dependency("A1"),),
    )
    return chapters(forward, back)


async def test_a_back_out_wakes_what_slept(world: World) -> None:
    i = await world.iteration(with_rollback())
    await done(world, i, "TRT-1")
    await world.press("Priya", i, "TRT-2", "start")
    async with world.database.read() as connection:
        before = await iteration_view(connection, world.people["Priya"], i)
    assert before["progress"]["total"] == 3
    with pytest.raises(Invalid, match="To back out takes a reason"):
        await world.move("Priya", i, "back-out")
    await world.move("Priya", i, "back-out", reason="stock is wrong")
    assert await states(world, i) == {
        "TRT-1": "complete",
        "TRT-2": "in_progress",
        "TRT-3": "cancelled",
        "TRT-8": "ready",
        "TRT-9": "not_ready",
    }
    async with world.database.read() as connection:
        after = await iteration_view(connection, world.people["Priya"], i)
    assert (after["state"], after["progress"]["total"]) == ("backing_out", 5)
    assert after["progress"]["counts"] == {
        "cancelled": 1,
        "complete": 1,
        "in_progress": 1,
        "not_ready": 1,
        "ready": 1,
    }
    with pytest.raises(Refused, match="3 open steps: TRT-2, TRT-8, TRT-9"):
        await world.move("Priya", i, "complete")
    await world.press("Priya", i, "TRT-2", "fail", reason="stopped")
    await world.press("Priya", i, "TRT-2", "cancel", reason="stopped")
    await done(world, i, "TRT-8", "TRT-9")
    await world.move("Priya", i, "complete")
    async with world.database.read() as connection:
        ended = await iteration_view(connection, world.people["Priya"], i)
    assert (ended["state"], ended["allowedActions"]) == ("backed_out", ["close"])
    await world.move("Priya", i, "close")


async def test_what_holds_the_way_back_is_only_the_way_back(world: World) -> None:
    i = await world.iteration(with_rollback())
    await world.move("Priya", i, "hold", reason="look")
    await world.move("Priya", i, "back-out", reason="no")
    assert (await detail(world, i, "TRT-8"))["blockedBy"] == []
    (held,) = (await detail(world, i, "TRT-9"))["blockedBy"]
    assert held["code"] == "TRT-8"


async def test_a_rollback_step_activates_itself_on_the_way_back(world: World) -> None:
    back = Chapter("R1", "Back", rollback=True, steps=(replace(step("TRT-9"), auto_activate=True),))
    i = await world.iteration(chapters(chapter("A1", step("TRT-1")), back))
    await world.move("Priya", i, "back-out", reason="no")
    assert (await states(world, i))["TRT-9"] == "activated"


async def test_what_never_went_live_is_abandoned(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")), live=False)
    await world.move("Priya", i, "abandon", reason="another date")
    with pytest.raises(Refused, match="abandoned since"):
        await world.move("Priya", i, "start")


async def test_a_night_that_is_over_is_closed(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await done(world, i, "TRT-1")
    with pytest.raises(Refused, match="must be backed out or complete"):
        await world.move("Priya", i, "close")
    await world.move("Priya", i, "complete")
    await world.move("Priya", i, "close")
    with pytest.raises(Refused, match="is closed, not live"):
        await world.press("Priya", i, "TRT-1", "reopen", reason="again")


async def test_a_start_says_after_how_long_people_are_told(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")), live=False)
    await world.move("Priya", i, "start", comms=Comms.OFF, take_seconds=120, upcoming_seconds=1800)
    async with world.database.read() as connection:
        view = await iteration_view(connection, world.people["Priya"], i)
    assert (view["takeSeconds"], view["upcomingSeconds"]) == (120, 1800)


async def test_on_the_way_back_nothing_is_green(world: World) -> None:
    i = await world.iteration(with_rollback())
    priya = world.people["Priya"]
    async with world.database.engine.begin() as connection:
        await save_forecast(connection, i, 1_000, datetime(2030, 1, 1, tzinfo=UTC), b"", 0.999)
    async with world.database.read() as connection:
        assert (await rollup(connection, priya, i))["iteration"]["rag"]["color"] == "green"
    await world.move("Priya", i, "back-out", reason="stock is wrong")
    async with world.database.read() as connection:
        here = (await rollup(connection, priya, i))["iteration"]["rag"]
        whole = (await migration_view(connection, priya, world.migration_id))["rag"]
    assert here["color"] == whole["color"] == "grey"
    assert "the way back ends inside the window is above 99 %" in here["reason"]
    assert whole["reason"] == f"CUTOVER: {here['reason']}"
