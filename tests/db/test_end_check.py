"""What is said to be open before an iteration is completed; and that a sleeping successor says that it sleeps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text

from tests.world import World, plan_of, step
from tminus.runbook.commands.decision_ask import AskPoll, ask_poll
from tminus.runbook.commands.impediment_open import OpenImpediment, open_impediment
from tminus.runbook.commands.roll_call import OpenRollCall, open_roll_call
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.impediment import ImpedimentSeverity
from tminus.runbook.queries.end_check import end_check
from tminus.runbook.queries.step_detail import step_detail


async def findings(world: World, i: UUID) -> dict[str, tuple[str, str]]:
    async with world.database.read() as connection:
        found = (await end_check(connection, world.people["Priya"], i))["findings"]
    return {one["code"]: (one["severity"], one["sentence"]) for one in found}


async def test_everything_that_is_open_is_named_before_completing(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2")))
    priya = Caller(world.people["Priya"])
    assert await findings(world, i) == {
        "open_steps": (
            "error",
            "2 steps are open: TRT-1, TRT-2. Complete, skip or cancel them first.",
        )
    }
    await world.press("Priya", i, "TRT-1", "activate")
    for code in ("TRT-1", "TRT-2"):
        await world.press("Priya", i, code, "skip", reason="not tonight")
    await open_impediment(
        world.database, priya, OpenImpediment(i, "Storage is slow", ImpedimentSeverity.HIGH)
    )
    arno = world.people["Arno"].id
    assert arno is not None
    await ask_poll(world.services, priya, AskPoll(i, "Go live?", "", [(arno, "sponsor")], 1))
    await open_roll_call(world.services, priya, OpenRollCall(i))
    async with world.database.engine.begin() as connection:
        told = await connection.execute(
            text("UPDATE outbox SET status = 'uncertain' WHERE iteration_id = :i AND step_id IS NOT NULL"),
            {"i": i},
        )
    found = await findings(world, i)
    assert set(found) == {"open_impediments", "open_decisions", "open_roll_call", "undelivered_messages"}
    assert {severity for severity, _ in found.values()} == {"warning"}
    assert found["open_impediments"][1] == "1 impediment is open: 1 Storage is slow (HIGH)."
    assert found["open_decisions"][1] == "1 decision is not decided: “Go live?”."
    assert "by Priya: 1 of 1 teams have not answered." in found["open_roll_call"][1]
    assert found["undelivered_messages"][1].startswith(f"{told.rowcount} message")
    await world.move("Priya", i, "complete")


async def test_nothing_open_says_nothing(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await world.press("Priya", i, "TRT-1", "skip", reason="not tonight")
    assert await findings(world, i) == {}


async def links(world: World, i: UUID, code: str, which: str) -> list[tuple[str, bool]]:
    async with world.database.read() as connection:
        detail: dict[str, Any] = await step_detail(connection, world.people["Priya"], i, code)
    return [(one["code"], one["dormant"]) for one in detail[which]]


async def test_a_rollback_successor_says_that_it_sleeps_until_it_is_woken(world: World) -> None:
    i = await world.iteration(
        plan_of(step("TRT-1"), step("TRT-2", "TRT-1"), rollback=(step("TRT-8", "TRT-1"),))
    )
    assert await links(world, i, "TRT-1", "successors") == [("TRT-2", False), ("TRT-8", True)]
    assert await links(world, i, "TRT-8", "predecessorRows") == [("TRT-1", False)]
    await world.move("Priya", i, "back-out", reason="stock is wrong")
    assert await links(world, i, "TRT-1", "successors") == [("TRT-2", False), ("TRT-8", False)]
