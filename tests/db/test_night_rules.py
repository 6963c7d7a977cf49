"""The state table beyond the straight way: blocked, taken back, reopened, overridden, waived, told late, cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from tests.db.test_levels import FF, SS, chapter, chapters, detail, done, states
from tests.world import NIGHT, World, plan_of, step, tasks
from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.platform.eventlog.store import read_iteration
from tminus.runbook.domain.plan import Dependency


async def row(world: World, iteration_id: object, code: str) -> Any:
    async with world.database.read() as connection:
        found = await connection.execute(
            text("SELECT * FROM iteration_steps WHERE iteration_id = :i AND code = :code"),
            {"i": iteration_id, "code": code},
        )
        return found.one()


async def types(world: World, iteration_id: Any) -> list[str]:
    async with world.database.read() as connection:
        return [entry.type for entry in await read_iteration(connection, iteration_id, 0)]


async def test_blocked_goes_back_to_where_it_was(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1")))
    await world.press("Dana", i, "TRT-1", "start")
    soon = NIGHT + timedelta(minutes=20)
    with pytest.raises(Invalid, match="takes a reason"):
        await world.press("Dana", i, "TRT-1", "block")
    with pytest.raises(Invalid, match="not in the future"):
        await world.press("Dana", i, "TRT-1", "block", reason="no disk", expected_at=NIGHT)
    await world.press("Dana", i, "TRT-1", "block", reason="no disk", expected_at=soon)
    held = await row(world, i, "TRT-1")
    assert (held.state, held.blocked_from, held.expected_at, held.reason) == (
        "blocked",
        "in_progress",
        soon,
        "no disk",
    )
    with pytest.raises(Refused, match="cannot be completed: Dana has reported it blocked"):
        await world.press("Dana", i, "TRT-1", "complete")
    assert (await states(world, i))["TRT-2"] == "not_ready"
    await world.press("Dana", i, "TRT-1", "unblock")
    free = await row(world, i, "TRT-1")
    assert (free.state, free.blocked_from, free.expected_at, free.started_at) == (
        "in_progress",
        None,
        None,
        NIGHT,
    )


async def test_blocked_before_it_began_goes_back_to_activated(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await world.press("Priya", i, "TRT-1", "activate")
    await world.press("Dana", i, "TRT-1", "block", reason="no key")
    await world.press("Priya", i, "TRT-1", "unblock")
    assert (await states(world, i))["TRT-1"] == "activated"


async def test_a_team_takes_a_step_once(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    with pytest.raises(Refused, match="cannot be taken"):
        await world.press("Dana", i, "TRT-1", "taken")
    await world.press("Priya", i, "TRT-1", "activate")
    await world.press("Dana", i, "TRT-1", "taken")
    assert (await row(world, i, "TRT-1")).taken_by == "Dana"
    with pytest.raises(Refused, match="Dana has had TRT-1 since 21:30 CET"):
        await world.press("Priya", i, "TRT-1", "taken")


async def test_ones_own_done_is_taken_back_within_a_minute(world: World) -> None:
    i = await world.iteration(
        plan_of(step("TRT-1", tasks=tasks("TRT-1", 1)), step("DUM-2", "TRT-1"), step("TRT-3", "DUM-2"))
    )
    await world.press("Dana", i, "TRT-1", "start")
    await world.at(NIGHT + timedelta(minutes=5))
    await world.press("Dana", i, "TRT-1", "complete")
    assert (await states(world, i))["TRT-1"] == "verifying"
    with pytest.raises(Refused, match="only the doer"):
        await world.press("Priya", i, "TRT-1", "undo")
    await world.at(NIGHT + timedelta(minutes=5, seconds=59))
    await world.press("Dana", i, "TRT-1", "undo")
    again = await row(world, i, "TRT-1")
    assert (again.state, again.attempt, again.started_at, again.start_carried, again.work_ended_at) == (
        "in_progress",
        2,
        NIGHT,
        True,
        None,
    )
    await world.press("Dana", i, "TRT-1", "complete")
    await world.at(NIGHT + timedelta(minutes=7))
    with pytest.raises(Refused, match="more than 60 seconds ago"):
        await world.press("Dana", i, "TRT-1", "undo")


async def test_going_back_is_refused_once_a_successor_began_and_milestones_fall_back(world: World) -> None:
    plan = plan_of(step("TRT-1"), step("DUM-2", "TRT-1"), step("TRT-3", "DUM-2"))
    i = await world.iteration(plan)
    await done(world, i, "TRT-1")
    assert await states(world, i) == {"TRT-1": "complete", "DUM-2": "complete", "TRT-3": "ready"}
    await world.press("Priya", i, "TRT-1", "reopen", reason="wrong file")
    assert await states(world, i) == {"TRT-1": "ready", "DUM-2": "not_ready", "TRT-3": "not_ready"}
    await done(world, i, "TRT-1")
    await world.press("Priya", i, "TRT-3", "start")
    for who, action in (("Priya", "reopen"), ("Priya", "undo")):
        with pytest.raises(Refused, match="TRT-3 came after it and has begun"):
            await world.press(who, i, "TRT-1", action, reason="again")
    await world.press("Priya", i, "TRT-3", "fail", reason="no")
    with pytest.raises(Refused, match="has begun"):
        await world.press("Priya", i, "TRT-1", "reopen", reason="again")


async def test_a_chapter_that_began_after_holds_what_came_before(world: World) -> None:
    then = chapter("B1", step("TRT-3"), after=(Dependency("A1"),))
    i = await world.iteration(chapters(chapter("A1", step("TRT-1"), step("TRT-2")), then))
    await done(world, i, "TRT-1", "TRT-2")
    await world.press("Priya", i, "TRT-1", "reopen", reason="again")
    assert (await states(world, i))["TRT-3"] == "not_ready"
    await done(world, i, "TRT-1")
    await world.press("Priya", i, "TRT-3", "start")
    with pytest.raises(Refused, match="TRT-3 came after it"):
        await world.press("Priya", i, "TRT-2", "reopen", reason="again")


async def test_what_only_waits_with_its_end_does_not_keep_from_going_back(world: World) -> None:
    plan = chapters(chapter("A1", step("TRT-1"), step("TRT-2", Dependency("TRT-1", FF))))
    i = await world.iteration(plan)
    await world.press("Priya", i, "TRT-2", "start")
    await done(world, i, "TRT-1")
    await world.press("Priya", i, "TRT-1", "undo")
    await world.press("Priya", i, "TRT-2", "complete")
    assert (await states(world, i))["TRT-2"] == "verifying"


async def test_a_new_attempt_forgets_and_the_old_one_is_kept(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", tasks=tasks("TRT-1", 2))))
    await world.press("Priya", i, "TRT-1", "activate")
    await world.press("Dana", i, "TRT-1", "taken")
    await world.press("Priya", i, "TRT-1", "skip", reason="not tonight")
    await world.press("Priya", i, "TRT-1", "reopen", reason="after all")
    again = await row(world, i, "TRT-1")
    assert (again.state, again.attempt, again.taken_at, again.activated_at, again.ended_at) == (
        "ready",
        2,
        None,
        None,
        None,
    )
    (old,) = (await detail(world, i, "TRT-1"))["attempts"]
    assert (old["attempt"], old["outcome"]) == (1, "skipped")


async def test_told_late_keeps_both_stamps(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1")))
    await world.press("Dana", i, "TRT-1", "start")
    told, happened = NIGHT + timedelta(minutes=40), NIGHT + timedelta(minutes=10)
    await world.at(told)
    with pytest.raises(Invalid, match="still to come"):
        await world.press("Dana", i, "TRT-1", "complete", happened_at=told + timedelta(seconds=1), reason="x")
    with pytest.raises(Invalid, match="TRT-1 was started at 21:30 CET; this cannot have happened before"):
        await world.press(
            "Dana", i, "TRT-1", "complete", happened_at=NIGHT - timedelta(seconds=1), reason="x"
        )
    with pytest.raises(Invalid, match="To report late takes a reason"):
        await world.press("Dana", i, "TRT-1", "complete", happened_at=happened)
    await world.press("Dana", i, "TRT-1", "complete", happened_at=happened, reason="on the phone")
    late = await row(world, i, "TRT-1")
    assert (late.ended_at, late.end_told_at, late.late_reason) == (happened, told, "on the phone")
    assert (await row(world, i, "TRT-2")).ready_at == told
    with pytest.raises(Invalid, match="TRT-2 turned ready at 22:10 CET"):
        await world.press("Dana", i, "TRT-2", "start", happened_at=happened, reason="x")


async def test_told_late_it_did_not_end_before_what_held_its_end(world: World) -> None:
    i = await world.iteration(chapters(chapter("A1", step("TRT-1"), step("TRT-2", Dependency("TRT-1", FF)))))
    await world.press("Priya", i, "TRT-1", "start")
    await world.press("Priya", i, "TRT-2", "start")
    ended = NIGHT + timedelta(minutes=20)
    await world.at(ended)
    await world.press("Priya", i, "TRT-1", "complete")
    await world.at(NIGHT + timedelta(minutes=30))
    early = NIGHT + timedelta(minutes=5)
    await world.press("Priya", i, "TRT-2", "complete", happened_at=early, reason="forgot")
    late = await row(world, i, "TRT-2")
    assert (late.work_ended_at, late.ended_at) == (early, ended)


async def test_an_override_starts_what_is_not_ready_and_shows_for_ever(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1")))
    with pytest.raises(Forbidden):
        await world.press("Dana", i, "TRT-2", "override", reason="now")
    await world.press("Priya", i, "TRT-2", "override", reason="the window closes")
    forced = await row(world, i, "TRT-2")
    assert (forced.state, forced.override_by, forced.override_reason, forced.ready_at) == (
        "in_progress",
        "Priya",
        "the window closes",
        NIGHT,
    )
    assert (await types(world, i))[-1] == "step.overridden"


async def test_one_dependency_is_waived_and_the_others_hold(world: World) -> None:
    plan = plan_of(step("TRT-1"), step("TRT-2"), step("TRT-3", "TRT-1", "TRT-2"))
    i = await world.iteration(plan)
    with pytest.raises(Invalid, match="takes its predecessor"):
        await world.press("Priya", i, "TRT-3", "waive", reason="not needed")
    with pytest.raises(Refused, match="TRT-3 itself does not wait for TRT-9"):
        await world.press("Priya", i, "TRT-3", "waive", reason="not needed", predecessor="TRT-9")
    await world.press("Priya", i, "TRT-3", "waive", reason="not needed", predecessor="TRT-1")
    view = await detail(world, i, "TRT-3")
    assert [one["code"] for one in view["blockedBy"]] == ["TRT-2"]
    assert [(one["code"], one["waived"]) for one in view["predecessors"]] == [
        ("TRT-1", True),
        ("TRT-2", False),
    ]
    await done(world, i, "TRT-2")
    assert (await states(world, i))["TRT-3"] == "ready"


async def test_a_waived_end_lets_a_step_complete_itself(world: World) -> None:
    plan = chapters(
        chapter("A1", step("TRT-1"), step("TRT-2", Dependency("TRT-1", FF)), step("TRT-3", "TRT-2"))
    )
    i = await world.iteration(plan)
    await done(world, i, "TRT-2")
    await world.press("Priya", i, "TRT-2", "waive", reason="not needed", predecessor="TRT-1")
    assert (await states(world, i))["TRT-2"] == "complete"
    assert (await states(world, i))["TRT-3"] == "ready"


async def test_cancelled_holds_and_skipped_lets_go(world: World) -> None:
    plan = chapters(
        chapter("A1", step("TRT-1"), step("TRT-2", "TRT-1"), step("TRT-3", Dependency("TRT-1", SS)))
    )
    i = await world.iteration(plan)
    await world.press("Priya", i, "TRT-1", "start")
    await world.press("Priya", i, "TRT-1", "cancel", reason="wrong plan")
    assert await states(world, i) == {"TRT-1": "cancelled", "TRT-2": "not_ready", "TRT-3": "ready"}
    await world.press("Priya", i, "TRT-1", "reopen", reason="right after all")
    await world.press("Priya", i, "TRT-1", "skip", reason="no")
    assert (await states(world, i))["TRT-2"] == "ready"


async def test_a_checkpoint_is_not_skipped_by_one_alone(world: World) -> None:
    i = await world.iteration(plan_of(step("CHK-1"), step("TRT-2", "CHK-1")))
    await world.press("Priya", i, "CHK-1", "skip", reason="no time")
    assert (await states(world, i))["CHK-1"] == "ready"
