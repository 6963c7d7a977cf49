"""Links between steps, chapters and macro-phases on a real night: what they hold, and when they let go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.world import NIGHT, World, step
from tminus.kernel.errors import Refused
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.domain.moment import parse_moment
from tminus.runbook.domain.plan import Chapter, Dependency, LinkKind, MacroPhase, Plan, Step
from tminus.runbook.queries.board import board
from tminus.runbook.queries.step_detail import step_detail

FS, SS, FF, SF = LinkKind.FS, LinkKind.SS, LinkKind.FF, LinkKind.SF


def chapters(*parts: Chapter) -> Plan:
    """A plan of one macro-phase."""
    return Plan("Plan", macro_phases=(MacroPhase("PH", "All", parts),))


def chapter(code: str, *steps: Step, after: tuple[Dependency, ...] = ()) -> Chapter:
    return Chapter(code, f"Chapter {code}", steps=steps, after=after)


async def states(world: World, iteration_id: UUID) -> dict[str, str]:
    async with world.database.read() as connection:
        found = await board(connection, world.people["Priya"], iteration_id)
    return {row["code"]: row["state"] for row in found["steps"]}


async def detail(world: World, iteration_id: UUID, code: str) -> dict[str, Any]:
    async with world.database.read() as connection:
        return await step_detail(connection, world.people["Priya"], iteration_id, code)


async def done(world: World, iteration_id: UUID, *codes: str) -> None:
    for code in codes:
        await world.press("Priya", iteration_id, code, "start")
        await world.press("Priya", iteration_id, code, "complete")


async def test_a_chapter_waits_for_all_of_another(world: World) -> None:
    first = chapter("A1", step("TRT-1"), step("TRT-2"))
    then = chapter("B1", step("TRT-3"), step("TRT-4", "TRT-3"), after=(Dependency("A1"),))
    i = await world.iteration(chapters(first, then))
    assert await states(world, i) == {
        "TRT-1": "ready",
        "TRT-2": "ready",
        "TRT-3": "not_ready",
        "TRT-4": "not_ready",
    }
    await done(world, i, "TRT-1")
    (held,) = (await detail(world, i, "TRT-3"))["blockedBy"]
    assert held["sentence"] == (
        "Its chapter B1 waits for chapter A1 “Chapter A1” to be done, of which 1 of 2 steps are not done"
    )
    assert (held["code"], held["level"], held["kind"]) == ("A1", "chapter", "FS")
    with pytest.raises(Refused, match="its chapter B1 waits for chapter A1"):
        await world.press("Priya", i, "TRT-3", "start")
    await done(world, i, "TRT-2")
    assert (await states(world, i))["TRT-3"] == "ready"


async def test_a_macro_phase_opens_what_is_in_its_chapters(world: World) -> None:
    plan = Plan(
        "Plan",
        macro_phases=(
            MacroPhase("ONE", "First", (chapter("A1", step("TRT-1")), chapter("A2", step("TRT-2")))),
            MacroPhase("TWO", "Then", (chapter("B1", step("TRT-3")),), after=(Dependency("ONE"),)),
        ),
    )
    i = await world.iteration(plan)
    await done(world, i, "TRT-1")
    assert (await states(world, i))["TRT-3"] == "not_ready"
    await world.press("Priya", i, "TRT-2", "skip", reason="not tonight")
    assert (await states(world, i))["TRT-3"] == "ready"


async def test_a_chapter_begins_with_its_first_step(world: World) -> None:
    watch = chapter("B1", step("TRT-2"), after=(Dependency("A1", SS, 600),))
    i = await world.iteration(chapters(chapter("A1", step("TRT-1"), step("TRT-9")), watch))
    await world.press("Priya", i, "TRT-1", "start")
    assert (await states(world, i))["TRT-2"] == "not_ready"
    assert "A lag opens it at" in (await detail(world, i, "TRT-2"))["blockedBy"][0]["sentence"]
    await world.at(NIGHT + timedelta(minutes=10))
    assert await open_due_steps(world.services) == 1
    assert await open_due_steps(world.services) == 0
    assert (await states(world, i))["TRT-2"] == "ready"


async def test_ff_holds_the_end_of_a_step(world: World) -> None:
    plan = chapters(chapter("A1", step("TRT-1"), step("TRT-2", Dependency("TRT-1", FF))))
    i = await world.iteration(plan)
    await done(world, i, "TRT-2")
    assert (await states(world, i))["TRT-2"] == "verifying"
    (held,) = (await detail(world, i, "TRT-2"))["blockedBy"]
    assert held["sentence"] == (
        "Its end waits for TRT-1 “Step TRT-1”, which is ready but not begun since 21:30 CET (Databases)"
    )
    await done(world, i, "TRT-1")
    assert (await states(world, i))["TRT-2"] == "complete"


async def test_what_completes_itself_lets_on_what_comes_after_it(world: World) -> None:
    chain = step("TRT-2", Dependency("TRT-1", FF)), step("TRT-3", Dependency("TRT-2", FF))
    i = await world.iteration(chapters(chapter("A1", step("TRT-1"), *chain, step("TRT-4", "TRT-3"))))
    await done(world, i, "TRT-3", "TRT-2", "TRT-1")
    assert await states(world, i) == {
        "TRT-1": "complete",
        "TRT-2": "complete",
        "TRT-3": "complete",
        "TRT-4": "ready",
    }


async def test_sf_holds_the_end_until_the_other_begins(world: World) -> None:
    plan = chapters(chapter("A1", step("TRT-1"), step("TRT-2", Dependency("TRT-1", SF, 300))))
    i = await world.iteration(plan)
    await done(world, i, "TRT-2")
    await world.press("Priya", i, "TRT-1", "start")
    assert (await states(world, i))["TRT-2"] == "verifying"
    await world.at(NIGHT + timedelta(minutes=5))
    await open_due_steps(world.services)
    assert (await states(world, i))["TRT-2"] == "complete"


async def test_ss_stays_satisfied_whatever_follows(world: World) -> None:
    plan = chapters(chapter("A1", step("TRT-1"), step("TRT-2", Dependency("TRT-1", SS))))
    i = await world.iteration(plan)
    await world.press("Priya", i, "TRT-1", "start")
    await world.press("Priya", i, "TRT-1", "fail", reason="disk full")
    await world.press("Priya", i, "TRT-1", "retry")
    assert (await states(world, i))["TRT-2"] == "ready"


async def test_ff_into_a_chapter_holds_those_who_wait_for_it(world: World) -> None:
    a = chapter("A1", step("TRT-1"))
    b = chapter("B1", step("TRT-2"), after=(Dependency("A1", FF, 60),))
    c = chapter("C1", step("TRT-3", Dependency("B1")))
    i = await world.iteration(chapters(a, b, c))
    await done(world, i, "TRT-2")
    assert (await states(world, i))["TRT-2"] == "complete"
    (held,) = (await detail(world, i, "TRT-3"))["blockedBy"]
    assert held["sentence"] == "It waits for chapter B1 “Chapter B1” to be done, whose own end is still held"
    await done(world, i, "TRT-1")
    assert (await states(world, i))["TRT-3"] == "not_ready"
    await world.at(NIGHT + timedelta(seconds=60))
    await open_due_steps(world.services)
    assert (await states(world, i))["TRT-3"] == "ready"


async def test_a_fixed_start_locks_and_the_ticker_opens_it_once(world: World) -> None:
    locked = step("TRT-2", "TRT-1", fixed_start=parse_moment("T+1h"))
    i = await world.iteration(chapters(chapter("A1", step("TRT-1"), locked)))
    await done(world, i, "TRT-1")
    assert (await states(world, i))["TRT-2"] == "not_ready"
    (held,) = (await detail(world, i, "TRT-2"))["blockedBy"]
    assert held["sentence"] == "It is locked until 22:30 CET, its fixed start"
    await world.at(NIGHT + timedelta(minutes=59))
    assert await open_due_steps(world.services) == 0
    await world.at(NIGHT + timedelta(hours=5))
    assert await open_due_steps(world.services) == 1
    await world.at(NIGHT + timedelta(minutes=30))
    assert await open_due_steps(world.services) == 0
    assert (await states(world, i))["TRT-2"] == "ready"


async def test_links_lead_through_what_is_out_of_scope(world: World) -> None:
    middle = step("TRT-2", Dependency("TRT-1", FS, 300), scope=("cutover",))
    plan = chapters(chapter("A1", step("TRT-1"), middle, step("TRT-3", Dependency("TRT-2", FS, 300))))
    i = await world.iteration(plan, "RUN1")
    await done(world, i, "TRT-1")
    for minutes, expected in ((5, "not_ready"), (10, "ready")):
        await world.at(NIGHT + timedelta(minutes=minutes))
        await open_due_steps(world.services)
        assert (await states(world, i))["TRT-3"] == expected
    async with world.database.read() as connection:
        found = await board(connection, world.people["Priya"], i)
    assert found["iteration"]["progress"]["total"] == 2
    assert [row["inScope"] for row in found["steps"]] == [True, False, True]


async def test_what_is_out_of_scope_is_no_open_step(world: World) -> None:
    plan = chapters(chapter("A1", step("TRT-1"), step("TRT-2", scope=("cutover",)), step("TRT-3")))
    i = await world.iteration(plan, "RUN1")
    await done(world, i, "TRT-1")
    with pytest.raises(Refused, match="has 1 open step: TRT-3"):
        await world.move("Priya", i, "complete")


async def test_scope_that_leaves_nothing_is_refused_and_leaves_nothing(world: World) -> None:
    plan = chapters(chapter("A1", step("TRT-1", scope=("cutover",))))
    with pytest.raises(Refused, match="is part of RUN1, a run"):
        await world.iteration(plan, "RUN1")
    async with world.database.read() as connection:
        left = (await connection.execute(text("SELECT count(*) FROM iterations"))).scalar_one()
    assert left == 0
