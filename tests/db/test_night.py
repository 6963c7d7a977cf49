"""Stories of one night: what each button does, and what follows by itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from tests.world import NIGHT, World, plan_of, step, tasks
from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.platform.database import Database
from tminus.platform.eventlog.store import read_iteration
from tminus.runbook.commands import step as step_commands
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.task import TaskCommand, tick_task
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.domain.decision import Answer
from tminus.runbook.domain.plan import Dependency
from tminus.runbook.domain.task import TaskMark
from tminus.runbook.queries.board import board


async def states(world: World, iteration_id: object) -> dict[str, str]:
    async with world.database.read() as connection:
        rows = await connection.execute(
            text("SELECT code, state FROM iteration_steps WHERE iteration_id = :i"), {"i": iteration_id}
        )
        return {row.code: row.state for row in rows}


async def test_a_step_goes_its_way_and_frees_its_successors(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1"), step("TRT-3", "TRT-1", "TRT-2")))
    assert await states(world, i) == {"TRT-1": "ready", "TRT-2": "not_ready", "TRT-3": "not_ready"}
    await world.press("Priya", i, "TRT-1", "activate")
    await world.press("Dana", i, "TRT-1", "start")
    done = await world.press("Dana", i, "TRT-1", "complete")
    assert await states(world, i) == {"TRT-1": "complete", "TRT-2": "ready", "TRT-3": "not_ready"}
    assert [entry.type for entry in done.entries] == ["step.completed", "step.ready"]
    async with world.database.read() as connection:
        kept = await read_iteration(connection, i, done.entries[0].prev)
    assert [(entry.actor.name, entry.prev) for entry in kept] == [
        ("Dana", done.entries[0].prev),
        ("system", done.entries[0].seq),
    ]


async def test_not_ready_is_refused_and_says_what_it_waits_for(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1")))
    with pytest.raises(Refused, match="TRT-2 is not ready: it waits for TRT-1 “Step TRT-1”, which is ready"):
        await world.press("Dana", i, "TRT-2", "start")


async def test_of_opposite_buttons_one_wins_and_the_other_is_told(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await world.press("Dana", i, "TRT-1", "start")
    seen = 3  # ready, started: the version both saw

    async def ask(who: str, action: str) -> object:
        return await world.press(who, i, "TRT-1", action, version=seen, reason="no")

    results = await asyncio.gather(ask("Dana", "complete"), ask("Priya", "fail"), return_exceptions=True)
    lost = [one for one in results if isinstance(one, Refused)]
    assert len(lost) == 1, results
    assert lost[0].code == "step_changed"
    assert "21:30 CET" in lost[0].sentence
    assert any(name in lost[0].sentence for name in ("Dana", "Priya"))


async def test_two_predecessors_completed_at_once_always_free_their_successor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes complete A and B at the same instant. Each is made to look slowly, so that both would have
    looked before either wrote if the head were locked any later than first: C would then wait for ever."""
    i = await world.iteration(plan_of(step("TRT-A"), step("TRT-B"), step("TRT-C", "TRT-A", "TRT-B")))
    for code in ("TRT-A", "TRT-B"):
        await world.press("Dana", i, code, "start")
    both_looked = asyncio.Barrier(2)
    keep = step_commands.keep

    async def keep_slowly(*args: Any, **more: Any) -> None:
        with suppress(TimeoutError, asyncio.BrokenBarrierError):
            async with asyncio.timeout(0.5):
                await both_looked.wait()
        await keep(*args, **more)

    monkeypatch.setattr(step_commands, "keep", keep_slowly)
    other = Database(world.database.url, pool_size=2)  # as another process has it
    elsewhere = replace(world, services=replace(world.services, database=other))
    await asyncio.gather(
        world.press("Dana", i, "TRT-A", "complete"), elsewhere.press("Dana", i, "TRT-B", "complete")
    )
    await other.close()
    assert await states(world, i) == {"TRT-A": "complete", "TRT-B": "complete", "TRT-C": "ready"}


async def test_milestones_complete_themselves_through_a_chain(world: World) -> None:
    i = await world.iteration(
        plan_of(step("TRT-1"), step("DUM-2", "TRT-1"), step("DUM-3", "DUM-2"), step("TRT-4", "DUM-3"))
    )
    await world.press("Dana", i, "TRT-1", "start")
    done = await world.press("Dana", i, "TRT-1", "complete")
    assert await states(world, i) == {
        "TRT-1": "complete",
        "DUM-2": "complete",
        "DUM-3": "complete",
        "TRT-4": "ready",
    }
    assert len(done.entries) == 6


async def test_done_with_an_open_required_task_is_verifying_until_the_last_tick(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", tasks=tasks("TRT-1", 2)), step("TRT-2", "TRT-1")))
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    assert (await states(world, i))["TRT-1"] == "verifying"
    caller = Caller(world.people["Dana"])
    for n in (1, 2):
        await tick_task(world.services, caller, TaskCommand(i, "TRT-1", f"TRT-1-{n}", TaskMark.DONE))
    assert await states(world, i) == {"TRT-1": "complete", "TRT-2": "ready"}


async def test_a_gate_closes_by_its_decision_alone(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("IGO-2", "TRT-1"), step("TRT-3", "IGO-2")))
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    with pytest.raises(Refused, match="closes by its decision"):
        await world.press("Priya", i, "IGO-2", "start")
    async with world.database.read() as connection:
        view = await board(connection, world.people["Arno"], i)
    gate = next(row for row in view["steps"] if row["code"] == "IGO-2")
    assert gate["allowedActions"] == ["decide"]
    arno, priya = Caller(world.people["Arno"]), Caller(world.people["Priya"])
    with pytest.raises(Forbidden):
        await answer_decision(world.services, priya, AnswerCommand(gate["decisionId"], Answer.GO, "ok"))
    with pytest.raises(Invalid, match="reason"):
        await answer_decision(world.services, arno, AnswerCommand(gate["decisionId"], Answer.GO, " "))
    await answer_decision(
        world.services, arno, AnswerCommand(gate["decisionId"], Answer.NO_GO, "stock is wrong")
    )
    assert (await states(world, i))["IGO-2"] == "failed"
    await world.press("Marco", i, "IGO-2", "retry")
    async with world.database.read() as connection:
        view = await board(connection, world.people["Arno"], i)
    again = next(row for row in view["steps"] if row["code"] == "IGO-2")
    assert again["decisionId"] != gate["decisionId"]
    await answer_decision(world.services, arno, AnswerCommand(again["decisionId"], Answer.GO, "recounted"))
    assert (await states(world, i)) == {"TRT-1": "complete", "IGO-2": "complete", "TRT-3": "ready"}


async def test_a_lag_opens_by_the_clock_once(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", Dependency("TRT-1", lag_seconds=600))))
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    with pytest.raises(Refused, match="a lag opens it at 21:40 CET"):
        await world.press("Dana", i, "TRT-2", "start")
    await world.at(NIGHT + timedelta(minutes=9, seconds=59))
    assert await open_due_steps(world.services) == 0
    await world.at(NIGHT + timedelta(minutes=10))
    opened = await asyncio.gather(*(open_due_steps(world.services) for _ in range(4)))
    assert sum(opened) == 1
    assert (await states(world, i))["TRT-2"] == "ready"


async def test_hold_refuses_what_begins_and_lets_running_work_end(world: World) -> None:
    i = await world.iteration(
        plan_of(step("TRT-1"), step("TRT-2"), step("TRT-3", "TRT-1", auto_activate=True))
    )
    await world.press("Dana", i, "TRT-1", "start")
    await world.move("Marco", i, "hold", reason="storm")
    with pytest.raises(Refused, match="on hold"):
        await world.press("Priya", i, "TRT-2", "activate")
    await world.press("Dana", i, "TRT-1", "complete")
    assert (await states(world, i))["TRT-3"] == "ready"
    await world.move("Marco", i, "resume")
    assert (await states(world, i))["TRT-3"] == "activated"


async def test_failed_holds_and_a_retry_begins_the_next_attempt(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", tasks=tasks("TRT-1", 1)), step("TRT-2", "TRT-1")))
    await world.press("Dana", i, "TRT-1", "start")
    await tick_task(
        world.services, Caller(world.people["Dana"]), TaskCommand(i, "TRT-1", "TRT-1-1", TaskMark.DONE)
    )
    with pytest.raises(Invalid, match="reason"):
        await world.press("Dana", i, "TRT-1", "fail")
    await world.press("Dana", i, "TRT-1", "fail", reason="disk full")
    assert await states(world, i) == {"TRT-1": "failed", "TRT-2": "not_ready"}
    with pytest.raises(Forbidden):
        await world.press("Dana", i, "TRT-1", "retry")
    done = await world.press("Priya", i, "TRT-1", "retry")
    assert (done.step.attempt, done.step.tasks_done, done.step.tasks_open) == (2, 0, 1)


async def test_rollback_chapters_sleep(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), rollback=(step("TRT-9"),)))
    async with world.database.read() as connection:
        view = await board(connection, world.people["Priya"], i)
    assert view["iteration"]["progress"]["total"] == 1
    with pytest.raises(Refused, match="sleeps until a back-out"):
        await world.press("Priya", i, "TRT-9", "activate")
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    await world.move("Priya", i, "complete")


async def test_an_iteration_with_open_steps_is_not_complete(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1")))
    with pytest.raises(Refused, match="2 open steps: TRT-1, TRT-2"):
        await world.move("Priya", i, "complete")


async def test_a_cutover_must_be_told_whom_messages_reach(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")), live=False)
    with pytest.raises(Invalid, match="choose whether messages go out"):
        await world.move("Priya", i, "start")


async def test_who_may_not_is_told_who_may(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", team="APP")))
    with pytest.raises(Forbidden, match="a pilot"):
        await world.press("Dana", i, "TRT-1", "activate")
    with pytest.raises(Forbidden, match="member of the team"):
        await world.press("Dana", i, "TRT-2", "start")
    with pytest.raises(Forbidden):
        await world.press("Vera", i, "TRT-1", "start")
