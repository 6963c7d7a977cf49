"""What waits behind a cancelled step stands in the Now list, with what would let it go; and only that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.world import NIGHT, World, plan_of, step
from tminus.runbook.domain.neighbourhood import holds
from tminus.runbook.domain.plan import Chapter, Dependency, LinkKind, MacroPhase, Plan
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step
from tminus.runbook.queries.now import now_list
from tminus.runbook.store.execution import load_network

SS, FF, SF = LinkKind.SS, LinkKind.FF, LinkKind.SF


async def stuck(world: World, i: UUID) -> dict[str, str]:
    """Codes and reasons of what the list says is stuck."""
    async with world.database.read() as connection:
        items: list[dict[str, Any]] = (await now_list(connection, world.people["Priya"], i))["items"]
    return {line["code"]: line["reason"] for line in items if line["why"] == "stuck"}


async def held_by_cancelled(world: World, i: UUID) -> set[str]:
    """The same, by the rule that the steps themselves follow."""
    async with world.database.read() as connection:
        network = await load_network(connection, i)
    found = set()
    for one in network.steps.values():
        for link in holds(network, one, NIGHT):
            node = network.node(link.predecessor)
            if isinstance(node, Step) and node.state is StepState.CANCELLED:
                found.add(one.code)
    return found


async def test_who_waits_for_a_cancelled_step_is_told_what_would_let_it_go(world: World) -> None:
    plan = plan_of(
        step("TRT-1"),
        step("TRT-2", "TRT-1"),
        step("TRT-3", "TRT-2"),
        rollback=(step("TRT-9", "TRT-1"),),
    )
    i = await world.iteration(plan)
    assert await stuck(world, i) == {}
    await world.press("Priya", i, "TRT-1", "cancel", reason="Not this time")
    reason = (
        "TRT-1 was cancelled: this can never become ready unless TRT-1 is reopened, the link is waived, or this is"
        " cancelled too."
    )
    assert await stuck(world, i) == {"TRT-2": reason}
    await world.press("Priya", i, "TRT-2", "waive", reason="Done by hand", predecessor="TRT-1")
    assert await stuck(world, i) == {}


async def test_every_kind_of_link_holds_as_the_steps_say_themselves(world: World) -> None:
    plan = plan_of(
        step("TRT-1"),  # begins, and is cancelled then
        step("TRT-2"),  # is cancelled before
        *(
            step(f"TRT-{kind}{n}", Dependency(f"TRT-{n}", kind))
            for n in (1, 2)
            for kind in (LinkKind.FS, SS, FF, SF)
        ),
        step("DUM-1", Dependency("TRT-2", FF)),
        step("TRT-5", "TRT-1", "TRT-2"),
    )
    i = await world.iteration(plan)
    await world.press("Priya", i, "TRT-1", "start")
    for code in ("TRT-FF2", "TRT-SF2"):  # their work is done, and their end is held
        await world.press("Priya", i, code, "start")
        await world.press("Priya", i, code, "complete")
    for code in ("TRT-1", "TRT-2"):
        await world.press("Priya", i, code, "cancel", reason="No")
    found = await stuck(world, i)
    assert set(found) == await held_by_cancelled(world, i)
    assert set(found) == {"TRT-FS1", "TRT-FS2", "TRT-SS2", "TRT-FF2", "TRT-SF2", "DUM-1", "TRT-5"}
    assert found["TRT-5"].startswith(
        "TRT-1, TRT-2 were cancelled: this can never become ready unless they are"
    )
    assert found["TRT-FF2"].startswith("TRT-2 was cancelled: this can never be complete unless")


async def test_a_chapter_behind_a_cancelled_step_is_stood_for_by_its_first_steps(world: World) -> None:
    first = Chapter("A1", "First", steps=(step("TRT-1"), step("TRT-2")))
    then = Chapter("B1", "Then", steps=(step("TRT-3"), step("TRT-4", "TRT-3")), after=(Dependency("A1"),))
    i = await world.iteration(Plan("Plan", macro_phases=(MacroPhase("PH", "All", (first, then)),)))
    await world.press("Priya", i, "TRT-2", "cancel", reason="No")
    assert set(await stuck(world, i)) == {"TRT-3"}


async def test_a_back_out_leaves_nothing_stuck(world: World) -> None:
    i = await world.iteration(
        plan_of(step("TRT-1"), step("TRT-2", "TRT-1"), rollback=(step("TRT-9", "TRT-1"),))
    )
    await world.press("Priya", i, "TRT-1", "cancel", reason="No")
    await world.move("Priya", i, "back-out", reason="Turn back")
    assert await stuck(world, i) == {}
